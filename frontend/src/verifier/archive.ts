/**
 * The sealed ZIP archive a dossier comes in, read by the rules of apps/exchange/domain/archive.py, which says what the seal is
 * for: there is one way to write it, and every header is compared with the one that would be written.
 */

import { joined, same, sha256Hex, utf8 } from "./bytes";
import { refuse } from "./refusal";

const SEAL_SIZE = 7 + 64;
const LARGEST = 2 ** 30;
const [LOCAL, LISTED, END] = [30, 46, 22];
/** ZIP 2.0, no flags, deflated, midnight of 1 January 1980. */
const AS_ALL = [20, 0, 8, 0, 33];

export interface Unpacked {
  files: Map<string, Uint8Array>;
  /** A sentence on each file that cannot be unpacked, and on what is not written as it must be. */
  faults: string[];
}

/** A file as the list at the end of an archive has it. */
interface Listed {
  name: Uint8Array;
  crc: number;
  packed: number;
  size: number;
  place: number;
  /** Whether its line in the list is written as it must be. */
  asWritten: boolean;
}

export function isSealed(packed: Uint8Array): boolean {
  const cut = packed.length - SEAL_SIZE;
  return cut > 0 && same(packed.subarray(cut), utf8(`sha256:${sha256Hex(packed.subarray(0, cut))}`));
}

/** The files in an archive; refuses what has no list of files at its end. */
export async function unpack(packed: Uint8Array): Promise<Unpacked> {
  const end = packed.length - SEAL_SIZE - END;
  if (end < 0) unreadable("it is too short to be a dossier");
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  if (view.getUint32(end) !== 0x504b0506) unreadable("it is not a ZIP archive as dossiers are, or its end is damaged");
  const [count, place] = [view.getUint16(end + 10, true), view.getUint32(end + 16, true)];
  const files = new Map<string, Uint8Array>();
  const faults: string[] = [];
  let [filled, left] = [0, LARGEST];
  for (const [number, file] of list(packed, view, count, place, end).entries()) {
    const name = String.fromCharCode(...file.name);
    const body = file.asWritten && file.place === filled ? await bodyOf(packed, file, left) : null;
    if (!body || files.has(name)) faults.push(`${isName(name) ? name : `File ${number + 1}`} cannot be unpacked.`);
    else {
      files.set(name, body);
      left -= body.length;
    }
    filled = file.place + LOCAL + file.name.length + file.packed;
  }
  const written = header(0x504b0506, [0, 0, count, count], [end - place, place], [SEAL_SIZE]);
  if (filled !== place || !same(packed.subarray(end, end + END), written))
    faults.push("The list of files at its end does not fit the files.");
  return { files, faults };
}

function list(packed: Uint8Array, view: DataView, count: number, place: number, end: number): Listed[] {
  const found: Listed[] = [];
  for (; count; count--) {
    if (place + LISTED > end || view.getUint32(place) !== 0x504b0102) unreadable("its list of files is damaged");
    const [crc, size, whole, local] = [16, 20, 24, 42].map((offset) => view.getUint32(place + offset, true));
    const [named, extra, comment] = [28, 30, 32].map((offset) => view.getUint16(place + offset, true));
    const name = packed.subarray(place + LISTED, place + LISTED + named!);
    const after = place + LISTED + named! + extra! + comment!;
    const file = { name, crc: crc!, packed: size!, size: whole!, place: local! };
    const asWritten = isName(String.fromCharCode(...name)) && same(packed.subarray(place, after), lineOf(file));
    found.push({ ...file, asWritten });
    place = after;
  }
  return place === end ? found : unreadable("its list of files is damaged");
}

async function bodyOf(packed: Uint8Array, file: Listed, most: number): Promise<Uint8Array | null> {
  const start = file.place + LOCAL + file.name.length;
  const raw = packed.subarray(start, start + file.packed);
  if (!same(packed.subarray(file.place, start), localOf(file)) || file.size > most) return null;
  const body = await inflate(raw, file.size);
  // Some browsers pass over bytes after the end of what is packed: then it would also unpack without its last byte.
  const whole = body && !(await inflate(raw.subarray(0, -1), file.size));
  return whole && body.length === file.size && crc32(body) === file.crc ? body : null;
}

function localOf({ name, crc, packed, size }: Omit<Listed, "asWritten">): Uint8Array {
  return joined(header(0x504b0304, AS_ALL, [crc, packed, size], [name.length, 0]), name);
}

/** Readable for everybody, made on a Unix; no extra fields, no comment. */
function lineOf({ name, crc, packed, size, place }: Omit<Listed, "asWritten">): Uint8Array {
  const first = header(0x504b0102, [0x0314, ...AS_ALL], [crc, packed, size], [name.length, 0, 0, 0, 0]);
  return joined(first, header(null, [], [0o644 * 2 ** 16, place], []), name);
}

/** A mark, then numbers of two bytes, of four, and of two again. */
function header(mark: number | null, first: number[], longs: number[], last: number[]): Uint8Array {
  const start = mark === null ? 0 : 4;
  const view = new DataView(new ArrayBuffer(start + 2 * first.length + 4 * longs.length + 2 * last.length));
  if (mark !== null) view.setUint32(0, mark);
  const longsAt = start + 2 * first.length;
  const lastAt = longsAt + 4 * longs.length;
  first.forEach((value, place) => view.setUint16(start + 2 * place, value, true));
  longs.forEach((value, place) => view.setUint32(longsAt + 4 * place, value, true));
  last.forEach((value, place) => view.setUint16(lastAt + 2 * place, value, true));
  return new Uint8Array(view.buffer);
}

function isName(name: string): boolean {
  return /^[ -~]+$/.test(name);
}

/** Inflates what follows RFC 1951, stopping beyond `most` bytes; null where it cannot. */
async function inflate(raw: Uint8Array, most: number): Promise<Uint8Array | null> {
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    const stream = new Blob([raw as BlobPart]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    const reader = stream.getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      parts.push(part.value);
      size += part.value.length;
      if (size > most) {
        await reader.cancel();
        return null;
      }
    }
  } catch {
    return null;
  }
  return joined(...parts);
}

const CRC = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

function crc32(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) value = (value >>> 8) ^ CRC[(value ^ byte) & 0xff]!;
  return (value ^ 0xffffffff) >>> 0;
}

function unreadable(why: string): never {
  return refuse(`This file cannot be read: ${why}.`);
}

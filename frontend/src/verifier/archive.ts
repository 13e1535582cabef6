/** The sealed ZIP archive a dossier comes in: apps/exchange/domain/archive.py says what the seal is for. */

import { same, sha256Hex, utf8 } from "./bytes";
import { refuse } from "./refusal";

const SEAL_SIZE = 7 + 64;
const LARGEST = 2 ** 30;

export interface Unpacked {
  files: Map<string, Uint8Array>;
  /** Names of what cannot be unpacked. */
  damaged: string[];
}

export function isSealed(packed: Uint8Array): boolean {
  const cut = packed.length - SEAL_SIZE;
  return cut > 0 && same(packed.subarray(cut), utf8(`sha256:${sha256Hex(packed.subarray(0, cut))}`));
}

/** The files in an archive; refuses what has no list of files at its end. */
export async function unpack(packed: Uint8Array): Promise<Unpacked> {
  const end = packed.length - SEAL_SIZE - 22;
  if (end < 0) unreadable("it is too short to be a dossier");
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  if (view.getUint32(end) !== 0x504b0506) unreadable("it is not a ZIP archive as dossiers are, or its end is damaged");
  const files = new Map<string, Uint8Array>();
  const damaged: string[] = [];
  let place = view.getUint32(end + 16, true);
  let left = LARGEST;
  for (let number = 0; number < view.getUint16(end + 10, true); number++) {
    if (place + 46 > end || view.getUint32(place) !== 0x504b0102) unreadable("its list of files is damaged");
    const [nameSize, extra, comment] = [28, 30, 32].map((offset) => view.getUint16(place + offset, true));
    const name = new TextDecoder().decode(packed.subarray(place + 46, place + 46 + nameSize!));
    const body = await bodyOf(view, packed, place, left);
    if (!body || files.has(name)) damaged.push(name || `file ${number + 1}`);
    else {
      files.set(name, body);
      left -= body.length;
    }
    place += 46 + nameSize! + extra! + comment!;
  }
  return { files, damaged };
}

async function bodyOf(view: DataView, packed: Uint8Array, listed: number, most: number): Promise<Uint8Array | null> {
  const method = view.getUint16(listed + 10, true);
  const packedSize = view.getUint32(listed + 20, true);
  const size = Math.min(view.getUint32(listed + 24, true), most);
  const local = view.getUint32(listed + 42, true);
  if (local + 30 > packed.length) return null;
  const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  const raw = packed.subarray(start, start + packedSize);
  const body = method === 0 ? raw : await inflate(raw, size);
  return body && body.length === size ? body : null;
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
  const body = new Uint8Array(size);
  let place = 0;
  for (const part of parts) {
    body.set(part, place);
    place += part.length;
  }
  return body;
}

function unreadable(why: string): never {
  return refuse(`This file cannot be read: ${why}.`);
}

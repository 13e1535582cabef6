/** Bytes, and the strict ways of writing them that the record uses: one spelling for each value. */

import { sha256 } from "@noble/hashes/sha2.js";

import { refuse } from "./refusal";

export { sha256 };

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** The text in these bytes; refuses what is not UTF-8. */
export function textOf(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    return refuse("A file that holds text is not text.");
  }
}

export function joined(...parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let place = 0;
  for (const part of parts) {
    whole.set(part, place);
    place += part.length;
  }
  return whole;
}

export function same(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, place) => byte === other[place]);
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

export function hex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += HEX[byte];
  return text;
}

/** Bytes written as pairs of hex digits. */
export function fromHex(text: unknown): Uint8Array {
  if (typeof text !== "string" || !/^(?:[0-9a-fA-F]{2})*$/.test(text)) refuse("It is not as such a file is.");
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

export function base64(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

/** Standard base64 in its one usual form (RFC 4648 section 4). */
export function fromBase64(text: string): Uint8Array {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4) refuse("There is something that is not base64.");
  const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  if (base64(bytes) !== text) refuse("There is base64 that is not in its usual form.");
  return bytes;
}

export function sha256Hex(bytes: Uint8Array): string {
  return hex(sha256(bytes));
}

/** The lines of a file whose last line may end with a newline; an empty file has none. */
export function linesOf(bytes: Uint8Array): Uint8Array[] {
  if (!bytes.length) return [];
  const end = bytes[bytes.length - 1] === 10 ? bytes.length - 1 : bytes.length;
  const lines: Uint8Array[] = [];
  let start = 0;
  for (let place = bytes.indexOf(10); place >= 0 && place < end; place = bytes.indexOf(10, place + 1)) {
    lines.push(bytes.subarray(start, place));
    start = place + 1;
  }
  return [...lines, bytes.subarray(start, end)];
}

/** The Merkle tree over a log's entries: RFC 6962 section 2.1 and RFC 9162 section 2.1, with SHA-256. */

import { same, sha256 } from "./bytes";
import { refuse } from "./refusal";

export function leafHash(entry: Uint8Array): Uint8Array {
  return sha256.create().update(LEAF).update(entry).digest();
}

export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256.create().update(NODE).update(left).update(right).digest();
}

const LEAF = new Uint8Array([0]);
const NODE = new Uint8Array([1]);
const EMPTY_ROOT = sha256(new Uint8Array());

/** Whether `proof` leads from the leaf at `index` to the root of a log of `size` leaves (RFC 9162 section 2.1.3.2). */
export function verifyInclusion(
  leaf: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (index < 0 || index >= size || ![leaf, root, ...proof].every(isHash)) return false;
  let [position, last, value] = [index, size - 1, leaf];
  for (const sibling of proof) {
    if (last === 0) return false;
    if (position % 2 || position === last) {
      value = nodeHash(sibling, value);
      [position, last] = upToARightChild(position, last);
    } else value = nodeHash(value, sibling);
    [position, last] = [half(position), half(last)];
  }
  return last === 0 && same(value, root);
}

/** Whether `proof` shows that the log of `size` leaves begins with that of `old` (RFC 9162 section 2.1.4.2). */
export function verifyConsistency(
  old: number,
  oldRoot: Uint8Array,
  size: number,
  root: Uint8Array,
  proof: readonly Uint8Array[],
): boolean {
  if (old <= 0 || old > size) return false;
  if (old === size) return proof.length === 0 && same(oldRoot, root);
  if (![oldRoot, root, ...proof].every(isHash)) return false;
  const path = isPowerOfTwo(old) ? [oldRoot, ...proof] : [...proof];
  let [position, last] = [old - 1, size - 1];
  while (position % 2) [position, last] = [half(position), half(last)];
  const first = path.shift();
  if (!first) return false;
  let [before, after] = [first, first];
  for (const sibling of path) {
    if (last === 0) return false;
    if (position % 2 || position === last) {
      [before, after] = [nodeHash(sibling, before), nodeHash(sibling, after)];
      [position, last] = upToARightChild(position, last);
    } else after = nodeHash(after, sibling);
    [position, last] = [half(position), half(last)];
  }
  return last === 0 && same(before, oldRoot) && same(after, root);
}

/** The root that leaves (by index) and the hashes of everything left out between them lead to. */
export function batchRoot(size: number, leaves: ReadonlyMap<number, Uint8Array>, hashes: readonly Uint8Array[]): Uint8Array {
  const indexes = [...leaves.keys()].sort((one, other) => one - other);
  if (indexes.length && (indexes[0]! < 0 || indexes.at(-1)! >= size)) malformed();
  if (!size) return EMPTY_ROOT;
  if (!hashes.every(isHash)) malformed();
  let used = 0;
  const next = (): Uint8Array => hashes[used++] ?? malformed();
  const walk = (start: number, end: number, low: number, high: number): Uint8Array => {
    if (low === high) return joinedNodes(cover(start, end).map(next));
    if (end - start === 1) return leaves.get(start)!;
    const middle = start + split(end - start);
    let cut = low;
    while (cut < high && indexes[cut]! < middle) cut++;
    const left = walk(start, middle, low, cut);
    return nodeHash(left, walk(middle, end, cut, high));
  };
  const root = walk(0, size, 0, indexes.length);
  if (used !== hashes.length) malformed();
  return root;
}

function joinedNodes(nodes: Uint8Array[]): Uint8Array {
  let value = nodes.pop()!;
  for (const left of nodes.reverse()) value = nodeHash(left, value);
  return value;
}

/** The sizes of the complete nodes over the leaves start..end-1, largest first. */
function cover(start: number, end: number): number[] {
  const sizes = [];
  for (let place = start; place < end; ) {
    const size = 2 ** Math.floor(Math.log2(end - place));
    sizes.push(size);
    place += size;
  }
  return sizes;
}

/** The largest power of two below `count`. */
function split(count: number): number {
  let size = 1;
  while (size * 2 < count) size *= 2;
  return size;
}

function upToARightChild(position: number, last: number): [number, number] {
  while (position && position % 2 === 0) [position, last] = [half(position), half(last)];
  return [position, last];
}

function half(number: number): number {
  return Math.floor(number / 2);
}

function isPowerOfTwo(number: number): boolean {
  while (number % 2 === 0) number /= 2;
  return number === 1;
}

function isHash(value: Uint8Array): boolean {
  return value.length === 32;
}

function malformed(): never {
  return refuse("This proof is not one for these entries.");
}

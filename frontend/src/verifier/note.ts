/** Signed notes, checkpoints and cosignatures: c2sp.org/signed-note, tlog-checkpoint, tlog-cosignature, tlog-proof. */

import { ed25519 } from "@noble/curves/ed25519.js";

import { fromBase64, hex, joined, sha256, utf8 } from "./bytes";
import { refuse } from "./refusal";
import { verifyInclusion } from "./tree";

const SIGNING = 1;
const COSIGNING = 4;
const DASH = "— ";
const CONTROL = /[\x00-\x09\x0b-\x1f]/;
const NUMBER = /^(?:0|[1-9][0-9]{0,18})$/;

export interface Key {
  name: string;
  id: string;
  algorithm: number;
  raw: Uint8Array;
  vkey: string;
}

interface Signature {
  name: string;
  id: string;
  blob: Uint8Array;
}

export interface Note {
  text: string;
  signatures: Signature[];
}

export interface Checkpoint {
  origin: string;
  size: number;
  root: Uint8Array;
  text: string;
}

export interface Proof {
  index: number;
  hashes: Uint8Array[];
  checkpoint: string;
}

/** A public key written as name+id+key. */
export function readKey(vkey: string): Key {
  const [, name, id, material] = /^([^+]*)\+([0-9a-f]{8})\+(.+)$/.exec(vkey) ?? refuse("A key is written as name+id+key.");
  checkName(name!);
  const bytes = fromBase64(material!);
  const algorithm = bytes[0] ?? 0;
  if ((algorithm !== SIGNING && algorithm !== COSIGNING) || bytes.length !== 33)
    refuse("Only Ed25519 keys of 32 bytes are understood.");
  const right = hex(sha256(joined(utf8(`${name}\n`), bytes)).subarray(0, 4));
  if (right !== id) refuse(`The key of ${name} does not have the id that stands beside it.`);
  return { name: name!, id: id!, algorithm, raw: bytes.subarray(1), vkey };
}

/** A note: text, an empty line, and 1 to 100 lines of signatures, not yet checked. */
export function readNote(raw: string): Note {
  const gap = raw.lastIndexOf("\n\n");
  if (gap < 0 || !raw.endsWith("\n") || gap + 2 >= raw.length || CONTROL.test(raw))
    refuse("This is not a signed note: it needs a text, an empty line and signature lines, each ended by a newline.");
  const lines = raw.slice(gap + 2, -1).split("\n");
  if (lines.length > 100) refuse("This is not a signed note: it has more than 100 signatures.");
  return { text: raw.slice(0, gap + 1), signatures: lines.map(readSignature) };
}

/** The vkeys of the known keys that signed. A false signature of a known key, or none at all, is refused. */
export function signersOf(note: Note, known: readonly Key[]): Set<string> {
  const found = new Set<string>();
  const byId = new Map(known.map((key) => [`${key.name} ${key.id}`, key]));
  for (const signature of note.signatures) {
    const key = byId.get(`${signature.name} ${signature.id}`);
    if (!key || found.has(key.vkey)) continue;
    if (!fits(key, note.text, signature.blob)) refuse(`The signature of ${key.name} does not fit the text.`);
    found.add(key.vkey);
  }
  if (!found.size) refuse("None of the known keys has signed this note.");
  return found;
}

/** A checkpoint of the log `origin`, signed by one of its keys; and who signed. */
export function verifyCheckpoint(
  raw: string,
  origin: string,
  keys: readonly Key[],
  witnesses: readonly Key[] = [],
): { checkpoint: Checkpoint; signers: Set<string> } {
  const note = readNote(raw);
  const signers = signersOf(note, [...keys, ...witnesses]);
  if (!keys.some((key) => signers.has(key.vkey))) refuse("No key of this log has signed this checkpoint.");
  const checkpoint = readCheckpoint(note.text);
  if (checkpoint.origin !== origin) refuse(`This is a checkpoint of ${checkpoint.origin}, not of ${origin}.`);
  return { checkpoint, signers };
}

export function readCheckpoint(text: string): Checkpoint {
  const [origin, size, root, ...more] = text.replace(/\n$/, "").split("\n");
  const right = text.endsWith("\n") && origin && size && root && more.every(Boolean) && NUMBER.test(size);
  if (!right) refuse("A checkpoint has an origin, a size and a root, one on each line.");
  const hash = fromBase64(root);
  if (hash.length !== 32) refuse("A checkpoint has an origin, a size and a root, one on each line.");
  return { origin, size: Number(size), root: hash, text };
}

/** An inclusion proof as a file of its own (c2sp.org/tlog-proof@v1). */
export function readProof(text: string): Proof {
  const gap = text.indexOf("\n\n");
  const [header, ...lines] = text.slice(0, Math.max(gap, 0)).split("\n");
  const checkpoint = text.slice(gap + 2);
  if (header !== "c2sp.org/tlog-proof@v1" || gap < 0 || !checkpoint)
    refuse("This is not a proof file: it begins with c2sp.org/tlog-proof@v1 and holds an empty line before the checkpoint.");
  if (lines[0]?.startsWith("extra ")) fromBase64(lines.shift()!.slice(6));
  const index = lines.shift() ?? "";
  if (!index.startsWith("index ") || !NUMBER.test(index.slice(6)) || lines.length > 63)
    refuse("This is not a proof file: it has an index and at most 63 hashes.");
  const hashes = lines.map(fromBase64);
  if (hashes.some((value) => value.length !== 32)) refuse("This is not a proof file: a hash has 32 bytes.");
  return { index: Number(index.slice(6)), hashes, checkpoint };
}

/** The signed checkpoint that covers the entry with this leaf hash, as the proof shows. */
export function verifyProof(proof: Proof, leaf: Uint8Array, origin: string, keys: readonly Key[]): Checkpoint {
  const { checkpoint } = verifyCheckpoint(proof.checkpoint, origin, keys);
  if (!verifyInclusion(leaf, proof.index, checkpoint.size, proof.hashes, checkpoint.root))
    refuse(`The proof does not show that this is entry ${proof.index} of ${checkpoint.origin}.`);
  return checkpoint;
}

function readSignature(line: string): Signature {
  if (!line.startsWith(DASH)) refuse("This is not a signed note: a line after its text is not a signature.");
  const [name, ...rest] = line.slice(DASH.length).split(" ");
  checkName(name!);
  const bytes = fromBase64(rest.join(" "));
  if (bytes.length < 5) refuse("This is not a signed note: a signature is too short.");
  return { name: name!, id: hex(bytes.subarray(0, 4)), blob: bytes.subarray(4) };
}

function checkName(name: string): void {
  if (!name || name.includes("+") || /\s/u.test(name) || CONTROL.test(name))
    refuse("The name of a key is not empty and holds neither a space nor a plus.");
}

function fits(key: Key, text: string, blob: Uint8Array): boolean {
  if (key.algorithm === SIGNING) return verified(key.raw, text, blob);
  const time = blob.subarray(0, 8).reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  return time < 2n ** 63n && verified(key.raw, `cosignature/v1\ntime ${time}\n${text}`, blob.subarray(8));
}

function verified(key: Uint8Array, message: string, signature: Uint8Array): boolean {
  try {
    return ed25519.verify(signature, utf8(message), key, { zip215: false });
  } catch {
    return false;
  }
}

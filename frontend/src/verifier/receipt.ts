/** A receipt, checked in the browser: that the entry stands in the record, and what one's own private ballot said. */

import { fromHex, same, utf8 } from "./bytes";
import { isObject, readObject, type JsonObject } from "./canonical";
import { readEntry, isUuid, type Entry } from "./entries";
import { readCheckpoint, readNote, readProof, signersOf, verifyProof, type Key } from "./note";
import { refuse } from "./refusal";
import { commitment } from "./rounds";
import { leafHash } from "./tree";

export interface Receipt {
  log: string;
  seq: number;
  leaf_hash: string;
  checkpoint: string;
  /** Only of one's own ballot. */
  choice?: string;
  salt?: string;
}

/** A pasted receipt: the JSON that was given with the vote, or from the page of an entry. */
export function readReceipt(pasted: string): Receipt {
  const data: JsonObject = readObject(utf8(pasted.trim()));
  const right =
    isUuid(data["log"]) &&
    Number.isSafeInteger(data["seq"]) &&
    typeof data["leaf_hash"] === "string" &&
    /^[0-9a-f]{64}$/.test(data["leaf_hash"]) &&
    typeof data["checkpoint"] === "string";
  return isObject(data) && right
    ? (data as unknown as Receipt)
    : refuse("A receipt names a record, a number, a hash of 64 digits and a signed checkpoint.");
}

/** Checks the signed checkpoint of a receipt, and that it covers the entry's number. Gives its size. */
export function checkSigned(receipt: Receipt, keys: readonly Key[]): number {
  const note = readNote(receipt.checkpoint);
  signersOf(note, keys);
  const checkpoint = readCheckpoint(note.text);
  if (!checkpoint.origin.endsWith(`/${receipt.log}`)) refuse("The checkpoint is one of another record.");
  if (receipt.seq >= checkpoint.size) refuse("The checkpoint does not cover this entry.");
  return checkpoint.size;
}

/** Checks a proof (c2sp.org/tlog-proof@v1) that the entry of a receipt stands in the record; gives the size it stands in. */
export function checkProof(receipt: Receipt, proofText: string, keys: readonly Key[]): number {
  const proof = readProof(proofText);
  if (proof.index !== receipt.seq) refuse("The proof is for another entry.");
  const { origin } = readCheckpoint(readNote(proof.checkpoint).text);
  if (!origin.endsWith(`/${receipt.log}`)) refuse("The proof is one of another record.");
  return verifyProof(proof, fromHex(receipt.leaf_hash), origin, keys).size;
}

/** Checks that these bytes are the entry of a receipt, and reads them. */
export function checkEntry(receipt: Receipt, bytes: Uint8Array): Entry {
  if (!same(leafHash(bytes), fromHex(receipt.leaf_hash))) refuse("The record shows another entry under this number.");
  return readEntry(bytes);
}

/** Whether an entry says no more than that a seat has voted: a receipt of it proves turnout, not choice. */
export function isSecret(entry: Entry): boolean {
  return entry.type === "ballot.cast" && entry.data["choice"] === undefined && entry.data["commitment"] === undefined;
}

/** Whether the choice and salt of a receipt open the private ballot in its entry. */
export function opens(receipt: Receipt, entry: Entry): boolean {
  const { commitment: committed } = entry.data;
  if (typeof committed !== "string" || !receipt.choice || !receipt.salt) return false;
  return commitment(entry, receipt.choice, fromHex(receipt.salt)) === committed;
}

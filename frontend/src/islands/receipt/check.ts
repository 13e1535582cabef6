/** Checks a pasted receipt here, in the browser, with what the record's public addresses give. */

import { fromBase64 } from "../../verifier/bytes";
import { readCheckpoint, readKey, readNote, readProof, type Key } from "../../verifier/note";
import { checkEntry, checkProof, checkSigned, isSecret, opens, readReceipt, type Receipt } from "../../verifier/receipt";
import { refuse } from "../../verifier/refusal";
import { verifyConsistency } from "../../verifier/tree";

const SECRET =
  "It was a secret vote: the entry says that your seat has voted, and nothing of what. Your receipt proves that you took part, " +
  "not how you voted.";

type Fetch = (address: string) => Promise<Response>;

/** Every sentence is something that was computed here. Refuses, in words, at the first thing that is wrong. */
export async function check(
  pasted: string,
  ownKeys: string,
  fetched: Fetch = (address) => fetch(address),
): Promise<{ said: string[]; proof: string; seq: number }> {
  const receipt = readReceipt(pasted);
  const keys = await keysFrom(ownKeys, fetched);
  const size = checkSigned(receipt, keys);
  const said = [`The checkpoint in your receipt is signed with the key of this record; it covers ${size} entries.`];
  const proof = await text(fetched, `/log/${receipt.log}/proof/${receipt.seq}`);
  const now = checkProof(receipt, proof, keys);
  said.push(`Your entry is number ${receipt.seq} of the ${now} entries there are now: its hash leads to the signed root.`);
  await grown(receipt, size, now, proof, fetched);
  said.push(`The ${size} entries of then are the beginning of the ${now} of now: nothing in between was rewritten.`);
  return { said: [...said, ...(await content(receipt, fetched))], proof, seq: receipt.seq };
}

async function keysFrom(ownKeys: string, fetched: Fetch): Promise<Key[]> {
  const given = ownKeys.split(/\s+/).filter(Boolean);
  const lines = given.length ? given : (await text(fetched, "/log/keys")).split("\n").filter(Boolean);
  return lines.map(readKey).filter((key) => key.algorithm === 1);
}

async function grown(receipt: Receipt, size: number, now: number, proof: string, fetched: Fetch): Promise<void> {
  const lines = size === now ? "" : await text(fetched, `/log/${receipt.log}/consistency/${size}/${now}`);
  const hashes = lines.split("\n").filter(Boolean).map(fromBase64);
  const [old, head] = [receipt.checkpoint, readProof(proof).checkpoint].map((note) => readCheckpoint(readNote(note).text));
  if (!verifyConsistency(size, old!.root, now, head!.root, hashes))
    refuse("The record of now does not begin with the record your receipt was given in. Keep the receipt and tell the auditor.");
}

async function content(receipt: Receipt, fetched: Fetch): Promise<string[]> {
  const answer = await fetched(`/log/${receipt.log}/entry/${receipt.seq}`);
  if (!answer.ok) return ["What the entry says is for members: sign in to see it here as well."];
  const entry = checkEntry(receipt, new Uint8Array(await answer.arrayBuffer()));
  const said = [`The entry itself has that hash: ${entry.type}, ${entry.at.slice(0, 10)} ${entry.at.slice(11, 16)} UTC.`];
  if (isSecret(entry)) return [...said, SECRET];
  if (entry.data["choice"] !== undefined) said.push(`It holds the choice “${String(entry.data["choice"])}”.`);
  if (entry.data["commitment"] === undefined) return said;
  if (!receipt.choice || !receipt.salt) return [...said, "It holds a sealed choice; your receipt has no salt to open it with."];
  if (!opens(receipt, entry)) refuse(`The choice “${receipt.choice}” and the salt in your receipt do not open the sealed ballot.`);
  return [...said, `It holds your choice, sealed: “${receipt.choice}” and the salt of your receipt open it.`];
}

async function text(fetched: Fetch, address: string): Promise<string> {
  const answer = await fetched(address);
  return answer.ok ? answer.text() : refuse(`The record does not answer at ${address} (${answer.status}).`);
}

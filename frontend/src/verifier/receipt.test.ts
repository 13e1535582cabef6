import { expect, test } from "vitest";
import type { Entry } from "./entries";
import { isSecret, opens } from "./receipt";

const entry = (type: string, data: Record<string, string>): Entry =>
  ({ type, data, seq: 7, on: { round: "r" }, by: { seat: "s" } }) as unknown as Entry;
const slip = { log: "l", seq: 7, leaf_hash: "", checkpoint: "", choice: "for", salt: "00".repeat(32) };

test("an entry that says only that a seat has voted proves turnout, not choice", () => {
  expect(isSecret(entry("ballot.cast", { item: "i", group: "F", version: "v" }))).toBe(true);
  expect(isSecret(entry("ballot.cast", { item: "i", choice: "for" }))).toBe(false);
  expect(isSecret(entry("ballot.cast", { item: "i", commitment: "ab" }))).toBe(false);
  expect(isSecret(entry("round.closed", {}))).toBe(false);
});

test("nothing opens a vote that was secret, whatever a receipt claims", () => {
  expect(opens(slip, entry("ballot.cast", { item: "i", group: "F", version: "v" }))).toBe(false);
});

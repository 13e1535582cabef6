import { expect, test } from "vitest";
import type { BallotItem } from "./props";
import { move, readChoice, saidWords, writeChoice } from "./writing";

const names = ["A", "B", "C"];
const options = (values: string[]) => values.map((value) => ({ value, label: `${value}: a text` }));
const ballot = (kind: BallotItem["kind"]): BallotItem => ({
  item: "q", title: "Which?", words: "", kind, choices: options(names), aside: [{ value: "abstain", label: "I abstain" }], numbers: [], low: "", high: "", last: "", earlier: "", before: null, why: "", own: null,
});

test("places become a ranking: equal numbers are ties, gaps close, no number is unlisted", () => {
  expect(writeChoice("ranking", names, { A: "2", B: "1", C: "2" })).toBe("B>A=C");
  expect(writeChoice("ranking", names, { A: "10", C: "3" })).toBe("C>A");
  expect(writeChoice("ranking", names, {})).toBe("");
  expect(readChoice("ranking", "B>A=C")).toEqual({ A: "2", B: "1", C: "2" });
});

test("ticks become approvals, scores stay with their names", () => {
  expect(writeChoice("approvals", names, { C: "on", A: "on", B: "" })).toBe("A|C");
  expect(writeChoice("scores", names, { B: "0", A: "5" })).toBe("A:5|B:0");
  expect(readChoice("scores", "A:5|B:0")).toEqual({ A: "5", B: "0" });
});

test("abstaining fills in nothing", () => {
  for (const kind of ["ranking", "approvals", "scores"] as const) expect(readChoice(kind, "abstain")).toEqual({});
});

test("moving swaps places with whoever stands there, and goes nowhere beyond the ends", () => {
  const strict = readChoice("ranking", "A>B>C");
  expect(writeChoice("ranking", names, move(names, strict, "C", -1))).toBe("A>C>B");
  expect(writeChoice("ranking", names, move(names, strict, "A", 1))).toBe("B>A>C");
  expect(move(names, strict, "A", -1)).toEqual(strict);
  expect(move(names, strict, "C", 1)).toEqual(strict);
});

test("who has no place joins at the end, and who shares the last place can leave it", () => {
  expect(move(names, {}, "B", -1)).toEqual({ B: "1" });
  expect(writeChoice("ranking", names, move(names, readChoice("ranking", "A"), "B", 1))).toBe("A>B");
  expect(writeChoice("ranking", names, move(names, readChoice("ranking", "A=B"), "B", 1))).toBe("A>B");
});

test("a vote is said back as the server says it", () => {
  expect(saidWords(ballot("ranking"), "A>B=C")).toBe("1. A and 2. B and C");
  expect(saidWords(ballot("approvals"), "A|C")).toBe("A and C");
  expect(saidWords(ballot("approvals"), "A")).toBe("A");
  expect(saidWords(ballot("scores"), "A:5|B:0")).toBe("A 5 and B 0");
  expect(saidWords(ballot("scores"), "abstain")).toBe("I abstain");
});

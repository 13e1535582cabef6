import { expect, test } from "vitest";
import { connectionWords, hereWords, itemWords, statusWords, timeWords, whoWords } from "./words";

test("today is told by the hour, another day by its date", () => {
  const now = new Date(2026, 2, 27, 14, 0);
  expect(timeWords(new Date(2026, 2, 27, 18, 0).toISOString(), "en-GB", now)).toBe("18:00");
  expect(timeWords(new Date(2026, 2, 31, 9, 5).toISOString(), "en-GB", now)).toContain("31 Mar");
});

test("a line that works says nothing", () => {
  expect(connectionWords("live", false, false)).toBe("");
  expect(connectionWords("connecting", false, false)).toBe("");
});

test("what happened is told in words, an unknown act by its name", () => {
  const item = { seq: 1, at: "2026-01-01T00:00:00Z", type: "round.closed", who: "clock", on: {}, data: {} };
  expect([whoWords(item), itemWords(item)]).toEqual(["The clock", "A vote was closed."]);
  expect([whoWords({ ...item, who: "" }), itemWords({ ...item, type: "text.erased" })]).toEqual(["The convenor", "text erased."]);
});

test("where a round stands before its vote is told in words", () => {
  const round = { id: "r", status: "talking", phase: "clarify", paused: false, secrecy: "blind", closes: null, agenda: "1", next: null } as const;
  expect(statusWords(round, "en-GB")).toBe("Questions are asked. The vote comes later.");
  expect(statusWords({ ...round, paused: true }, "en-GB")).toContain("paused");
  expect(statusWords({ ...round, status: "announced", phase: "" }, "en-GB")).toBe("The round has been announced.");
});

test("who is here is told by group", () => {
  const group = (name: string, here: number) => ({ group: name, name, here, seats: 5, needed: 0 });
  const present = [group("Community", 3), group("Providers", 0), group("Agency", 1)];
  expect(hereWords(present)).toBe("Here now: 3 of Community, 1 of Agency.");
  expect(hereWords([group("Providers", 0)])).toBe("");
});

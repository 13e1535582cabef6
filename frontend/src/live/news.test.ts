import { expect, test, vi } from "vitest";
import { Herald } from "./herald.svelte";
import { news } from "./news";
import { NOBODY } from "./floor";
import type { ItemResult, RoundNow } from "./protocol";
import type { RoomState } from "./state";

const round: RoundNow = { id: "r", status: "talking", phase: "clarify", paused: false, secrecy: "blind", closes: null, agenda: "1", next: null };
const state: RoomState = { cursor: 1, at: 1, round, turnout: [], results: [], present: [], floor: NOBODY, ready: [], everybody: false, items: [], live: "immediate" };
const result = { item: "M1", verdict: "Agreed by both groups." } as ItemResult;
const said = (more: Partial<RoundNow>, results: ItemResult[] = []) => news(state, { ...state, round: { ...round, ...more }, results }, "en-GB");

test("where the meeting goes is one sentence", () => {
  expect(said({ phase: "react" })).toEqual(["Everybody says what they think. The vote comes later."]);
  expect(said({ status: "open", phase: "" })).toEqual(["The vote is open."]);
  expect(said({ paused: true })[0]).toContain("paused");
});

test("what has not changed is not said, nor what only moved a number", () => {
  expect(said({})).toEqual([]);
  expect(news(state, { ...state, at: 9, present: [{ group: "c", name: "Community", here: 3, seats: 7, needed: 4 }] }, "en-GB")).toEqual([]);
});

test("more time is said, with the time", () => {
  expect(said({ closes: new Date(Date.now() + 60_000).toISOString() })[0]).toMatch(/^There is more time now: until \d\d:\d\d\.$/);
});

test("the result is said once, when the votes have been counted, and not while an open vote runs", () => {
  expect(said({ status: "open", phase: "" }, [result])).toEqual(["The vote is open."]);
  expect(said({ status: "tallied", phase: "" }, [result])).toEqual(["The votes have been counted. Agreed by both groups."]);
});

test("that it is voted on again is said once", () => {
  const over = { ...state, round: { ...round, status: "tallied" as const, phase: "" as const } };
  const again = { ...over, round: { ...over.round, next: "r2" } };
  expect(news(over, again, "en-GB")).toEqual(["This is voted on again, in a round that follows."]);
  expect(news(again, { ...again, at: 9 }, "en-GB")).toEqual([]);
});

test("a voice speaks one sentence after the other and repeats none", () => {
  vi.useFakeTimers();
  const herald = new Herald();
  for (const sentence of ["One.", "One.", "Two.", "", "Two."]) herald.say(sentence);
  expect(herald.words).toBe("One.");
  vi.advanceTimersByTime(2000);
  expect(herald.words).toBe("Two.");
  vi.advanceTimersByTime(10_000);
  herald.say("Two.");
  herald.say("One.");
  expect(herald.words).toBe("One.");
  herald.close();
  vi.useRealTimers();
});

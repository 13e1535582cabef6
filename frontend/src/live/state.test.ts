import { expect, test } from "vitest";
import { NOBODY } from "./floor";
import type { EntriesFrame, Item, StateFrame } from "./protocol";
import { apply, together, type RoomState } from "./state";

const item = (seq: number): Item => ({ seq, type: "proposal.submitted", at: "2026-01-01T00:00:00Z", who: "Community", on: {}, data: {} });
const entries = (from: number, to: number): EntriesFrame => ({
  t: "entries",
  from,
  to,
  items: Array.from({ length: to - from }, (_, step) => item(from + step)),
});

function fresh(cursor = 10): RoomState {
  const round = { id: "r", status: "open" as const, phase: "" as const, paused: false, secrecy: "blind" as const, closes: null, agenda: "1", next: null };
  return { cursor, at: cursor, round, turnout: [], results: [], present: [], floor: NOBODY, ready: [], everybody: false, items: [], live: "immediate" };
}

test("entries that follow are applied, newest first", () => {
  const { state, missing } = apply(fresh(), entries(10, 13));
  expect(missing).toBeNull();
  expect(state.cursor).toBe(13);
  expect(state.items.map((one) => one.seq)).toEqual([12, 11, 10]);
});

test("applying a frame twice changes nothing", () => {
  const once = apply(fresh(), entries(10, 13)).state;
  const twice = apply(once, entries(10, 13));
  expect(twice).toEqual({ state: once, missing: null });
});

test("a gap changes nothing and says from where to ask", () => {
  const before = fresh();
  expect(apply(before, entries(12, 14))).toEqual({ state: before, missing: 10 });
});

test("a frame that begins in the known past and ends in the future is asked for anew", () => {
  expect(apply(fresh(), entries(8, 12)).missing).toBe(10);
});

test("a range of hidden entries moves the cursor", () => {
  const { state } = apply(fresh(), { t: "entries", from: 10, to: 20, items: [] });
  expect(state.cursor).toBe(20);
});

test("a newer snapshot replaces what it names and leaves the rest", () => {
  const turnout = [{ item: "M1", groups: [{ group: "c", name: "Community", took_part: 3, entitled: 7 }] }];
  const frame: StateFrame = { t: "state", at: 12, turnout };
  const { state } = apply(fresh(), frame);
  expect(state.turnout).toEqual(turnout);
  expect(state.round.status).toBe("open");
  expect(apply(state, { t: "state", at: 13, live: "delayed" }).state.turnout).toEqual(turnout);
});

test("an older snapshot is not shown over a newer one", () => {
  const state = { ...fresh(), at: 20 };
  expect(apply(state, { t: "state", at: 19, turnout: [] }).state).toBe(state);
});

test("a resync goes on from where it says, and keeps what is known", () => {
  const known = apply(fresh(), entries(10, 12)).state;
  const { state, missing } = apply(known, { t: "resync", at: 9000 });
  expect([state.cursor, missing]).toEqual([9000, null]);
  expect(state.items).toEqual(known.items);
  expect(apply(state, { t: "resync", at: 5 }).state.cursor).toBe(9000);
});

test("turnout over several questions is that of the question most have answered, group by group", () => {
  const c = (took_part: number) => ({ group: "c", name: "Community", took_part, entitled: 7 });
  const p = (took_part: number) => ({ group: "p", name: "Providers", took_part, entitled: 4 });
  const items = [{ item: "M1", groups: [c(3), p(0)] }, { item: "M2", groups: [c(2), p(1)] }];
  expect(together(items)).toEqual([c(3), p(1)]);
});

test("what nobody is told of a secret round stays untold, but for a question of which it is told", () => {
  const c = (took_part: number | null) => ({ group: "c", name: "Community", took_part, entitled: 7 });
  expect(together([{ item: "M1", groups: [c(null)] }, { item: "M2", groups: [c(null)] }])).toEqual([c(null)]);
  expect(together([{ item: "M1", groups: [c(5)] }, { item: "M2", groups: [c(null)] }])).toEqual([c(5)]);
});

test("answers to own ballots leave the room's state alone", () => {
  const state = fresh();
  const frame = { t: "refused" as const, id: "x", code: "round.closed", message: "Closed.", fields: {} };
  expect(apply(state, frame).state).toBe(state);
});

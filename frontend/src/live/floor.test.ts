import { expect, test } from "vitest";
import { nextGroups, placeWords, readyWords, whyWords } from "./floor";
import { news } from "./news";
import type { Floor, RoundNow } from "./protocol";
import type { RoomState } from "./state";

const since = "2026-03-27T14:00:00Z";
const hand = (seat: string, group: string) => ({ seat, group, name: `${group}, seat ${seat}`, since });
const had = (group: string, name: string, turns: number, seconds: number) => ({ group, name, turns, seconds });
const floor: Floor = {
  speaking: null,
  waiting: [hand("c1", "c"), hand("a1", "a"), hand("c2", "c")],
  raised: 3,
  why: "group_time",
  spoken: [had("a", "Agency", 2, 200), had("c", "Community", 0, 0)],
};
const turn = { seat: "a1", group: "a", name: "Agency, seat a1", since, until: null };

test("one's place in the queue is said with who comes next", () => {
  expect(["c1", "a1", "c2", "x", null].map((seat) => placeWords(floor, seat))).toEqual([
    "You are next.",
    "You are second; Community comes next.",
    "You are third; Community comes next.",
    "",
    "",
  ]);
  expect(placeWords({ ...floor, speaking: turn }, "a1")).toBe("You have the floor.");
});

test("the order of calling gives its reasons", () => {
  expect([0, 1, 2].map((at) => whyWords(floor, at))).toEqual([
    "the group has spoken least",
    "the group spoke twice, 3:20",
    "the group has not spoken yet",
  ]);
});

test("the hall sees each group that comes next once", () => {
  expect(nextGroups(floor, 3)).toEqual(["Community", "Agency"]);
});

test("who is ready is told of groups that are here", () => {
  const group = (name: string, ready: number, here: number | null) => ({ group: name, name, ready, here });
  expect(readyWords([group("Agency", 2, 3), group("Providers", 0, 0), group("Community", 4, 5)])).toBe("Ready: Agency 2 of 3, Community 4 of 5.");
  expect(readyWords([group("Agency", 2, null)])).toBe("Ready: Agency 2.");
  expect(readyWords([])).toBe("");
});

test("a turn is told to everybody by its group and seat, to its own seat as one's own, and once", () => {
  const round: RoundNow = { id: "r", status: "talking", phase: "clarify", paused: false, secrecy: "blind", closes: null, agenda: "1", next: null };
  const before: RoomState = { cursor: 1, at: 1, round, turnout: [], results: [], present: [], floor, ready: [], everybody: false, items: [], live: "immediate" };
  const after = { ...before, floor: { ...floor, speaking: turn, waiting: [hand("c2", "c")] } };
  expect(news(before, after, "en", "a1")).toEqual(["You have the floor."]);
  expect(news(before, after, "en", "c2")).toEqual(["Agency, seat a1 has the floor.", "You are next."]);
  expect(news(after, { ...after }, "en", "c2")).toEqual([]);
  expect(news(before, { ...before, everybody: true }, "en")).toEqual(["At least half of each group here is ready to move on."]);
});

/** Who speaks and who comes next, in words. */
import type { Floor, GroupReady, GroupSpoken } from "./protocol";

export const NOBODY: Floor = { speaking: null, waiting: [], raised: 0, why: null, spoken: [] };

const PLACES = ["next", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];

const WHY: Record<NonNullable<Floor["why"]>, string> = {
  alone: "nobody else waits",
  group_time: "the group has spoken least",
  group_turns: "the group has spoken least often",
  seat_time: "has spoken least of the group",
  seat_turns: "has spoken least often of the group",
  first: "raised a hand first",
};

/** Why the hand at a place of the queue comes where it comes. */
export function whyWords(floor: Floor, at: number): string {
  if (at === 0 && floor.why) return WHY[floor.why];
  const had = floor.spoken.find((one) => one.group === floor.waiting[at]?.group);
  return had ? spokenWords(had) : "";
}

/** "has not spoken yet", "spoke twice, 3:20". */
export function spokenWords({ turns, seconds }: GroupSpoken): string {
  if (!turns) return "the group has not spoken yet";
  return `the group spoke ${turns === 1 ? "once" : turns === 2 ? "twice" : `${turns} times`}, ${clockWords(seconds)}`;
}

export function clockWords(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** "You are third; Community comes next."; nothing for who does not wait. */
export function placeWords(floor: Floor, seat: string | null): string {
  if (seat !== null && floor.speaking?.seat === seat) return "You have the floor.";
  const at = floor.waiting.findIndex((hand) => hand.seat === seat);
  if (seat === null || at < 0) return "";
  if (at === 0) return "You are next.";
  return `You are ${PLACES[at] ?? `number ${at + 1}`}; ${groupName(floor, floor.waiting[0]!.group)} comes next.`;
}

/** The groups that come next, each once. */
export function nextGroups(floor: Floor, count: number): string[] {
  return [...new Set(floor.waiting.map((hand) => groupName(floor, hand.group)))].slice(0, count);
}

/** "Ready: Agency 2 of 3, Community 4 of 5."; nothing where nobody is asked. */
export function readyWords(ready: GroupReady[]): string {
  const asked = ready.filter((group) => group.here !== 0);
  if (!asked.length) return "";
  return `Ready: ${asked.map(({ name, ready, here }) => `${name} ${ready}${here === null ? "" : ` of ${here}`}`).join(", ")}.`;
}

function groupName(floor: Floor, group: string): string {
  return floor.spoken.find((one) => one.group === group)?.name ?? group;
}

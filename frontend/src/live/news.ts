/** What happened between two states of a room, in sentences to be spoken. */
import type { Floor } from "./protocol";
import type { RoomState } from "./state";
import { statusWords, timeWords } from "./words";

/** `seat`: one's own, whose turn is told to nobody else. */
export function news(before: RoomState, after: RoomState, language: string, seat: string | null = null): string[] {
  return [course(before, after, language), again(before, after), turn(before, after, seat), own(before, after, seat), ready(before, after), result(before, after)].filter(Boolean);
}

function again({ round: was }: RoomState, { round: is }: RoomState): string {
  return is.next && is.next !== was.next ? "This is voted on again, in a round that follows." : "";
}

function turn({ floor: was }: RoomState, { floor: is }: RoomState, seat: string | null): string {
  if (!is.speaking || is.speaking.since === was.speaking?.since) return "";
  return is.speaking.seat === seat ? "You have the floor." : `${is.speaking.name} has the floor.`;
}

function own({ floor: was }: RoomState, { floor: is }: RoomState, seat: string | null): string {
  const first = (floor: Floor) => seat !== null && floor.waiting[0]?.seat === seat;
  return first(is) && !first(was) ? "You are next." : "";
}

function ready(before: RoomState, after: RoomState): string {
  return after.everybody && !before.everybody ? "At least half of each group here is ready to move on." : "";
}

function course({ round: was }: RoomState, { round: is }: RoomState, language: string): string {
  if (was.status !== is.status || was.phase !== is.phase || was.paused !== is.paused)
    return is.status === "tallied" ? "" : statusWords(is, language);
  if (was.closes !== is.closes && is.closes) return `There is more time now: until ${timeWords(is.closes, language)}.`;
  return "";
}

function result(before: RoomState, after: RoomState): string {
  if (after.round.status !== "tallied" || before.round.status === "tallied") return "";
  const [first, ...more] = after.results;
  return `The votes have been counted. ${first && !more.length ? first.verdict : ""}`.trim();
}

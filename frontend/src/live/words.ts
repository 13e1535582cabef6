/** Everything the room says, in one place. */
import type { LinkStatus } from "./link";
import type { GroupPresence, Item, RoundNow } from "./protocol";

export function connectionWords(status: LinkStatus, delayed: boolean, wasAway: boolean): string {
  if (status === "shut") return "This page is not kept up to date any more, and cannot send your vote at once. Load it again.";
  if (status === "offline") return "No connection. What you chose is kept on this device; send it when you are connected again.";
  if (status === "delayed" || delayed) return "Live updates are delayed. You can vote as usual.";
  return status === "live" && wasAway ? "Live updates are back." : "";
}

/** At which stop of its course a round is; "" before the first. */
export function stopOf(round: RoundNow): string {
  if (round.status === "talking") return round.phase;
  if (round.status === "open") return "decide";
  return round.status === "closed" || round.status === "tallied" ? "result" : "";
}

const PHASES: Record<string, string> = {
  present: "What is proposed is explained.",
  clarify: "Questions are asked.",
  react: "Everybody says what they think.",
  amend: "Changes are offered.",
};

/** Where a round stands, without its times. */
export function standWords(round: RoundNow): string {
  if (round.paused) return "Paused.";
  if (round.status === "draft") return "The vote is not open yet.";
  if (round.status === "announced") return "The round has been announced.";
  if (round.status === "talking") return PHASES[round.phase] ?? "";
  if (round.status === "open") return "The vote is open.";
  return round.status === "closed" ? "The votes are being counted." : "The votes have been counted.";
}

export function statusWords(round: RoundNow, language: string): string {
  if (round.paused) return "The round is paused. This page will say so when it goes on.";
  if (round.status === "draft") return "The vote is not open yet. This page will say so when it opens.";
  if (round.status === "announced") return round.closes ? `The round begins at ${timeWords(round.closes, language)}.` : "The round has been announced.";
  if (round.status === "talking") return `${PHASES[round.phase] ?? ""}${round.closes ? ` Until ${timeWords(round.closes, language)}.` : ""} The vote comes later.`;
  if (round.status === "closed") return "The vote has closed. The votes are being counted.";
  if (round.status === "tallied") return "The vote has closed and has been counted.";
  return round.closes ? `The vote is open until ${timeWords(round.closes, language)}.` : "The vote is open.";
}

/** "18:00" today, "Tue 17 Dec, 18:00" on another day. */
export function timeWords(iso: string, language: string, now: Date = new Date()): string {
  const time = new Date(iso);
  const hours: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  const day: Intl.DateTimeFormatOptions = { weekday: "short", day: "numeric", month: "short" };
  const sameDay = time.toDateString() === now.toDateString();
  return new Intl.DateTimeFormat(language, sameDay ? hours : { ...day, ...hours }).format(time);
}

export function recordedWords(round: RoundNow, language: string): string {
  if (round.status !== "open") return "Your vote is recorded.";
  const until = round.closes ? ` until ${timeWords(round.closes, language)}` : " until the vote closes";
  return `Your vote is recorded. You can change it${until}.`;
}

/** "Here now: 2 of Agency, 5 of Community." */
export function hereWords(present: GroupPresence[]): string {
  const here = present.filter((group) => group.here > 0);
  if (!here.length) return "";
  return `Here now: ${here.map(({ here, name }) => `${here} of ${name}`).join(", ")}.`;
}

const SYSTEM: Record<string, string> = {
  clock: "The clock",
  tally: "The count",
  decide: "The rule",
  adopt: "The rule",
  verdict: "The scoring rule",
};

export function whoWords(item: Item): string {
  return SYSTEM[item.who] ?? (item.who || "The convenor");
}

const ACTS: Record<string, string> = {
  "seat.assigned": "A seat was taken.",
  "seat.vacated": "A seat was vacated.",
  "role.given": "A role was given.",
  "role.taken": "A role was taken back.",
  "proposal.submitted": "A proposal came in.",
  "proposal.revised": "A proposal was revised.",
  "proposal.withdrawn": "A proposal was withdrawn.",
  "amendment.offered": "A change was offered.",
  "amendment.answered": "An offered change was answered.",
  "comment.made": "Something was said about a text.",
  "comment.taken_back": "A comment was taken back.",
  "objection.recorded": "An objection was raised.",
  "objection.withdrawn": "An objection was withdrawn.",
  "round.drafted": "A vote was prepared.",
  "round.announced": "A round was announced.",
  "phase.begun": "The next phase began.",
  "round.paused": "The round was paused.",
  "round.resumed": "The round goes on.",
  "round.extended": "There is more time now.",
  "round.opened": "A vote was opened.",
  "round.closed": "A vote was closed.",
  "round.tallied": "The votes were counted.",
  "decision.made": "A decision was made.",
  "imposition.made": "Something was set by one party.",
  "outside.recorded": "Something set outside was recorded.",
  "element.changed": "The framework changed.",
  "edition.published": "An edition was published.",
  "verdict.recorded": "A verdict was recorded.",
};

/** What happened, in a sentence; an act without words of its own is named as it is. */
export function itemWords(item: Item): string {
  return ACTS[item.type] ?? `${item.type.replace(/[._]/g, " ")}.`;
}

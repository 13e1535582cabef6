/** The messages of a room, both ways, version 1. Generated from the server's message classes: do not edit. */

/** An entry of the record as an audience may see it. `who` is the group's name, or the name of a part of the system. */
export interface Item {
  seq: number;
  at: string;
  type: string;
  who: string;
  on: Record<string, string>;
  data: Record<string, unknown>;
}

/** A round as it stands. `phase` is the one it is in while it is talked about. `closes` is when the phase or the vote that is under way ends by itself, or when an announced round begins; null where somebody moves it by hand. Another `agenda` means that what is voted on has changed. `next` is the round in which what this one did not decide is voted on again. */
export interface RoundNow {
  id: string;
  status: "draft" | "announced" | "talking" | "open" | "closed" | "tallied";
  phase: "" | "present" | "clarify" | "react" | "amend";
  paused: boolean;
  secrecy: "open" | "blind" | "secret";
  closes: string | null;
  agenda: string;
  next: string | null;
}

/** How many of a group's seats have voted on an item, and how many could. Of secret rounds small numbers are null until they are counted. */
export interface GroupTurnout {
  group: string;
  name: string;
  took_part: number | null;
  entitled: number;
}

/** Turnout on one item, by group. */
export interface ItemTurnout {
  item: string;
  groups: GroupTurnout[];
}

/** How many chose one thing. */
export interface Choice {
  kind: string;
  label: string;
  count: number;
}

/** One deciding group, or everybody (`overall`). `choices` are those that the threshold counts, `apart` the rest; `threshold` is a share of those counted, 0..1, null where the rule has none to draw. */
export interface ResultRow {
  name: string;
  choices: Choice[];
  apart: Choice[];
  took_part: number;
  entitled: number;
  sentence: string;
  threshold: number | null;
  state: string;
  state_words: string;
  overall: boolean;
}

/** Where one alternative stood at a stage. */
export interface StageLine {
  name: string;
  value: string;
}

/** One stage of a count: what happened, as a sentence, and the numbers. */
export interface Stage {
  words: string;
  lines: StageLine[];
}

/** The result on one item: the outcome, its state as a colour role, the reason as a sentence, and the rows. Of a question among alternatives also which are chosen, in order, which are tied, and the stages of the count. */
export interface ItemResult {
  item: string;
  outcome: string;
  verdict: string;
  state: string;
  state_words: string;
  rows: ResultRow[];
  winners: string[];
  ties: string[][];
  stages: Stage[];
}

/** How many seats of a group are connected now, of how many; every group is named. By the round's rule at least `needed` of them must take part (0: it asks for no quorum of this group). */
export interface GroupPresence {
  group: string;
  name: string;
  here: number;
  seats: number;
  needed: number;
}

/** Who has the floor: a seat, by its group and label, since when, and until when it is meant to last (null: as long as it takes). */
export interface Turn {
  seat: string;
  group: string;
  name: string;
  since: string;
  until: string | null;
}

/** A raised hand, and since when. */
export interface Hand {
  seat: string;
  group: string;
  name: string;
  since: string;
}

/** How often and how long a group has spoken, turns that have ended; a silent group has 0 turns. */
export interface GroupSpoken {
  group: string;
  name: string;
  turns: number;
  seconds: number;
}

/** Who speaks, who waits, who has been heard. `waiting` is in the order in which they will be called, the first hundred of all hands `raised`; `why` says what brings the first of them before the others: nobody else waits, its group has spoken least, or least often, within the group the seat has, or the hand was raised first. `spoken` names every group with a seat. */
export interface Floor {
  speaking: Turn | null;
  waiting: Hand[];
  raised: number;
  why: "alone" | "group_time" | "group_turns" | "seat_time" | "seat_turns" | "first" | null;
  spoken: GroupSpoken[];
}

/** How many seats of a deciding group have said that they are ready to move on, of how many that are `here`: connected, or ready without being so. `here` is null where nobody knows who is connected. */
export interface GroupReady {
  group: string;
  name: string;
  ready: number;
  here: number | null;
}

/** What the voter keeps. `salt` opens the voter's own commitment in private rounds; of a secret round a receipt proves that the seat has voted and never what, so `choice` is empty. */
export interface Receipt {
  item: string;
  choice: string;
  log: string;
  seq: number;
  leaf_hash: string;
  checkpoint: string;
  salt: string;
}

/** The first message: the room is open at size `at` of the record, and what follows is for this audience. `now` is the server's clock, so that a device whose own is wrong counts down rightly. */
export interface Hello {
  t: "hello";
  version: number;
  at: number;
  audience: "public" | "member" | "facilitator" | "auditor";
  now: string;
}

/** A contiguous range of the record: `from` inclusive, `to` exclusive. What this audience may not see, and ballots (turnout tells them), are left out of `items`. A client applies it if `from` is its cursor. */
export interface EntriesFrame {
  t: "entries";
  from: number;
  to: number;
  items: Item[];
}

/** How things stand at size `at` of the record: each replaces the one before; parts left out have not changed. `live` is delayed while the server itself hears of changes late. `ready` has the deciding groups while a round is talked about, otherwise none; `everybody`: at least half of each group that is here is ready. */
export interface StateFrame {
  t: "state";
  at: number;
  round?: RoundNow;
  turnout?: ItemTurnout[];
  results?: ItemResult[];
  live?: "immediate" | "delayed";
  present?: GroupPresence[];
  floor?: Floor;
  ready?: GroupReady[];
  everybody?: boolean;
}

/** Too much is missing to be sent piece by piece: go on from `at`; what came before is in the record. */
export interface ResyncFrame {
  t: "resync";
  at: number;
}

/** The answer to one's own `cast`, after commit: the receipt to keep. */
export interface Recorded {
  t: "receipt";
  id: string;
  receipt: Receipt;
}

/** The answer to one's own `hand`, `ready`, `call` or `rest`, after commit; what it changed comes with the next state. */
export interface Done {
  t: "done";
  id: string;
}

/** The answer to a message that was not done. `id` is that of the message, empty where it had none. */
export interface Refused {
  t: "refused";
  id: string;
  code: string;
  message: string;
  fields: Record<string, string>;
}

/** The answer to `ping`. */
export interface Pong {
  t: "pong";
}

/** Asks for every entry from number `from` on: what the client knows is numbered below. */
export interface Resume {
  t: "resume";
  from: number;
}

/** A ballot on an item of this round. `id` names this message, `key` the vote: sent twice under one key it counts once. */
export interface Cast {
  t: "cast";
  id: string;
  item: string;
  choice: string;
  key: string;
}

/** Raises the hand of one's seat (`up`), or takes it down. Saying it twice is saying it once. */
export interface RaiseHand {
  t: "hand";
  id: string;
  up: boolean;
}

/** Says with a voting seat that it is ready to leave the phase the round is in, or not yet. */
export interface SayReady {
  t: "ready";
  id: string;
  ready: boolean;
}

/** The convenor gives the floor: to the next in order (`seat` null), or to this seat, for so many `seconds`, or as long as it takes. A page sends the seat that it shows as the next one: then pressing twice calls once. */
export interface Call {
  t: "call";
  id: string;
  seat: string | null;
  seconds?: number;
}

/** Ends the turn under way: the convenor, or whoever speaks. */
export interface Rest {
  t: "rest";
  id: string;
}

/** Asks whether the line still works. */
export interface Ping {
  t: "ping";
}

export type ServerMessage = Hello | EntriesFrame | StateFrame | ResyncFrame | Recorded | Done | Refused | Pong;

export type ClientMessage = Resume | Cast | RaiseHand | SayReady | Call | Rest | Ping;

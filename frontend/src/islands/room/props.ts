import type { Receipt, ResultRow } from "../../live/protocol";
import type { Watched } from "../../live/watch.svelte";

export interface ChoiceOption {
  value: string;
  label: string;
}

/** One question. `rating` shows its steps in a row, `list` in a list to pick from; of alternatives a `ranking` is filled with
 *  places, `approvals` with ticks, `scores` with `numbers`. `aside` are the ways of not choosing. */
export interface BallotItem {
  item: string;
  title: string;
  words: string;
  kind: "choice" | "rating" | "list" | "ranking" | "approvals" | "scores";
  choices: ChoiceOption[];
  aside: ChoiceOption[];
  numbers: ChoiceOption[];
  /** The words at both ends of a rating. */
  low: string;
  high: string;
  /** One's own answer in the round that this one takes up again, as a sentence; "" if there is none. */
  last: string;
  /** That somebody else voted from this seat before, as a sentence; "" if nobody did. */
  earlier: string;
  before: Said | null;
  /** One's own reason so far. */
  why: string;
  own: { choice: string; receipt: Kept } | null;
}

/** What the groups said on it the time before: a row for each, small ones together, or in `empty` why there is none; and reasons,
 *  each with the groups from among which it comes. */
export interface Said {
  rows: ResultRow[];
  empty: string;
  why: { words: string; who: string }[];
  whyWords: string;
}

/** What one's own vote is found by in the record. */
export type Kept = Pick<Receipt, "seq" | "leaf_hash" | "choice">;

/** What the server puts into `data-props` of the room. */
export interface RoomProps extends Watched {
  castUrl: string;
  reasonUrl: string;
  /** Keeps half-made choices apart where several people share a device; null: nobody who may vote. */
  seat: string | null;
  /** One's own seat on the floor; null: none, or the round is over. */
  voice: { seat: string; decides: boolean; ready: boolean } | null;
  /** Whether one may say something about a text. */
  speaks: boolean;
  /** The texts voted on, and what is said about their fields. */
  said: TextSaid[];
  /** Of many ratings so many stand here at once, and how long one takes; null: all of them stand here. */
  sitting: { atOnce: number; seconds: number } | null;
  /** When the groups said what stands above the ballots, and who sees it; "" where this round takes up no other. */
  before: string;
  ballots: BallotItem[];
}

/** A text that is voted on; `number` is the version one has before one's eyes. */
export interface TextSaid {
  proposal: string;
  title: string;
  number: number;
  /** Where comments are read and written. */
  url: string;
  fields: { key: string; label: string; count: number }[];
}

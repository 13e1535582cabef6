import type { RuleLine } from "../../ui/rule";
import type { ItemResult, ItemTurnout, Receipt, ResultRow, RoundNow } from "../../live/protocol";

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
export interface RoomProps {
  socketUrl: string;
  changesUrl: string;
  castUrl: string;
  reasonUrl: string;
  /** Keeps half-made choices apart where several people share a device; null: nobody who may vote. */
  seat: string | null;
  /** The size of the record when the page was made. */
  cursor: number;
  round: RoundNow;
  turnout: ItemTurnout[];
  /** What the rule asks of each group. */
  rule: RuleLine[];
  results: ItemResult[];
  /** Of many ratings so many stand here at once, and how long one takes; null: all of them stand here. */
  sitting: { atOnce: number; seconds: number } | null;
  /** When the groups said what stands above the ballots, and who sees it; "" where this round takes up no other. */
  before: string;
  ballots: BallotItem[];
}

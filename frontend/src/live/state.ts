import type { EntriesFrame, Floor, GroupPresence, GroupReady, GroupTurnout, Item, ItemResult, ItemTurnout, RoundNow, ServerMessage, StateFrame } from "./protocol";

/** What a room shows, apart from one's own ballots: those belong to the hand, not to the server. */
export interface RoomState {
  /** The number of entries known: the next frame of entries must begin here. */
  cursor: number;
  /** The record's size at the newest snapshot. */
  at: number;
  round: RoundNow;
  turnout: ItemTurnout[];
  results: ItemResult[];
  present: GroupPresence[];
  floor: Floor;
  /** While the round is talked about: who of each deciding group is ready to move on. */
  ready: GroupReady[];
  /** At least half of each group that is here is ready. */
  everybody: boolean;
  live: "immediate" | "delayed";
  /** Newest first. */
  items: Item[];
}

/** The new state, and from where the client must ask because something between is missing (null: nothing is). */
export interface Applied {
  state: RoomState;
  missing: number | null;
}

const KEPT = 100;

/** Pure: applying a frame twice is harmless, and a gap changes nothing. */
export function apply(state: RoomState, frame: ServerMessage): Applied {
  if (frame.t === "entries") return applyEntries(state, frame);
  if (frame.t === "state") return { state: applySnapshot(state, frame), missing: null };
  if (frame.t === "resync") return { state: { ...state, cursor: Math.max(state.cursor, frame.at) }, missing: null };
  return { state, missing: null };
}

/** Who has taken part at all: per group, the question on which most have voted; null where nobody is told of any. */
export function together(turnout: ItemTurnout[]): GroupTurnout[] {
  const most = new Map<string, GroupTurnout>();
  for (const group of turnout.flatMap((item) => item.groups))
    if ((group.took_part ?? -1) >= (most.get(group.group)?.took_part ?? -1)) most.set(group.group, group);
  return [...most.values()];
}

function applyEntries(state: RoomState, frame: EntriesFrame): Applied {
  if (frame.to <= state.cursor) return { state, missing: null };
  if (frame.from !== state.cursor) return { state, missing: state.cursor };
  const items = [...[...frame.items].reverse(), ...state.items].slice(0, KEPT);
  return { state: { ...state, cursor: frame.to, items }, missing: null };
}

function applySnapshot(state: RoomState, frame: StateFrame): RoomState {
  if (frame.at < state.at) return state;
  return {
    ...state,
    at: frame.at,
    round: frame.round ?? state.round,
    turnout: frame.turnout ?? state.turnout,
    results: frame.results ?? state.results,
    present: frame.present ?? state.present,
    floor: frame.floor ?? state.floor,
    ready: frame.ready ?? state.ready,
    everybody: frame.everybody ?? state.everybody,
    live: frame.live ?? state.live,
  };
}

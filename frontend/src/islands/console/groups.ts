/** How each group stands, as a facilitator needs it at a glance. */
import { together, type RoomState } from "../../live/state";
import type { RuleLine } from "../../ui/rule";

export interface GroupRow {
  group: string;
  name: string;
  /** Seats connected now; null while nobody has said who is here. */
  here: number | null;
  seats: number;
  /** Of those who may vote; null for a group that only advises. */
  voted: number | null;
  entitled: number;
  ready: number | null;
  turns: number;
  /** What to look after, in words. */
  lacks: string[];
}

/** Every group with a seat; those that have a vote alone, until it is known who is connected. */
export function groupRows(state: RoomState, rule: RuleLine[]): GroupRow[] {
  const votes = new Map(together(state.turnout).map((one) => [one.group, one]));
  const present = new Map(state.present.map((one) => [one.group, one]));
  const names = new Map([...state.floor.spoken, ...votes.values()].map((one) => [one.group, one.name]));
  const rules = new Map(rule.map((line) => [line.group, line.needed]));
  return [...names].map(([group, name]) => {
    const vote = votes.get(group);
    const row = {
      group,
      name,
      here: present.get(group)?.here ?? null,
      seats: present.get(group)?.seats ?? vote?.entitled ?? 0,
      voted: vote ? vote.took_part : null,
      entitled: vote?.entitled ?? 0,
      ready: state.ready.find((one) => one.group === group)?.ready ?? null,
      turns: state.floor.spoken.find((one) => one.group === group)?.turns ?? 0,
    };
    return { ...row, lacks: [...lacks(row, rules.get(group) ?? 0, state.round.status), ...silent(row, state)] };
  });
}

function lacks({ here, voted, entitled }: Pick<GroupRow, "here" | "voted" | "entitled">, needed: number, status: string): string[] {
  if (!entitled || status === "closed" || status === "tallied") return [];
  if (status === "open") return voted !== null && voted < needed ? [`${needed - voted} more must vote`] : [];
  if (here === 0) return ["nobody is here"];
  return here !== null && here < needed ? [`${needed - here} more must be here`] : [];
}

/** Silence is told as soon as somebody else has spoken. */
function silent({ group, turns, here }: Pick<GroupRow, "group" | "turns" | "here">, { floor, round }: RoomState): string[] {
  const heard = floor.spoken.some((one) => one.turns > 0);
  const asked = round.status === "talking" || round.status === "open";
  return asked && heard && !turns && here !== 0 && floor.speaking?.group !== group ? ["has not spoken yet"] : [];
}

/** A contest among alternatives, and ties: followed in every way they could fall, or broken by a declared rule. */

import type { JsonObject } from "../canonical";

export interface Contest<Ballot> {
  names: string[];
  seats: number;
  ballots: [Ballot, number][];
}

export interface Count {
  winners: number[];
  stages: JsonObject[];
}

export interface Selected extends Count {
  ties: number[][];
  decided: boolean;
}

/** Groups of alternatives ranked equal, best first. */
export type Ranking = number[][];
export type Approvals = number[];
export type Scores = (number | null)[];
export type Counter<Ballot> = (contest: Contest<Ballot>, ties: Ties) => Count;

const WAYS = 500;
const EFFORT = 200_000;

/** From here on everything has been followed before. */
class Seen extends Error {}

/** What a count asks when it meets a tie. Without a declared order `script` says which way each tie falls. */
export class Ties {
  readonly met: [number[], number][] = [];

  constructor(
    private readonly order: number[] | null,
    private readonly script: number[] = [],
    private readonly seen: Set<string> = new Set(),
  ) {}

  favour(tied: number[], state: string | null = null): number {
    return this.choose(tied, state, (places) => Math.min(...places));
  }

  drop(tied: number[], state: string | null = null): number {
    return this.choose(tied, state, (places) => Math.max(...places));
  }

  private choose(tied: number[], state: string | null, extreme: (places: number[]) => number): number {
    if (tied.length === 1) return tied[0]!;
    const { order } = this;
    if (order) {
      const chosen = order[extreme(tied.map((number) => order.indexOf(number)))]!;
      this.met.push([tied, tied.indexOf(chosen)]);
      return chosen;
    }
    const step = this.met.length;
    if (step >= this.script.length && state !== null) {
      if (this.seen.has(state)) throw new Seen();
      this.seen.add(state);
    }
    const way = this.script[step] ?? 0;
    this.met.push([tied, way]);
    return tied[way]!;
  }

  nextScript(): number[] | null {
    const met = [...this.met];
    while (met.length && met.at(-1)![1] + 1 >= met.at(-1)![0].length) met.pop();
    const last = met.pop();
    return last ? [...met.map(([, way]) => way), last[1] + 1] : null;
  }
}

export function select<Ballot>(count: Counter<Ballot>, contest: Contest<Ballot>, order: number[] | null): Selected {
  if (order) {
    const ties = new Ties(order);
    const done = count(contest, ties);
    return { ...done, ties: ties.met.map(([tied]) => tied), decided: true };
  }
  const limit = Math.max(10, Math.min(WAYS, Math.floor(EFFORT / (1 + contest.ballots.length))));
  const followed: [Count | null, Ties][] = [];
  const seen = new Set<string>();
  let script: number[] | null = [];
  while (script && followed.length <= limit) {
    const ties: Ties = new Ties(null, script, seen);
    followed.push([tried(count, contest, ties), ties]);
    script = ties.nextScript();
  }
  const ways = followed.flatMap(([done]) => (done ? [done] : []));
  if (followed.length > limit) return { winners: [], ties: [followed[0]![1].met[0]![0]], stages: ways[0]!.stages, decided: false };
  return together(ways, contest.seats);
}

function tried<Ballot>(count: Counter<Ballot>, contest: Contest<Ballot>, ties: Ties): Count | null {
  try {
    return count(contest, ties);
  } catch (error) {
    if (error instanceof Seen) return null;
    throw error;
  }
}

function together(ways: Count[], seats: number): Selected {
  const { stages, winners } = ways[0]!;
  const possible = [...new Set(ways.flatMap((way) => way.winners))].sort((one, other) => one - other);
  const certain = winners.filter((winner) => ways.every((way) => way.winners.includes(winner)));
  if (certain.length === possible.length) return { winners: certain, ties: [], stages, decided: true };
  if (seats === 1) return { winners: possible, ties: [possible], stages, decided: false };
  return { winners: certain, ties: [possible.filter((one) => !certain.includes(one))], stages, decided: false };
}

/** Those of `among` with the highest value. */
export function best<T>(values: readonly T[], among: readonly number[], compare: (one: T, other: T) => number): number[] {
  let top: number[] = [];
  for (const number of among) {
    const against = top.length ? compare(values[number]!, values[top[0]!]!) : 0;
    if (against > 0) top = [number];
    else if (against === 0) top.push(number);
  }
  return top;
}

export function range(end: number): number[] {
  return Array.from({ length: end }, (_, number) => number);
}

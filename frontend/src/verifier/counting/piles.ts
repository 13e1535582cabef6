/** Papers in piles, for counts by elimination. Values are whole numbers of the smallest part a method counts in. */

import { range, type Ranking } from "./contest";

type Pile = Map<string, { ballot: number; value: bigint; papers: bigint }>;

export class Piles {
  private readonly rankings: Ranking[];
  private readonly held: Pile[];

  constructor(ballots: [Ranking, number][], size: number, unit: bigint) {
    this.rankings = ballots.map(([ranking]) => ranking);
    this.held = range(size).map(() => new Map());
    const everybody = new Set(range(size));
    ballots.forEach(([, weight], ballot) => this.place(ballot, unit, BigInt(weight), everybody));
  }

  votes(number: number): bigint {
    let sum = 0n;
    for (const { value, papers } of this.held[number]!.values()) sum += value * papers;
    return sum;
  }

  /** Move every paper of an alternative to the next of those continuing, at its new worth. */
  transfer(number: number, continuing: readonly number[], worth: (value: bigint) => bigint): void {
    const pile = this.held[number]!;
    this.held[number] = new Map();
    const still = new Set(continuing);
    for (const { ballot, value, papers } of pile.values()) this.place(ballot, worth(value), papers, still);
  }

  state(): string {
    const rows = this.held.flatMap((pile, number) => [...pile.entries()].map(([key, { papers }]) => `${number}/${key}/${papers}`));
    return rows.sort().join(" ");
  }

  private place(ballot: number, value: bigint, papers: bigint, continuing: Set<number>): void {
    for (const group of this.rankings[ballot]!) {
      const here = group.filter((number) => continuing.has(number));
      if (!here.length) continue;
      const each = value / BigInt(here.length);
      for (const number of here) this.add(number, ballot, each, papers);
      return;
    }
  }

  private add(number: number, ballot: number, value: bigint, papers: bigint): void {
    const key = `${ballot}:${value}`;
    const known = this.held[number]!.get(key);
    this.held[number]!.set(key, { ballot, value, papers: papers + (known?.papers ?? 0n) });
  }
}

/** Who has the fewest votes; of those nobody votes for only the last, where their order can make no difference. */
export function lowest(votes: ReadonlyMap<number, bigint>, continuing: readonly number[], places: number): number[] {
  const fewest = continuing.map((number) => votes.get(number)!).reduce((one, other) => (other < one ? other : one));
  const tied = continuing.filter((number) => votes.get(number) === fewest);
  return fewest === 0n && continuing.length - tied.length >= places ? tied.slice(-1) : tied;
}

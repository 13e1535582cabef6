/** Meek's STV by the Reference Rule of the Proportional Representation Foundation, in billionths. */

import type { JsonObject } from "../canonical";
import { range, type Contest, type Count, type Ranking, type Ties } from "./contest";

const ONE = 10n ** 9n;
const OMEGA = ONE / 10n ** 6n;
type Path = [Ranking, bigint];

export function countMeek(contest: Contest<Ranking>, ties: Ties): Count {
  return new MeekCount(contest, ties).run();
}

class MeekCount {
  private readonly keep: bigint[];
  private hopeful: number[];
  private readonly elected: number[] = [];
  private votes: bigint[];
  private quota = 0n;
  private surplus = 0n;
  private readonly stages: JsonObject[] = [];

  constructor(
    private readonly contest: Contest<Ranking>,
    private readonly ties: Ties,
  ) {
    this.keep = contest.names.map(() => ONE);
    this.hopeful = range(contest.names.length);
    this.votes = contest.names.map(() => 0n);
  }

  run(): Count {
    const { seats } = this.contest;
    while (this.elected.length < seats && this.elected.length + this.hopeful.length > seats)
      if (!this.iterate()) this.defeat();
    if (this.elected.length < seats)
      for (const number of this.hopeful) {
        this.elected.push(number);
        this.note("elect", [number]);
      }
    return { winners: this.elected, stages: this.stages };
  }

  private iterate(): boolean {
    const paths = this.paths();
    for (let last: bigint | null = null; ; last = this.surplus) {
      this.distribute(paths);
      this.quota = this.votes.reduce((sum, votes) => sum + votes, 0n) / BigInt(this.contest.seats + 1) + 1n;
      const winners = this.hopeful.filter((number) => this.votes[number]! >= this.quota);
      if (winners.length) {
        this.elect(winners);
        return true;
      }
      const surplus = this.elected.reduce((sum, number) => sum + this.votes[number]! - this.quota, 0n);
      this.surplus = surplus > 0n ? surplus : 0n;
      if (this.surplus < OMEGA || (last !== null && this.surplus >= last)) return false;
      for (const number of this.elected)
        this.keep[number] = ceil(ceil(this.keep[number]! * this.quota, ONE) * ONE, this.votes[number]!);
    }
  }

  private elect(winners: number[]): void {
    winners.sort((one, other) => (this.votes[other]! > this.votes[one]! ? 1 : this.votes[other]! < this.votes[one]! ? -1 : 0));
    this.hopeful = this.hopeful.filter((number) => !winners.includes(number));
    this.elected.push(...winners);
    this.note("elect", winners);
  }

  private defeat(): void {
    const low = this.hopeful.map((number) => this.votes[number]!).reduce((one, other) => (other < one ? other : one));
    let tied = this.hopeful.filter((number) => this.votes[number]! <= low + this.surplus);
    const spare = this.elected.length + this.hopeful.length - tied.length >= this.contest.seats;
    if (low === 0n && spare && tied.every((number) => this.votes[number] === 0n)) tied = tied.slice(-1);
    const number = this.ties.drop(tied, [this.hopeful, this.elected, this.keep].join(";"));
    this.hopeful = this.hopeful.filter((one) => one !== number);
    this.keep[number] = 0n;
    this.note("exclude", [number]);
  }

  /** Ballots cut down to whom they can still reach: a ballot ends at the first group of one hopeful. */
  private paths(): Path[] {
    const merged = new Map<string, Path>();
    const hopeful = new Set(this.hopeful);
    for (const [ranking, weight] of this.contest.ballots) {
      const path: Ranking = [];
      for (const group of ranking) {
        const reached = group.filter((number) => this.keep[number]);
        if (!reached.length) continue;
        path.push(reached);
        if (reached.every((number) => hopeful.has(number))) break;
      }
      const key = JSON.stringify(path);
      merged.set(key, [path, BigInt(weight) + (merged.get(key)?.[1] ?? 0n)]);
    }
    return [...merged.values()];
  }

  private distribute(paths: readonly Path[]): void {
    this.votes = this.votes.map(() => 0n);
    for (const [ranking, weight] of paths) {
      let left = ONE;
      for (const group of ranking) {
        left = this.give(group, left, weight);
        if (left <= 0n) break;
      }
    }
  }

  /** Let a group of equals keep its part of each of `weight` papers of this value; gives what each paper has left. */
  private give(group: readonly number[], value: bigint, weight: bigint): bigint {
    if (group.length === 1) {
      const kept = ceil(value * this.keep[group[0]!]!, ONE);
      this.votes[group[0]!]! += kept * weight;
      return value - kept;
    }
    let left = 0n;
    const share = value / BigInt(group.length);
    for (const number of group) {
      const kept = ceil(share * this.keep[number]!, ONE);
      this.votes[number]! += kept * weight;
      if (kept < share)
        left += this.give(
          group.filter((other) => other !== number),
          share - kept,
          weight,
        );
    }
    return left;
  }

  private note(action: string, numbers: readonly number[]): void {
    const { names } = this.contest;
    this.stages.push({
      action,
      candidate: numbers.map((number) => names[number]).join(", "),
      votes: Object.fromEntries(names.map((name, number) => [name, decimals(this.votes[number]!)])),
      quota: decimals(this.quota),
    });
  }
}

function ceil(top: bigint, bottom: bigint): bigint {
  return (top + bottom - 1n) / bottom;
}

function decimals(votes: bigint): string {
  return `${votes / ONE}.${String(votes % ONE).padStart(9, "0")}`;
}

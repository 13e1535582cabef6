/** Scottish STV: SSI 2007/42, schedule 1, rules 45-53. Votes are counted in hundred-thousandths. */

import type { JsonObject } from "../canonical";
import { range, type Contest, type Count, type Ranking, type Ties } from "./contest";
import { lowest, Piles } from "./piles";

const UNIT = 100_000n;
type Votes = Map<number, bigint>;

export function countScottish(contest: Contest<Ranking>, ties: Ties): Count {
  return new ScottishCount(contest, ties).run();
}

class ScottishCount {
  private readonly piles: Piles;
  private continuing: number[];
  private readonly elected: number[] = [];
  private surpluses: number[] = [];
  private readonly dealtWith: number[] = [];
  private readonly votes: Votes;
  private readonly quota: bigint;
  private readonly history: Votes[] = [];
  private readonly stages: JsonObject[] = [];
  private shown: string[] = [];

  constructor(
    private readonly contest: Contest<Ranking>,
    private readonly ties: Ties,
  ) {
    this.piles = new Piles(contest.ballots, contest.names.length, UNIT);
    this.continuing = range(contest.names.length);
    this.votes = new Map(this.continuing.map((number) => [number, this.piles.votes(number)]));
    const all = [...this.votes.values()].reduce((sum, votes) => sum + votes, 0n);
    this.quota = (all / UNIT / BigInt(contest.seats + 1) + 1n) * UNIT;
  }

  run(): Count {
    this.closeStage("first", null);
    while (this.elected.length < this.contest.seats && this.continuing.length) {
      if (this.continuing.length <= this.contest.seats - this.elected.length) this.elect([...this.continuing]);
      else if (this.surpluses.length) this.transferSurplus();
      else this.exclude();
    }
    const waiting = this.elected.filter((number) => !this.dealtWith.includes(number)).sort((one, other) => one - other);
    return { winners: [...this.dealtWith, ...waiting], stages: this.stages };
  }

  private closeStage(action: string, number: number | null): void {
    const { names } = this.contest;
    this.history.push(new Map(this.votes));
    this.shown = [];
    this.stages.push({
      action,
      candidate: number === null ? null : names[number]!,
      votes: Object.fromEntries([...this.votes].map(([one, votes]) => [names[one]!, decimals(votes)])),
      quota: decimals(this.quota),
      elected: this.shown,
    });
    this.elect(this.continuing.filter((one) => this.votes.get(one)! >= this.quota));
  }

  private elect(reached: number[]): void {
    reached.sort((one, other) => compare(this.votes.get(other)!, this.votes.get(one)!));
    for (const number of reached) {
      this.elected.push(number);
      this.continuing = this.continuing.filter((one) => one !== number);
      this.shown.push(this.contest.names[number]!);
      const votes = this.votes.get(number)!;
      if (votes > this.quota) this.surpluses.push(number);
      else if (votes === this.quota) this.dealtWith.push(number);
    }
  }

  private transferSurplus(): void {
    const most = this.surpluses.map((number) => this.votes.get(number)!).reduce((one, other) => (other > one ? other : one));
    const tied = this.earlier(
      this.surpluses.filter((number) => this.votes.get(number) === most),
      (one, other) => other > one,
    );
    const number = this.ties.favour(tied, this.state());
    this.surpluses = this.surpluses.filter((one) => one !== number);
    this.dealtWith.push(number);
    const total = this.votes.get(number)!;
    const surplus = total - this.quota;
    this.piles.transfer(number, this.continuing, (value) => (surplus * value) / total);
    this.recount(number, this.quota);
    this.closeStage("surplus", number);
  }

  private exclude(): void {
    const tied = lowest(this.votes, this.continuing, this.contest.seats - this.elected.length);
    const number = this.ties.drop(
      this.earlier(tied, (one, other) => other < one),
      this.state(),
    );
    this.continuing = this.continuing.filter((one) => one !== number);
    this.piles.transfer(number, this.continuing, (value) => value);
    this.recount(number, 0n);
    this.closeStage("exclude", number);
  }

  private recount(gone: number, leftWith: bigint): void {
    this.votes.set(gone, leftWith);
    for (const number of this.continuing) this.votes.set(number, this.piles.votes(number));
  }

  /** Those who led (or trailed) at the most recent earlier stage at which the tied differ. */
  private earlier(tied: number[], better: (one: bigint, other: bigint) => boolean): number[] {
    for (const votes of [...this.history].reverse()) {
      if (tied.length === 1) break;
      const mark = tied.map((number) => votes.get(number)!).reduce((one, other) => (better(one, other) ? other : one));
      tied = tied.filter((number) => votes.get(number) === mark);
    }
    return tied;
  }

  private state(): string {
    const open = [...this.continuing, ...this.surpluses];
    const past = this.history.map((votes) => open.map((number) => votes.get(number)!).join(","));
    const changes = past.filter((now, place) => now !== past[place - 1]);
    return [this.elected, this.continuing, this.surpluses, changes.join("|"), this.piles.state()].join(";");
  }
}

function decimals(votes: bigint): string {
  return `${votes / UNIT}.${String(votes % UNIT).padStart(5, "0")}`;
}

function compare(one: bigint, other: bigint): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

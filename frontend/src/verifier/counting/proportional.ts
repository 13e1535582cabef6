/** A balanced shortlist from approvals: sequential PAV, sequential Phragmén, the Method of Equal Shares; exact. */

import type { JsonObject } from "../canonical";
import { Fraction, min, ONE, sum, ZERO } from "../fraction";
import type { Approvals, Contest, Count, Ties } from "./contest";

type Price = (supporters: number[]) => Fraction | null;

class Shortlist {
  readonly weights: number[];
  readonly supporters: number[][];
  private readonly chosen: number[] = [];
  private readonly stages: JsonObject[] = [];

  constructor(
    private readonly contest: Contest<Approvals>,
    private readonly ties: Ties,
    private readonly sign = ONE,
  ) {
    this.weights = contest.ballots.map(([, weight]) => weight);
    this.supporters = contest.names.map(() => []);
    contest.ballots.forEach(([approved], ballot) => approved.forEach((number) => this.supporters[number]!.push(ballot)));
  }

  /** Choose the cheapest alternative left that somebody approves. */
  choose(action: string, price: Price, state: string): [number, Fraction] | null {
    if (this.chosen.length >= this.contest.seats) return null;
    const prices = new Map<number, Fraction>();
    this.supporters.forEach((supporters, number) => {
      const found = supporters.length && !this.chosen.includes(number) ? price(supporters) : null;
      if (found) prices.set(number, found);
    });
    if (!prices.size) return null;
    const least = [...prices.values()].reduce(min);
    const cheapest = [...prices].filter(([, one]) => one.equals(least)).map(([number]) => number);
    const number = this.ties.favour(cheapest, `${this.chosen}/${state}`);
    this.chosen.push(number);
    const { names } = this.contest;
    const votes = [...prices].map(([one, found]) => [names[one]!, String(found.times(this.sign))] as const);
    this.stages.push({ action, candidate: names[number]!, votes: Object.fromEntries(votes) });
    return [number, least];
  }

  weight(supporters: number[]): Fraction {
    return new Fraction(supporters.reduce((total, ballot) => total + this.weights[ballot]!, 0));
  }

  count(): Count {
    return { winners: this.chosen, stages: this.stages };
  }
}

export function countSequentialPav(contest: Contest<Approvals>, ties: Ties): Count {
  const minus = new Fraction(-1);
  const shortlist = new Shortlist(contest, ties, minus);
  const satisfied = contest.ballots.map(() => 0);
  const price: Price = (supporters) =>
    sum(supporters.map((ballot) => new Fraction(shortlist.weights[ballot]!, satisfied[ballot]! + 1))).times(minus);
  for (let found = shortlist.choose("choose", price, "-"); found; found = shortlist.choose("choose", price, "-"))
    for (const ballot of shortlist.supporters[found[0]]!) satisfied[ballot]!++;
  return shortlist.count();
}

export function countPhragmen(contest: Contest<Approvals>, ties: Ties): Count {
  const shortlist = new Shortlist(contest, ties);
  phragmen(
    shortlist,
    contest.ballots.map(() => ZERO),
    "choose",
  );
  return shortlist.count();
}

function phragmen(shortlist: Shortlist, loads: Fraction[], action: string): void {
  const price: Price = (supporters) => {
    const borne = supporters.map((ballot) => loads[ballot]!.times(new Fraction(shortlist.weights[ballot]!)));
    return sum([ONE, ...borne]).over(shortlist.weight(supporters));
  };
  for (;;) {
    const found = shortlist.choose(action, price, `loads ${loads}`);
    if (!found) return;
    for (const ballot of shortlist.supporters[found[0]]!) loads[ballot] = found[1];
  }
}

export function countEqualShares(contest: Contest<Approvals>, ties: Ties, complete: boolean): Count {
  const shortlist = new Shortlist(contest, ties);
  const voters = shortlist.weights.reduce((total, weight) => total + weight, 0);
  const budgets = contest.ballots.map(() => (voters ? new Fraction(contest.seats, voters) : ZERO));
  const price: Price = (supporters) => equalPrice(supporters.map((ballot) => [budgets[ballot]!, shortlist.weights[ballot]!]));
  for (;;) {
    const found = shortlist.choose("buy", price, `budgets ${budgets}`);
    if (!found) break;
    for (const ballot of shortlist.supporters[found[0]]!)
      budgets[ballot] = budgets[ballot]!.minus(min(budgets[ballot]!, found[1]));
  }
  if (complete)
    phragmen(
      shortlist,
      budgets.map((budget) => budget.times(new Fraction(-1))),
      "fill",
    );
  return shortlist.count();
}

/** The least amount at which purses, paying it or all they have, make 1; null if never. */
function equalPrice(purses: [Fraction, number][]): Fraction | null {
  let left = ONE;
  let payers = purses.reduce((total, [, many]) => total + many, 0);
  for (const [held, many] of purses.sort(([one, a], [other, b]) => one.compare(other) || a - b)) {
    if (held.times(new Fraction(payers)).compare(left) >= 0) return left.over(new Fraction(payers));
    left = left.minus(held.times(new Fraction(many)));
    payers -= many;
  }
  return null;
}

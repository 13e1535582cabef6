/** Instant-runoff: the alternative with the fewest votes goes until one has more than half of those still counting. */

import type { JsonObject } from "../canonical";
import { Fraction } from "../fraction";
import { range, type Contest, type Count, type Ranking, type Ties } from "./contest";
import { lowest, Piles } from "./piles";

export function countIrv(contest: Contest<Ranking>, ties: Ties): Count {
  const unit = shareable(contest);
  const piles = new Piles(contest.ballots, contest.names.length, unit);
  let continuing = range(contest.names.length);
  const stages: JsonObject[] = [];
  let dropped: number | null = null;
  for (;;) {
    const votes = new Map(continuing.map((number) => [number, piles.votes(number)]));
    stages.push(stageOf(contest, votes, unit, dropped));
    const sum = [...votes.values()].reduce((one, other) => one + other, 0n);
    const ahead = continuing.reduce((one, other) => (votes.get(other)! > votes.get(one)! ? other : one));
    if (2n * votes.get(ahead)! > sum || continuing.length === 1) return { winners: [ahead], stages };
    const tied = lowest(votes, continuing, 1);
    const gone = tied.length <= hopeless(votes, continuing) ? tied.at(-1)! : ties.drop(tied, continuing.join(","));
    dropped = gone;
    continuing = continuing.filter((number) => number !== gone);
    piles.transfer(gone, continuing, (value) => value);
  }
}

/** A value of a paper that equal preferences can share evenly, again and again as they drop out. */
function shareable(contest: Contest<Ranking>): bigint {
  let unit = 1n;
  for (const [ranking] of contest.ballots) {
    const product = ranking.reduce((sofar, group) => sofar * factorial(group.length), 1n);
    unit = (unit / gcd(unit, product)) * product;
  }
  return unit;
}

/** How many of the lowest must all go, in whatever order: together they have fewer votes than the next. */
function hopeless(votes: ReadonlyMap<number, bigint>, continuing: readonly number[]): number {
  const ordered = continuing.map((number) => votes.get(number)!).sort((one, other) => (one < other ? -1 : one > other ? 1 : 0));
  let [sure, together] = [0, 0n];
  for (let place = 1; place < ordered.length; place++) {
    together += ordered[place - 1]!;
    if (together < ordered[place]!) sure = place;
  }
  return sure;
}

function stageOf(contest: Contest<Ranking>, votes: Map<number, bigint>, unit: bigint, dropped: number | null): JsonObject {
  const shown = [...votes].map(([number, count]) => [contest.names[number]!, String(new Fraction(count, unit))] as const);
  const candidate = dropped === null ? null : contest.names[dropped]!;
  return { action: dropped === null ? "first" : "exclude", candidate, votes: Object.fromEntries(shown) };
}

function factorial(number: number): bigint {
  return number < 2 ? 1n : BigInt(number) * factorial(number - 1);
}

function gcd(one: bigint, other: bigint): bigint {
  while (other) [one, other] = [other, one % other];
  return one;
}

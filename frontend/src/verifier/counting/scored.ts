/** Methods that add up: approval, score, Borda, STAR and majority judgment. */

import type { JsonObject } from "../canonical";
import { Fraction } from "../fraction";
import { best, range, type Approvals, type Contest, type Count, type Ranking, type Scores, type Ties } from "./contest";

const byNumber = (one: number, other: number): number => one - other;

export function countApproval(contest: Contest<Approvals>, ties: Ties): Count {
  const totals = contest.names.map(() => 0);
  for (const [approved, weight] of contest.ballots) for (const number of approved) totals[number]! += weight;
  return highest(contest.names, "approvals", totals, ties);
}

export function countScore(contest: Contest<Scores>, ties: Ties, low: number): Count {
  return highest(contest.names, "scores", sums(contest, low), ties);
}

/** Points in halves, so that they stay whole. */
export function countBorda(contest: Contest<Ranking>, ties: Ties, average: boolean): Count {
  const size = contest.names.length;
  const doubled = contest.names.map(() => 0);
  for (const [ranking, weight] of contest.ballots) {
    let above = 0;
    for (const group of ranking) {
      for (const number of group) doubled[number]! += (2 * (size - above) - 1 - group.length) * weight;
      above += group.length;
    }
    if (average && above < size) {
      const listed = new Set(ranking.flat());
      for (const number of range(size)) if (!listed.has(number)) doubled[number]! += (size - above - 1) * weight;
    }
  }
  return highest(contest.names, "points", doubled, ties, 2);
}

function highest(names: string[], action: string, totals: number[], ties: Ties, parts = 1): Count {
  const winner = ties.favour(best(totals, range(totals.length), byNumber));
  return { winners: [winner], stages: [shown(names, action, totals, parts)] };
}

function shown(names: string[], action: string, totals: number[], parts = 1): JsonObject {
  const votes = names.map((name, number) => [name, String(new Fraction(totals[number]!, parts))] as const);
  return { action, votes: Object.fromEntries(votes) };
}

function sums(contest: Contest<Scores>, blank: number): number[] {
  const totals = contest.names.map(() => 0);
  for (const [given, weight] of contest.ballots)
    given.forEach((score, number) => (totals[number]! += weight * (score ?? blank)));
  return totals;
}

export function countStar(contest: Contest<Scores>, ties: Ties, low: number, high: number): Count {
  const totals = sums(contest, low);
  const finalists = findFinalists(contest, ties, totals, low, high);
  const [one, other] = finalists as [number, number];
  const [forOne, forOther] = [preferring(contest, one, other, low), preferring(contest, other, one, low)];
  const measures = [
    new Map([[one, forOne], [other, forOther]]),
    new Map(finalists.map((number) => [number, totals[number]!])),
    new Map(finalists.map((number) => [number, withTopScore(contest, number, high)])),
  ];
  const winner = ties.favour(narrowed(finalists, measures));
  const votes = { [contest.names[one]!]: String(forOne), [contest.names[other]!]: String(forOther) };
  return { winners: [winner], stages: [shown(contest.names, "scores", totals), { action: "runoff", votes }] };
}

function preferring(contest: Contest<Scores>, one: number, other: number, low: number): number {
  return contest.ballots.reduce((sum, [given, weight]) => sum + ((given[one] ?? low) > (given[other] ?? low) ? weight : 0), 0);
}

function withTopScore(contest: Contest<Scores>, number: number, top: number): number {
  return contest.ballots.reduce((sum, [given, weight]) => sum + (given[number] === top ? weight : 0), 0);
}

function findFinalists(contest: Contest<Scores>, ties: Ties, totals: number[], low: number, high: number): number[] {
  const ahead: number[] = [];
  let left = range(totals.length);
  while (ahead.length < 2) {
    let tied = best(totals, left, byNumber);
    if (ahead.length + tied.length > 2) tied = advance(contest, tied, 2 - ahead.length, ties, low, high);
    ahead.push(...tied);
    left = left.filter((number) => !tied.includes(number));
  }
  return ahead.slice(0, 2);
}

function advance(contest: Contest<Scores>, tied: number[], places: number, ties: Ties, low: number, high: number): number[] {
  const others = (number: number): number =>
    tied.reduce((sum, other) => sum + (other === number ? 0 : preferring(contest, number, other, low)), 0);
  const measures = [
    new Map(tied.map((number) => [number, others(number)])),
    new Map(tied.map((number) => [number, withTopScore(contest, number, high)])),
  ];
  const chosen: number[] = [];
  while (chosen.length < places) {
    const left = narrowed(
      tied.filter((number) => !chosen.includes(number)),
      measures,
    );
    chosen.push(...(left.length <= places - chosen.length ? left : [ties.favour(left)]));
  }
  return chosen;
}

function narrowed(tied: number[], measures: Map<number, number>[]): number[] {
  for (const measure of measures) {
    const top = Math.max(...tied.map((number) => measure.get(number)!));
    tied = tied.filter((number) => measure.get(number) === top);
  }
  return tied;
}

type Grades = Map<number, number>;

export function countMajorityJudgment(contest: Contest<Scores>, ties: Ties, blank: number | null): Count {
  const grades: Grades[] = contest.names.map(() => new Map());
  for (const [given, weight] of contest.ballots)
    given.forEach((grade, number) => {
      const counted = grade ?? blank;
      if (counted !== null) grades[number]!.set(counted, (grades[number]!.get(counted) ?? 0) + weight);
    });
  const graded = range(grades.length).filter((number) => grades[number]!.size);
  const top = best(grades, graded, compareMajority);
  const sorted = (one: Grades): JsonObject =>
    Object.fromEntries([...one].sort(([a], [b]) => a - b).map(([grade, times]) => [String(grade), times]));
  const stage = {
    action: "grades",
    grades: Object.fromEntries(contest.names.map((name, number) => [name, sorted(grades[number]!)])),
    medians: Object.fromEntries(
      graded.map((number) => [contest.names[number]!, String(majorityValue(grades[number]!).next().value![0])]),
    ),
  };
  return { winners: [ties.favour(top)], stages: [stage] };
}

/** The lower median grade, then the median left when it is taken away, and so on, as runs of grade and times. */
function* majorityValue(counts: Grades): Generator<[number, number], undefined> {
  const left = new Map(counts);
  for (;;) {
    const total = [...left.values()].reduce((sum, times) => sum + times, 0);
    if (!total) return undefined;
    let below = 0;
    let median = 0;
    for (const grade of [...left.keys()].sort(byNumber)) {
      median = grade;
      if (below + left.get(grade)! >= Math.floor((total + 1) / 2)) break;
      below += left.get(grade)!;
    }
    const times = 1 + Math.min(total - 2 * below - 1, 2 * (below + left.get(median)!) - total);
    left.set(median, left.get(median)! - times);
    yield [median, times];
  }
}

function compareMajority(one: Grades, other: Grades): number {
  const [first, second] = [majorityValue(one), majorityValue(other)];
  let [a, b] = [first.next().value, second.next().value];
  while (a && b && a[0] === b[0]) {
    const step = Math.min(a[1], b[1]);
    a = a[1] > step ? [a[0], a[1] - step] : first.next().value;
    b = b[1] > step ? [b[0], b[1] - step] : second.next().value;
  }
  return a && b ? Math.sign(a[0] - b[0]) : 0;
}

/** Methods on pairwise preferences: Schulze 2011 and Ranked Pairs (Tideman 1987). */

import type { JsonObject } from "../canonical";
import { range, type Contest, type Count, type Ranking, type Ties } from "./contest";

type Matrix = number[][];
type Victory = [number, number];

function preferences(contest: Contest<Ranking>): Matrix {
  const size = contest.names.length;
  const matrix = range(size).map(() => range(size).map(() => 0));
  for (const [ranking, weight] of contest.ballots) {
    const below = new Set(range(size));
    for (const group of ranking) {
      for (const number of group) below.delete(number);
      for (const number of group) for (const other of below) matrix[number]![other]! += weight;
    }
  }
  return matrix;
}

export function countSchulze(contest: Contest<Ranking>, ties: Ties): Count {
  const prefers = preferences(contest);
  const numbers = range(prefers.length);
  const paths = numbers.map((a) => numbers.map((b) => (prefers[a]![b]! > prefers[b]![a]! ? prefers[a]![b]! : 0)));
  for (const through of numbers)
    for (const start of numbers) {
      const reach = paths[start]![through]!;
      if (!reach || start === through) continue;
      paths[start] = paths[start]!.map((now, end) => Math.max(now, Math.min(reach, paths[through]![end]!)));
    }
  const unbeaten = numbers.filter((a) => numbers.every((b) => b === a || paths[a]![b]! >= paths[b]![a]!));
  const stages = [matrixStage(contest, "preferred", prefers), matrixStage(contest, "strongest_paths", paths)];
  return { winners: [ties.favour(unbeaten)], stages };
}

function matrixStage(contest: Contest<Ranking>, action: string, matrix: Matrix): JsonObject {
  const row = (a: number): JsonObject =>
    Object.fromEntries(contest.names.flatMap((other, b) => (b === a ? [] : [[other, matrix[a]![b]!]])));
  return { action, votes: Object.fromEntries(contest.names.map((name, a) => [name, row(a)])) };
}

/** Who stands above whom through any chain of locked contests. */
class Locked {
  constructor(
    readonly below: Set<number>[],
    readonly above: Set<number>[],
  ) {}

  allows([winner, loser]: Victory): boolean {
    return !this.below[loser]!.has(winner);
  }

  lock([winner, loser]: Victory): void {
    const over = [...this.above[winner]!, winner];
    const under = [...this.below[loser]!, loser];
    for (const upper of over) under.forEach((lower) => this.below[upper]!.add(lower));
    for (const lower of under) over.forEach((upper) => this.above[lower]!.add(upper));
  }

  copy(): Locked {
    return new Locked(
      this.below.map((set) => new Set(set)),
      this.above.map((set) => new Set(set)),
    );
  }

  state(): string {
    return this.below.map((set) => [...set].sort((one, other) => one - other).join(",")).join(";");
  }
}

export function countRankedPairs(contest: Contest<Ranking>, ties: Ties): Count {
  const prefers = preferences(contest);
  const numbers = range(prefers.length);
  const stages: JsonObject[] = [];
  let locked = new Locked(
    numbers.map(() => new Set()),
    numbers.map(() => new Set()),
  );
  const stage = (action: string, [winner, loser]: Victory): void => {
    const votes = [prefers[winner]![loser]!, prefers[loser]![winner]!];
    stages.push({ action, winner: contest.names[winner]!, loser: contest.names[loser]!, votes });
  };
  victories(prefers).forEach((group, level) => (locked = lockGroup(ties, locked, group, level, stage)));
  const unbeaten = numbers.filter((number) => !locked.above[number]!.size);
  return { winners: [ties.favour(unbeaten)], stages };
}

/** The won contests in groups of equal strength, strongest first: more winning votes, then fewer against. */
function victories(prefers: Matrix): Victory[][] {
  const groups = new Map<string, Victory[]>();
  const numbers = range(prefers.length);
  for (const a of numbers)
    for (const b of numbers) {
      if (prefers[a]![b]! <= prefers[b]![a]!) continue;
      const strength = `${prefers[a]![b]!}:${prefers[b]![a]!}`;
      groups.set(strength, [...(groups.get(strength) ?? []), [a, b]]);
    }
  const order = [...groups].map(([strength, group]) => [strength.split(":").map(Number), group] as const);
  order.sort(([[a, x]], [[b, y]]) => b! - a! || x! - y!);
  return order.map(([, group]) => group);
}

function lockGroup(
  ties: Ties,
  locked: Locked,
  group: Victory[],
  level: number,
  stage: (action: string, victory: Victory) => void,
): Locked {
  let waiting = [...group];
  for (;;) {
    for (const victory of waiting) if (!locked.allows(victory)) stage("skip", victory);
    waiting = waiting.filter((victory) => locked.allows(victory));
    const together = fits(locked, waiting);
    if (together) {
      for (const victory of waiting) stage("lock", victory);
      return together;
    }
    const chosen = firstOfEquals(ties, locked, waiting, level);
    waiting = waiting.filter((victory) => victory !== chosen);
    locked.lock(chosen);
    stage("lock", chosen);
  }
}

function fits(locked: Locked, group: Victory[]): Locked | null {
  const tried = locked.copy();
  for (const victory of group) {
    if (!tried.allows(victory)) return null;
    tried.lock(victory);
  }
  return tried;
}

function firstOfEquals(ties: Ties, locked: Locked, waiting: Victory[], level: number): Victory {
  const state = JSON.stringify([level, locked.state(), waiting]);
  const unique = (numbers: number[]): number[] => [...new Set(numbers)].sort((one, other) => one - other);
  const winner = ties.favour(unique(waiting.map(([by]) => by)), state);
  const losers = unique(waiting.filter(([by]) => by === winner).map(([, loser]) => loser));
  const loser = ties.drop(losers, `${state}${winner}`);
  return waiting.find(([by, lost]) => by === winner && lost === loser)!;
}

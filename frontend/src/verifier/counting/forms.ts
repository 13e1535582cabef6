/** The three forms of a ballot among alternatives: a ranking `A>B=C`, approvals `A|C`, scores `A:5|B:0`. */

import type { Approvals, Ranking, Scores } from "./contest";
import { ABSTAIN, UNABLE, unknownChoice } from "./words";

export abstract class Form<Ballot> {
  private readonly numbers: Map<string, number>;

  constructor(readonly alternatives: string[]) {
    this.numbers = new Map([
      ...alternatives.map((name, number) => [name.trim(), number] as const),
      ...alternatives.map((name, number) => [name, number] as const),
    ]);
  }

  /** The one spelling of a ballot; refuses what cannot be read. */
  abstract canonical(choice: string): string;
  abstract read(canonical: string): Ballot;
  /** What a ballot puts first: the top of a ranking, all that is approved, the highest scores. */
  abstract first(canonical: string): string[];

  protected number(name: string, choice: string): number {
    return this.numbers.get(name) ?? this.numbers.get(name.trim()) ?? unknownChoice(choice);
  }

  protected once(numbers: number[], choice: string): number[] {
    if (new Set(numbers).size !== numbers.length) unknownChoice(choice);
    return numbers;
  }

  protected sorted(names: string[], choice: string): number[] {
    return names.map((name) => this.number(name, choice)).sort((one, other) => one - other);
  }
}

export class RankingForm extends Form<Ranking> {
  canonical(choice: string): string {
    const groups = choice.split(">").map((group) => this.sorted(group.split("="), choice));
    this.once(groups.flat(), choice);
    return groups.map((group) => group.map((number) => this.alternatives[number]).join("=")).join(">");
  }

  read(canonical: string): Ranking {
    return canonical.split(">").map((group) => group.split("=").map((name) => this.number(name, canonical)));
  }

  first(canonical: string): string[] {
    return canonical.split(">")[0]!.split("=");
  }
}

export class ApprovalForm extends Form<Approvals> {
  canonical(choice: string): string {
    const listed = this.once(this.sorted(choice.split("|"), choice), choice);
    return listed.map((number) => this.alternatives[number]).join("|");
  }

  read(canonical: string): Approvals {
    return canonical.split("|").map((name) => this.number(name, canonical));
  }

  first(canonical: string): string[] {
    return canonical.split("|");
  }
}

export class ScoreForm extends Form<Scores> {
  constructor(
    alternatives: string[],
    readonly low: number,
    readonly high: number,
  ) {
    super(alternatives);
  }

  canonical(choice: string): string {
    const pairs = choice.split("|").map((part) => this.pair(part, choice));
    this.once(
      pairs.map(([number]) => number),
      choice,
    );
    pairs.sort(([one], [other]) => one - other);
    return pairs.map(([number, score]) => `${this.alternatives[number]}:${score}`).join("|");
  }

  read(canonical: string): Scores {
    const scores = new Map(canonical.split("|").map((part) => this.pair(part, canonical)));
    return this.alternatives.map((_, number) => (scores.has(number) ? Number(scores.get(number)) : null));
  }

  first(canonical: string): string[] {
    const scores = this.read(canonical);
    const top = Math.max(...scores.map((score) => score ?? -Infinity));
    return this.alternatives.filter((_, number) => scores[number] === top);
  }

  private pair(part: string, choice: string): [number, string] {
    const cut = part.lastIndexOf(":");
    const score = part.slice(cut + 1).trim();
    const right = /^-?(?:0|[1-9][0-9]{0,3})$/.test(score) && score !== "-0";
    if (cut < 0 || [UNABLE, ABSTAIN].includes(score) || !right || Number(score) < this.low || Number(score) > this.high)
      unknownChoice(choice);
    return [this.number(part.slice(0, cut), choice), score];
  }
}

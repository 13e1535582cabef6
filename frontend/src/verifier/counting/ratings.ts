/** Ratings on a scale: by shares, by the RAND/UCLA method, by the median. Sources: docs/rules.md. */

import type { Json, JsonObject } from "../canonical";
import { Fraction, max, min } from "../fraction";
import { ABSTAIN, share, total, UNABLE, unknownChoice, type Counts, type Judgement, type Method, type Votes } from "./words";

/** Pairs of rating and how many gave it, lowest first. */
type Ratings = [number, number][];
type Range = [number, number];
type Quantile = (ratings: Ratings, p: Fraction) => Fraction;

abstract class Rating implements Method {
  readonly kind = "rating";
  protected readonly low: number;
  protected readonly high: number;
  protected readonly unableCounts: boolean;

  constructor(document: JsonObject) {
    [this.low, this.high] = (document["scale"] ?? [1, 9]) as Range;
    this.unableCounts = document["unable"] === "in_denominator";
  }

  canonical(choice: string): string {
    if (choice === "" || choice === ABSTAIN) return ABSTAIN;
    const rated = /^-?(?:0|[1-9][0-9]{0,3})$/.test(choice) && choice !== "-0";
    if (choice === UNABLE || (rated && this.low <= Number(choice) && Number(choice) <= this.high)) return choice;
    return unknownChoice(choice);
  }

  abstract judge(votes: Votes, seats: number): Judgement;

  protected counts(votes: Votes, seats: number): Counts {
    const counts: Counts = {};
    for (let rating = this.low; rating <= this.high; rating++) counts[String(rating)] = votes.get(String(rating)) ?? 0;
    const [unable, abstain, present] = [votes.get(UNABLE) ?? 0, votes.get(ABSTAIN) ?? 0, total(votes)];
    const cast = present - abstain;
    return { ...counts, unable, abstain, counted: cast - unable, present, cast, entitled: seats };
  }

  protected whole(counts: Counts): number {
    return counts["counted"]! + (this.unableCounts ? counts[UNABLE]! : 0);
  }
}

interface Condition {
  low: number;
  high: number;
  comparison: "at_least" | "above" | "at_most" | "below";
  limit: Fraction;
}

class RatingShare extends Rating {
  private readonly inside: Condition[];
  private readonly outside: Condition[];

  constructor(document: JsonObject) {
    super(document);
    this.inside = conditions(document["in"]);
    this.outside = conditions(document["out"]);
  }

  judge(votes: Votes, seats: number): Judgement {
    const counts = this.counts(votes, seats);
    const ratings = ratingsIn(votes);
    const whole = this.whole(counts);
    const shares: Judgement["shares"] = {};
    for (const one of [...this.inside, ...this.outside])
      shares[`${one.low}-${one.high}`] = share(howMany(ratings, one.low, one.high), whole);
    const holds = (one: Condition): boolean => conditionHolds(one, howMany(ratings, one.low, one.high), whole);
    const against = this.outside.length > 0 && this.outside.every(holds);
    const side = this.inside.every(holds) ? "for" : against ? "against" : "open";
    return { counts, shares, side, support: [0, 0], statistics: { median: medianText(ratings) } };
  }
}

export class RatingMedian extends Rating {
  private readonly atLeast: Fraction;

  constructor(document: JsonObject) {
    super(document);
    this.atLeast = Fraction.of(document["at_least"] as string | number);
  }

  judge(votes: Votes, seats: number): Judgement {
    const middle = median(ratingsIn(votes));
    const side = !middle ? "open" : middle.compare(this.atLeast) >= 0 ? "for" : "against";
    const statistics = { median: middle ? middle.short() : null };
    return { counts: this.counts(votes, seats), shares: {}, side, support: [0, 0], statistics };
  }
}

class Ram extends Rating {
  private readonly disagreement: string;
  private readonly quantile: Quantile;

  constructor(document: JsonObject) {
    super(document);
    this.disagreement = (document["disagreement"] ?? "ipras") as string;
    this.quantile = PERCENTILES[(document["percentile"] ?? "type7") as string]!;
  }

  judge(votes: Votes, seats: number): Judgement {
    const counts = this.counts(votes, seats);
    const ratings = ratingsIn(votes);
    const shares: Judgement["shares"] = {};
    for (const [low, high] of this.thirds()) shares[`${low}-${high}`] = share(howMany(ratings, low, high), this.whole(counts));
    const middle = median(ratings);
    if (!middle) {
      const statistics = { median: null, ipr: null, ipras: null, disagreement: null, class: null };
      return { counts, shares, side: "open", support: [0, 0], statistics };
    }
    const statistics = this.statistics(ratings, middle);
    const side = SIDES[statistics["class"] as string]!;
    return { counts, shares, side, support: [0, 0], statistics };
  }

  private thirds(): Range[] {
    const step = (this.high - this.low + 1) / 3;
    return [
      [this.low, this.low + step - 1],
      [this.low + step, this.high - step],
      [this.high - step + 1, this.high],
    ];
  }

  private statistics(ratings: Ratings, middle: Fraction): JsonObject {
    const [low, high] = [this.quantile(ratings, new Fraction(3, 10)), this.quantile(ratings, new Fraction(7, 10))];
    const ipr = high.minus(low);
    const off = new Fraction(this.low + this.high, 2).minus(low.plus(high).over(new Fraction(2)));
    const asymmetry = max(off, off.times(new Fraction(-1)));
    const ipras = new Fraction(47, 20).plus(new Fraction(3, 2).times(asymmetry));
    const disagreement = this.disagrees(ratings, ipr.compare(ipras) > 0);
    const statistics: JsonObject = {
      median: middle.short(),
      ipr: ipr.short(),
      ipras: ipras.short(),
      disagreement,
      class: disagreement ? "uncertain" : this.place(middle),
    };
    const n = size(ratings);
    if (this.disagreement === "table" && (n < 8 || n > 16)) statistics["note"] = "outside published table";
    return statistics;
  }

  private disagrees(ratings: Ratings, byRange: boolean): boolean {
    if (this.disagreement === "ipras") return byRange;
    const [lowest, , highest] = this.thirds();
    const n = size(ratings);
    const least = Math.min(howMany(ratings, ...lowest!), howMany(ratings, ...highest!));
    return this.disagreement === "table" && n >= 8 ? least >= Math.floor((n + 1) / 3) : 3 * least >= n;
  }

  private place(middle: Fraction): string {
    const [[, lowEnd], , [highStart]] = this.thirds() as [Range, Range, Range];
    if (middle.compare(new Fraction(2 * highStart - 1, 2)) >= 0) return "appropriate";
    return middle.compare(new Fraction(lowEnd)) <= 0 ? "inappropriate" : "uncertain";
  }
}

const SIDES: Record<string, "for" | "against" | "open"> = { appropriate: "for", inappropriate: "against", uncertain: "open" };

export function readRating(document: JsonObject): Method {
  const criterion = document["criterion"] ?? "share";
  if (criterion === "ram") return new Ram(document);
  return criterion === "median" ? new RatingMedian(document) : new RatingShare(document);
}

function conditions(value: Json | undefined): Condition[] {
  return ((value ?? []) as JsonObject[]).map((one) => {
    const comparison = (["at_least", "above", "at_most", "below"] as const).find((name) => name in one)!;
    const [low, high] = one["range"] as Range;
    return { low, high, comparison, limit: Fraction.of(one[comparison] as string) };
  });
}

function conditionHolds(one: Condition, part: number, whole: number): boolean {
  if (!whole) return false;
  const compared = new Fraction(part).compare(one.limit.times(new Fraction(whole)));
  return { at_least: compared >= 0, above: compared > 0, at_most: compared <= 0, below: compared < 0 }[one.comparison];
}

function ratingsIn(votes: Votes): Ratings {
  const rated = [...votes].filter(([choice, count]) => count && choice !== UNABLE && choice !== ABSTAIN);
  return rated.map(([choice, count]): Range => [Number(choice), count]).sort((one, other) => one[0] - other[0]);
}

function howMany(ratings: Ratings, low: number, high: number): number {
  return ratings.reduce((sum, [rating, count]) => sum + (low <= rating && rating <= high ? count : 0), 0);
}

function size(ratings: Ratings): number {
  return ratings.reduce((sum, [, count]) => sum + count, 0);
}

function nth(ratings: Ratings, position: number): Fraction {
  let seen = 0;
  for (const [rating, count] of ratings) {
    seen += count;
    if (position <= seen) return new Fraction(rating);
  }
  return new Fraction(ratings.at(-1)![0]);
}

function median(ratings: Ratings): Fraction | null {
  const n = size(ratings);
  return n ? mean(nth(ratings, Math.floor((n + 1) / 2)), nth(ratings, Math.floor(n / 2) + 1)) : null;
}

function medianText(ratings: Ratings): string | null {
  return median(ratings)?.short() ?? null;
}

function mean(one: Fraction, other: Fraction): Fraction {
  return one.plus(other).over(new Fraction(2));
}

function between(ratings: Ratings, position: Fraction): Fraction {
  const below = Number(position.floor());
  const [lower, upper] = [nth(ratings, below), nth(ratings, below + 1)];
  return lower.plus(position.minus(new Fraction(below)).times(upper.minus(lower)));
}

const PERCENTILES: Record<string, Quantile> = {
  type7: (ratings, p) => between(ratings, new Fraction(1).plus(new Fraction(size(ratings) - 1).times(p))),
  type6: (ratings, p) => {
    const n = size(ratings);
    return between(ratings, min(max(new Fraction(n + 1).times(p), new Fraction(1)), new Fraction(n)));
  },
  sas5: (ratings, p) => {
    const position = new Fraction(size(ratings)).times(p);
    const below = Number(position.floor());
    const next = nth(ratings, below + 1);
    return position.bottom === 1n ? mean(nth(ratings, below), next) : next;
  },
};

/** What every method of decision shares: votes, judgements, and the words of a ballot. */

import { Fraction } from "../fraction";
import type { Json, JsonObject } from "../canonical";
import { refuse } from "../refusal";

/** Canonical choice -> how many ballots have it. */
export type Votes = Map<string, number>;
export type Counts = Record<string, number>;
export type Side = "for" | "against" | "open";

export interface Judgement {
  counts: Counts;
  shares: Record<string, Fraction | null>;
  side: Side;
  /** Supporters, and all who count. */
  support: [number, number];
  statistics: JsonObject;
}

export interface Method {
  kind: string;
  /** The one spelling of a choice; refuses what is no choice. */
  canonical(choice: string): string;
  judge(votes: Votes, seats: number): Judgement;
}

export const ABSTAIN = "abstain";
export const UNABLE = "unable";

export function share(part: number, whole: number): Fraction | null {
  return whole ? new Fraction(part, whole) : null;
}

export function total(votes: Votes): number {
  let sum = 0;
  for (const count of votes.values()) sum += count;
  return sum;
}

export function headCount(votes: Votes, words: readonly string[], seats: number): Counts {
  const present = total(votes);
  const counts: Counts = Object.fromEntries(words.map((word) => [word, votes.get(word) ?? 0]));
  return { ...counts, present, cast: present - (votes.get(ABSTAIN) ?? 0), entitled: seats };
}

/** A choice that is one of a few words; nothing written means abstained. */
export function word(choice: string, known: readonly string[]): string {
  if (!choice) return ABSTAIN;
  return known.includes(choice) ? choice : unknownChoice(choice);
}

export function unknownChoice(choice: string): never {
  return refuse(`'${choice}' is not a choice here.`);
}

export function fractionOf(value: Json | undefined, otherwise: string): Fraction {
  return Fraction.of(typeof value === "string" || typeof value === "number" ? value : otherwise);
}

/** Whether `part` of `whole` reaches a share: at least so much, or more than it. Nobody is never enough. */
export function reaches(part: number, least: Fraction, whole: number, strict = false): boolean {
  const compared = new Fraction(part).compare(least.times(new Fraction(whole)));
  return part > 0 && (strict ? compared > 0 : compared >= 0);
}

export function byCodePoint(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

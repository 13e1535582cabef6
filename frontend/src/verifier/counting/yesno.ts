/** Majority, consensus and consent: ballots of a few words. */

import type { JsonObject } from "../canonical";
import { Fraction } from "../fraction";
import { ABSTAIN, fractionOf, headCount, reaches, share, word, type Judgement, type Method, type Votes } from "./words";

export class Majority implements Method {
  readonly kind = "majority";
  private readonly least: Fraction;
  private readonly strict: boolean;
  private readonly of: "cast" | "present" | "entitled";

  constructor(document: JsonObject) {
    const threshold = (document["threshold"] ?? {}) as JsonObject;
    this.least = fractionOf(threshold["share"], "1/2");
    this.strict = (threshold["strict"] ?? true) as boolean;
    this.of = (threshold["of"] ?? "cast") as "cast";
  }

  canonical(choice: string): string {
    return word(choice, ["for", "against", ABSTAIN]);
  }

  judge(votes: Votes, seats: number): Judgement {
    const counts = headCount(votes, ["for", "against", ABSTAIN], seats);
    const whole = counts[this.of]!;
    const reached = reaches(counts["for"]!, this.least, whole, this.strict);
    const shares = { for: share(counts["for"]!, whole), against: share(counts["against"]!, whole) };
    return { counts, shares, side: reached ? "for" : "against", support: [counts["for"]!, whole], statistics: {} };
  }
}

export class Consensus implements Method {
  readonly kind = "consensus";
  readonly blocks: number;
  private readonly standAsides: Fraction | null;
  private readonly active: Fraction;

  constructor(document: JsonObject) {
    this.blocks = (document["blocks"] ?? 0) as number;
    const limit = document["stand_asides"] ?? null;
    this.standAsides = limit === null ? null : fractionOf(limit, "1");
    this.active = fractionOf(document["active"], "1/2");
  }

  canonical(choice: string): string {
    return word(choice, ["consent", "stand_aside", "block", ABSTAIN]);
  }

  judge(votes: Votes, seats: number): Judgement {
    const counts = headCount(votes, ["consent", "stand_aside", "block", ABSTAIN], seats);
    const [consent, whole] = [counts["consent"]!, counts["cast"]!];
    const side = reaches(consent, this.active, whole) && counts["block"]! <= this.blocks ? "for" : "against";
    const shares = Object.fromEntries(["consent", "stand_aside", "block"].map((one) => [one, share(counts[one]!, whole)]));
    return { counts, shares, side, support: [consent, whole], statistics: {} };
  }

  tooManyStandAsides(standAsides: number, cast: number): boolean {
    return this.standAsides !== null && new Fraction(standAsides).compare(this.standAsides.times(new Fraction(cast))) > 0;
  }
}

export class Consent implements Method {
  readonly kind = "consent";

  canonical(choice: string): string {
    return word(choice, ["consent", "object", "overruled", ABSTAIN]);
  }

  judge(votes: Votes, seats: number): Judgement {
    const counts = headCount(votes, ["consent", "object", "overruled", ABSTAIN], seats);
    const [consent, objects, cast] = [counts["consent"]!, counts["object"]!, counts["cast"]!];
    const shares = { consent: share(consent, cast), object: share(objects, cast) };
    return { counts, shares, side: consent && !objects ? "for" : "against", support: [consent, cast], statistics: {} };
  }
}

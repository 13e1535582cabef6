/** The scoring rule, version 1, as published (docs/scoring-rule.md); `rule1.json` is its document. */

import { sha256Hex, utf8 } from "../bytes";
import { canonical, type JsonObject } from "../canonical";
import { Fraction } from "../fraction";
import document from "./rule1.json";

export interface Preset {
  values: Record<string, Fraction>;
  decision: Fraction;
  offers: Fraction;
}

export interface ScoringRule {
  version: number;
  hash: string;
  elements: Record<string, string[]>;
  joint: Set<string>;
  presets: Preset[];
  capAlone: Fraction;
  capOverObjection: Fraction;
  capConfirmedAfterAlone: Fraction;
  objectionShare: Fraction;
  confirmationMoves: Fraction;
  timing: Record<string, Fraction>;
  origin: Record<string, Fraction>;
  timingWeight: Fraction;
  originWeight: Fraction;
  lowCut: Fraction;
  highCut: Fraction;
  niLabels: string[];
  peLabels: string[];
  notEntitled: Set<string>;
  authority: Set<string>;
  practice: Set<string>;
  negotiatedNeeds: Set<string>[];
  fewestEntitled: number;
}

type Written = typeof document;

function readRule(written: Written): ScoringRule {
  const { caps, kinds, cuts, emergence_weights: weights } = written;
  const presets = Object.values(written.values).flatMap((values) =>
    written.weightings.map(({ decision, offers }) => ({
      values: fractions(values),
      decision: Fraction.of(decision),
      offers: Fraction.of(offers),
    })),
  );
  return {
    version: written.version,
    hash: sha256Hex(utf8(canonical(written as unknown as JsonObject))),
    elements: {
      ...Object.fromEntries(written.elements_with_all_parts.map((kind) => [kind, Object.keys(written.parts)])),
      ...Object.fromEntries(written.elements_with_one_part.map((kind) => [kind, ["definition"]])),
    },
    joint: new Set(written.methods.joint),
    presets,
    capAlone: Fraction.of(caps.alone),
    capOverObjection: Fraction.of(caps.over_objection),
    capConfirmedAfterAlone: Fraction.of(caps.confirmed_after_alone),
    objectionShare: Fraction.of(written.objection_of_more_than),
    confirmationMoves: Fraction.of(written.confirmation_moves),
    timing: fractions(written.timing),
    origin: fractions(written.origin),
    timingWeight: Fraction.of(weights.timing),
    originWeight: Fraction.of(weights.origin),
    lowCut: Fraction.of(cuts.below_is_low),
    highCut: Fraction.of(cuts.from_is_high),
    niLabels: written.labels.NI,
    peLabels: written.labels.PE,
    notEntitled: new Set(kinds.not_entitled),
    authority: new Set(kinds.authority),
    practice: new Set(kinds.practice),
    negotiatedNeeds: kinds.negotiated_needs_one_of_each.map((needed) => new Set(needed)),
    fewestEntitled: written.fewest_entitled_groups,
  };
}

function fractions(values: Record<string, string>): Record<string, Fraction> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Fraction.of(value)]));
}

export const RULES: Record<number, ScoringRule> = { 1: readRule(document) };

/** Verdicts of a dossier, computed again from the acts in its entries by the published rule. */

import type { Json, JsonObject } from "./canonical";
import type { Entry, Told } from "./entries";
import { refuse } from "./refusal";
import { sameNumbers } from "./rounds";
import { historyDocument, readHistory } from "./scoring/history";
import { RULES, type ScoringRule } from "./scoring/rule";
import { score, type Scored } from "./scoring/score";

const DECIDING = ["decision.made", "imposition.made", "imposition.lapsed", "outside.recorded", "inheritance.recorded"];
const NAMING = ["element.changed", "proposal.submitted", "inheritance.recorded"];

/** The history a verdict rests on, as the file `score` reads. */
export function historyOf(told: Told, verdict: Entry): JsonObject {
  const cause = told.at(verdict.because, DECIDING);
  const element = verdict.on["element"]!;
  const [begun] = told.of(["framework.created"], { framework: verdict.on["framework"]! });
  if (!begun) refuse("the entry that began the framework is not in this file");
  const groups = told.of(["group.added"]).filter((entry) => entry.seq <= cause.seq);
  const [named] = told.of(NAMING, { element });
  return historyDocument(
    told.of(DECIDING, { element }).filter((entry) => entry.seq <= cause.seq),
    Object.fromEntries(groups.map(({ data }) => [data["key"], data["kind"]])) as Record<string, string>,
    begun.data["starts_on"] as string,
    cause.data["effective"] as string,
    (named?.data["kind"] ?? "measure") as string,
    ruleOf(verdict),
  );
}

export function rescore(told: Told, verdict: Entry): Scored {
  const rule = ruleOf(verdict);
  return score(readHistory(historyOf(told, verdict), rule), rule);
}

/** Where what was recorded is not what computing gives. The headline and the reasons in words are left aside. */
export function verdictFaults(verdict: Entry, scored: Scored): string[] {
  const { document, label, flags, entries } = verdict.data;
  const { status: _, ...first } = scored.document;
  const computed: Json = [verdict.v > 1 ? scored.document : first, scored.label, scored.flags, scored.entries];
  const same = sameNumbers(computed, [document!, label!, flags!, entries!]);
  return same ? [] : ["computing it again from the acts gives another verdict than the one recorded"];
}

function ruleOf(verdict: Entry): ScoringRule {
  const rule = RULES[verdict.data["rule"] as number];
  if (!rule || rule.hash !== verdict.data["rule_hash"])
    refuse(`scoring rule ${String(verdict.data["rule"])} is not one this program knows`);
  return rule;
}

/** The scoring rule applied to a history: where an element stands on both continua. Exact; rounded only when written. */

import type { Json, JsonObject } from "../canonical";
import { Fraction, max, min, sum, ZERO } from "../fraction";
import { timeText, type Act, type History } from "./history";
import type { Preset, ScoringRule } from "./rule";

interface Facts {
  method: string;
  joint: boolean;
  applicable: boolean;
  share: Fraction;
  concurring: Set<string>;
  offers: Fraction | null;
  cap: Fraction | null;
}

interface Weighed {
  act: Act;
  facts: Facts | null;
  pe: Fraction | null;
}

interface PartState {
  ni: Fraction | null;
  pe: Fraction;
  setBy: number;
  joint: boolean;
}

type Parts = Map<string, PartState>;

interface Position {
  ni: Fraction | null;
  pe: Fraction;
}

export interface Scored {
  label: string[];
  flags: string[];
  entries: number[];
  status: string;
  /** The verdict as the record holds it, without the reasons in words. */
  document: JsonObject;
}

export function score(history: History, rule: ScoringRule): Scored {
  const acts = history.acts.map((act) => ({ act, facts: factsOf(act, rule), pe: act.sets ? peOf(act, rule) : null }));
  const states = run(acts, rule.presets[0]!, rule);
  const parts = states.at(-1)!;
  const standing = [...new Set([...parts.values()].map((state) => state.setBy))].sort((a, b) => a - b).map((n) => acts[n]!);
  const among = amongOrganisations(history, standing, rule);
  const nine = rule.presets.map((preset) => niOfParts(run(acts, preset, rule).at(-1)!));
  const known = nine.filter((ni) => ni !== null);
  const current = position(parts);
  const path = states.map((state, number) => ({ t: history.acts[number]!.t, ...position(state) }));
  const label = [niLabel(current.ni, among, rule), cut(current.pe, rule.peLabels, rule)];
  const flags = flagsOf(standing, current.ni, among, new Set(nine.map((ni) => niLabel(ni, among, rule))), rule);
  const ordered = (rule.elements[history.element] ?? []).flatMap((part) => (parts.has(part) ? [[part, parts.get(part)!] as const] : []));
  const status = standing.every(({ act }) => act.statutory) ? "required_from_outside" : "ours";
  return {
    label,
    flags,
    status,
    entries: history.acts.flatMap((act) => (act.entry === null ? [] : [act.entry])),
    document: {
      origin: written(path[0]!),
      current: written(current),
      time_weighted: written(timeWeighted(path, history)),
      path: path.map(({ t, ni, pe }) => [timeText(t), maybe(ni), pe.decimals(4)]),
      label,
      flags,
      range: { NI: known.length ? [known.reduce(min).decimals(4), known.reduce(max).decimals(4)] : null },
      parts: Object.fromEntries(ordered.map(([part, state]) => [part, written(state)])),
      terms: acts.map((weighed, number) => termsOf(weighed, number, states, rule)),
      status,
    },
  };
}

function factsOf(act: Act, rule: ScoringRule): Facts | null {
  if (act.method === null) return null;
  const method = act.type === "set_outside" ? "decree" : act.method;
  const joint = rule.joint.has(method);
  const { entitled } = act;
  const concurring = joint ? both(act.concurring, entitled) : new Set<string>();
  const offering = act.offers.filter(([group, , offered]) => offered && !act.initiators.has(group));
  const shares = offering.map(([, taken, offered]) => new Fraction(taken, offered));
  const offers = shares.length ? sum(shares).over(new Fraction(shares.length)) : act.window ? null : ZERO;
  const objecting = both(act.objecting, entitled).size;
  const over =
    both(act.objecting, act.bound).size > 0 ||
    new Fraction(objecting).compare(rule.objectionShare.times(new Fraction(entitled.size))) > 0;
  return {
    method,
    joint,
    applicable: entitled.size >= rule.fewestEntitled,
    share: joint && entitled.size ? new Fraction(concurring.size, entitled.size) : new Fraction(1),
    concurring,
    offers,
    cap: joint ? null : over ? rule.capOverObjection : rule.capAlone,
  };
}

function niOf(facts: Facts, preset: Preset): Fraction | null {
  if (!facts.applicable) return null;
  let n = preset.values[facts.method]!.times(facts.share);
  if (facts.offers) {
    const weighed = preset.decision.times(n).plus(preset.offers.times(facts.offers));
    n = weighed.over(preset.decision.plus(preset.offers));
  }
  return facts.cap ? min(n, facts.cap) : n;
}

function timingOf(act: Act, rule: ScoringRule): Fraction {
  return act.origin === "authority" ? ZERO : rule.timing[act.timing!]!;
}

function peOf(act: Act, rule: ScoringRule): Fraction {
  return rule.timingWeight.times(timingOf(act, rule)).plus(rule.originWeight.times(rule.origin[act.origin!]!));
}

function run(acts: readonly Weighed[], preset: Preset, rule: ScoringRule): Parts[] {
  const states: Parts[] = [];
  acts.forEach((weighed, number) => states.push(after(states, weighed, number, preset, rule)));
  return states;
}

function after(states: readonly Parts[], { act, facts, pe }: Weighed, number: number, preset: Preset, rule: ScoringRule): Parts {
  const parts: Parts = states.at(-1) ?? new Map();
  if (act.type === "lapse") return lapsed(parts, act, states);
  if (!facts) return parts;
  if (pe) {
    const state: PartState = { ni: niOf(facts, preset), pe, setBy: number, joint: facts.joint };
    return new Map([...parts, ...act.parts.map((part) => [part, state] as const)]);
  }
  return act.type === "confirm" && act.binding ? confirmed(parts, act, niOf(facts, preset), rule) : parts;
}

function lapsed(parts: Parts, act: Act, states: readonly Parts[]): Parts {
  const found = new Map(parts);
  for (const part of act.parts) {
    const state = parts.get(part);
    if (!state) continue;
    const before = state.setBy ? states[state.setBy - 1]!.get(part) : undefined;
    found.delete(part);
    if (before) found.set(part, before);
  }
  return found.size ? found : parts;
}

/** Parts set by the same act share their state; each state is moved once, and they go on sharing it. */
function confirmed(parts: Parts, act: Act, n: Fraction | null, rule: ScoringRule): Parts {
  const moved = new Map<PartState, PartState>();
  const found = new Map(parts);
  for (const part of act.parts) {
    const state = parts.get(part);
    if (!state) continue;
    if (!moved.has(state)) moved.set(state, { ...state, ni: halfway(state, n, rule) });
    found.set(part, moved.get(state)!);
  }
  return found;
}

function halfway(state: PartState, n: Fraction | null, rule: ScoringRule): Fraction | null {
  if (!state.ni || !n) return state.ni;
  const ni = state.ni.plus(rule.confirmationMoves.times(n.minus(state.ni)));
  return state.joint ? ni : min(ni, rule.capConfirmedAfterAlone);
}

function mean(values: Fraction[]): Fraction {
  return sum(values).over(new Fraction(values.length));
}

function niOfParts(parts: Parts): Fraction | null {
  const ni = [...parts.values()].flatMap((state) => (state.ni ? [state.ni] : []));
  return ni.length === parts.size ? mean(ni) : null;
}

function position(parts: Parts): Position {
  return { ni: niOfParts(parts), pe: mean([...parts.values()].map((state) => state.pe)) };
}

function timeWeighted(path: readonly ({ t: Fraction } & Position)[], history: History): Position {
  const last = history.acts.at(-1)!;
  const end = last.type === "retire" ? last.t : history.until;
  const length = end.minus(path[0]!.t);
  if (length.top === 0n) return path.at(-1)!;
  const stays = path.map((point, number) => (path[number + 1]?.t ?? end).minus(point.t));
  const weighted = (values: (Fraction | null)[]): Fraction | null =>
    values.includes(null) ? null : sum(values.map((value, number) => value!.times(stays[number]!))).over(length);
  return { ni: weighted(path.map(({ ni }) => ni)), pe: weighted(path.map(({ pe }) => pe))! };
}

function amongOrganisations(history: History, standing: readonly Weighed[], rule: ScoringRule): boolean {
  const concurring = new Set(standing.flatMap(({ facts }) => (facts ? [...facts.concurring] : [])));
  return rule.negotiatedNeeds.some((kinds) => {
    const groups = Object.keys(history.groups).filter((group) => kinds.has(history.groups[group]!));
    return groups.length > 0 && !groups.some((group) => concurring.has(group));
  });
}

function niLabel(ni: Fraction | null, among: boolean, rule: ScoringRule): string {
  if (!ni) return "not_applicable";
  const label = cut(ni, rule.niLabels, rule);
  return label === rule.niLabels[2] && among ? rule.niLabels[1]! : label;
}

function cut(value: Fraction, [low, mixed, high]: string[], rule: ScoringRule): string {
  if (value.compare(rule.lowCut) < 0) return low!;
  return value.compare(rule.highCut) >= 0 ? high! : mixed!;
}

function flagsOf(
  standing: readonly Weighed[],
  ni: Fraction | null,
  among: boolean,
  nineLabels: Set<string>,
  rule: ScoringRule,
): string[] {
  const facts = standing.flatMap((weighed) => (weighed.facts ? [weighed.facts] : []));
  const raised: Record<string, boolean> = {
    agreed_among_organisations: ni !== null && ni.compare(rule.highCut) >= 0 && among,
    label_depends_on_weights: nineLabels.size > 1,
    no_change_offered: facts.some((found) => found.offers === null),
    no_mandate: standing.some(({ act }) => act.type === "set_outside"),
    partly_imposed: new Set(facts.map((found) => found.joint)).size > 1,
  };
  return Object.keys(raised).filter((flag) => raised[flag]);
}

function termsOf({ act, facts, pe }: Weighed, number: number, states: readonly Parts[], rule: ScoringRule): JsonObject {
  const base = rule.presets[0]!;
  const ni = facts ? niOf(facts, base) : null;
  const before: Parts = states[number - 1] ?? new Map();
  const moved = [...states[number]!].filter(([part, state]) => before.get(part) !== state).map(([part]) => part);
  const terms: Json[] = [];
  const term = (name: string, value: Fraction | null, weight: Fraction | null): void => {
    terms.push({ term: name, value: maybe(value), weight: weight && String(weight) });
  };
  if (facts && !facts.applicable) term("D", null, null);
  else if (facts) {
    term("D", base.values[facts.method]!.times(facts.share), base.decision);
    term("A", facts.offers, facts.offers && base.offers);
    if (facts.cap) term("cap", facts.cap, null);
  }
  if (pe) {
    term("T", timingOf(act, rule), rule.timingWeight);
    term("O", rule.origin[act.origin!]!, rule.originWeight);
  }
  if (act.type === "retire" || act.type === "lapse") term(act.type, null, null);
  if (act.type === "confirm") term("confirm", act.binding ? ni : null, null);
  if (act.completeness) term("facts", act.completeness, null);
  return {
    act: number,
    t: timeText(act.t),
    type: act.type,
    method: act.method,
    entry: act.entry,
    moved,
    NI: maybe(ni),
    PE: maybe(pe),
    terms,
  };
}

function both(one: Set<string>, other: Set<string>): Set<string> {
  return new Set([...one].filter((name) => other.has(name)));
}

function written({ ni, pe }: Position): JsonObject {
  return { NI: maybe(ni), PE: pe.decimals(4) };
}

function maybe(value: Fraction | null): string | null {
  return value && value.decimals(4);
}

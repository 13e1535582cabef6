/** A decision rule (docs/rules.md, version 1), and what it makes of the ballots on one item. */

import { canonical, type Json, type JsonObject } from "../canonical";
import { sha256Hex, utf8 } from "../bytes";
import { Fraction } from "../fraction";
import { refuse } from "../refusal";
import { RatingMedian, readRating } from "./ratings";
import { readSelection, Selection } from "./selection";
import { byCodePoint, fractionOf, reaches, type Judgement, type Method, type Side, type Votes } from "./words";
import { Consensus, Consent, Majority } from "./yesno";

export interface Row {
  item: string;
  group: string;
  seat: string;
  choice: string;
  /** How many ballots alike it stands for. */
  weight: number;
}

interface Composition {
  kind: "all" | "at_least" | "pooled" | "weighted";
  n: number;
  pooled: Fraction;
  each: Fraction;
}

export interface Rule {
  document: JsonObject;
  hash: string;
  method: Method;
  deciding: string[];
  composition: Composition;
  quorum: Fraction | null;
  absent: string;
  overrides: Map<string, { quorum: Fraction | null; method: Method | null }>;
}

interface Standing {
  judgement: Judgement;
  side: Side;
  quorate: boolean;
  countsIn: boolean;
}

export interface Counted {
  outcome: string;
  concurring: string[];
  json: JsonObject;
}

export interface Result {
  ballotsSha256: string;
  items: Map<string, Counted>;
}

export function readRule(document: JsonObject): Rule {
  if (document["version"] !== 1) refuse("Only version 1 of decision rules is known.");
  const methodDocument = document["method"] as JsonObject;
  const method = readMethod(methodDocument);
  const groups = (document["groups"] ?? { deciding: [] }) as JsonObject;
  const composition = (groups["composition"] ?? { kind: "pooled" }) as JsonObject;
  const overrides = Object.entries((groups["overrides"] ?? {}) as Record<string, JsonObject>).map(
    ([group, { quorum, ...changed }]) =>
      [
        group,
        {
          quorum: readQuorum(quorum),
          method: Object.keys(changed).length ? readMethod({ ...methodDocument, ...changed }) : null,
        },
      ] as const,
  );
  return {
    document,
    hash: sha256Hex(utf8(canonical(document))),
    method,
    deciding: groups["deciding"] as string[],
    composition: {
      kind: composition["kind"] as Composition["kind"],
      n: (composition["n"] ?? 0) as number,
      pooled: fractionOf(composition["pooled"], "0"),
      each: fractionOf(composition["each"], "0"),
    },
    quorum: readQuorum(document["quorum"]),
    absent: (groups["absent"] ?? "not_concurring") as string,
    overrides: new Map(overrides),
  };
}

function readQuorum(value: Json | undefined): Fraction | null {
  return value === undefined ? null : fractionOf((value as JsonObject)["share"], "0");
}

function readMethod(document: JsonObject): Method {
  switch (document["kind"]) {
    case "majority":
      return new Majority(document);
    case "consensus":
      return new Consensus(document);
    case "consent":
      return new Consent();
    case "rating":
      return readRating(document);
    default:
      return readSelection(document);
  }
}

/** How many seats of each group left the vote, by item. */
export type Out = Record<string, Record<string, number>>;

/** Counts ballots, one row per item and seat; `entitled` gives seats by group, `out` those that left the vote on an item. */
export function tally(
  rule: Rule,
  rows: readonly Row[],
  entitled: Record<string, number>,
  items: readonly string[],
  out: Out = {},
): Result {
  const votes = new Map<string, Map<string, Votes>>();
  for (const row of rows) {
    const groups = entry(votes, row.item, () => new Map<string, Votes>());
    const here = entry(groups, row.group, () => new Map<string, number>());
    const choice = rule.method.canonical(row.choice);
    here.set(choice, (here.get(choice) ?? 0) + row.weight);
  }
  const seats = Object.keys(entitled).length ? entitled : seatsIn(rows);
  checkEntitled(votes, seats);
  const voted = [...new Set([...votes.keys(), ...items])].sort(byCodePoint);
  const counted = voted.map((item) => {
    const [staying, here] = withoutThose(rule, seats, out[item] ?? {});
    return [item, countItem(staying, item, votes.get(item) ?? new Map(), here)] as const;
  });
  return { ballotsSha256: fingerprint(rows), items: new Map(counted) };
}

/** The rule and the seats without those that left the vote: a group all of whose seats did does not decide. */
function withoutThose(rule: Rule, seats: Record<string, number>, left: Record<string, number>): [Rule, Record<string, number>] {
  if (!Object.keys(left).length) return [rule, seats];
  const staying = Object.entries(seats).map(([group, held]) => [group, held - (left[group] ?? 0)] as const);
  const here = Object.fromEntries(staying.filter(([, held]) => held > 0));
  return [{ ...rule, deciding: rule.deciding.filter((group) => (here[group] ?? 0) > 0 || !left[group]) }, here];
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let found = map.get(key);
  if (found === undefined) map.set(key, (found = make()));
  return found;
}

function seatsIn(rows: readonly Row[]): Record<string, number> {
  const heaviest = new Map<string, Map<string, number>>();
  for (const { group, seat, weight } of rows) {
    const seats = entry(heaviest, group, () => new Map<string, number>());
    seats.set(seat, Math.max(weight, seats.get(seat) ?? 0));
  }
  return Object.fromEntries([...heaviest].map(([group, seats]) => [group, [...seats.values()].reduce((sum, one) => sum + one, 0)]));
}

function checkEntitled(votes: Map<string, Map<string, Votes>>, seats: Record<string, number>): void {
  for (const [item, groups] of votes)
    for (const [group, here] of groups) {
      if (seats[group] === undefined) refuse(`'${group}' voted on '${item}' but is not among the groups entitled to vote`);
      const cast = [...here.values()].reduce((sum, count) => sum + count, 0);
      if (cast > seats[group]!) refuse(`'${group}' has ${cast} ballots on '${item}' but only ${seats[group]} seats are entitled`);
    }
}

function fingerprint(rows: readonly Row[]): string {
  const quoted = (value: string): string => (/[,"\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  const lines = rows.map((row) => `${[row.item, row.group, row.seat, row.choice].map(quoted).join(",")},${row.weight}\n`);
  return sha256Hex(utf8(lines.sort(byCodePoint).join("")));
}

function countItem(rule: Rule, item: string, votes: Map<string, Votes>, seats: Record<string, number>): Counted {
  const everybody: Votes = new Map();
  for (const here of votes.values()) for (const [choice, count] of here) everybody.set(choice, (everybody.get(choice) ?? 0) + count);
  const all = Object.values(seats).reduce((sum, count) => sum + count, 0);
  const together = countedFor(rule.method, rule.method.judge(everybody, all), everybody);
  const judge = (group: string): Judgement => {
    const method = rule.overrides.get(group)?.method ?? rule.method;
    if (method === rule.method && votes.size === 1 && votes.has(group) && seats[group] === all) return together;
    const here: Votes = votes.get(group) ?? new Map();
    return countedFor(method, method.judge(here, seats[group] ?? 0), here, together);
  };
  const groups = new Map(rule.deciding.map((group) => [group, standing(rule, group, judge(group), together)]));
  const outcome = new Assembly(rule, groups, together, all).outcome();
  const concurring = [...groups].filter(([, one]) => one.side === "for").map(([group]) => group);
  const json: JsonObject = { item, outcome, groups: {}, together: numbers(together), ...together.statistics };
  for (const [group, one] of groups) {
    const { stages: _, ...statistics } = one.judgement.statistics;
    const concurs = one.side === "for";
    (json["groups"] as JsonObject)[group] = { ...numbers(one.judgement), concurs, quorate: one.quorate, ...statistics };
  }
  const others = [...votes.keys()].filter((group) => !groups.has(group)).sort(byCodePoint);
  if (others.length) json["others"] = Object.fromEntries(others.map((group) => [group, numbers(judge(group))]));
  return { outcome, concurring, json };
}

/** In a selection, how many of these ballots put first what all ballots together choose. */
function countedFor(method: Method, judgement: Judgement, votes: Votes, together = judgement): Judgement {
  if (!(method instanceof Selection)) return judgement;
  const chosen = method.withFirst(votes, (together.statistics["winners"] ?? []) as string[]);
  return { ...judgement, counts: { ...judgement.counts, chosen } };
}

function numbers(judgement: Judgement): JsonObject {
  const shares = Object.entries(judgement.shares).map(([name, value]) => [name, value && String(value)] as const);
  return { counts: judgement.counts, shares: Object.fromEntries(shares) };
}

function standing(rule: Rule, group: string, judgement: Judgement, together: Judgement): Standing {
  const quorum = quorumFor(rule, group);
  const present = judgement.counts["present"]!;
  const quorate = quorum === null || reaches(present, quorum, judgement.counts["entitled"]!);
  const countsIn = present > 0 || rule.absent !== "excluded";
  return { judgement, side: sideOf(rule, judgement, quorate, together), quorate, countsIn };
}

function quorumFor(rule: Rule, group: string): Fraction | null {
  return rule.overrides.get(group)?.quorum ?? (rule.composition.kind === "pooled" ? null : rule.quorum);
}

function sideOf(rule: Rule, judgement: Judgement, quorate: boolean, together: Judgement): Side {
  if (!quorate || !judgement.counts["present"]) return "open";
  if (rule.method instanceof Selection) {
    const alike = sameNames(judgement.statistics["winners"], together.statistics["winners"]);
    return judgement.side === "for" && alike ? "for" : "against";
  }
  if (rule.composition.kind === "weighted") return supported(judgement, rule.composition.each) ? "for" : "against";
  return judgement.side;
}

function sameNames(one: Json | undefined, other: Json | undefined): boolean {
  const [names, others] = [new Set(one as string[]), new Set(other as string[])];
  return names.size === others.size && [...names].every((name) => others.has(name));
}

function supported(judgement: Judgement, least: Fraction): boolean {
  return reaches(judgement.support[0], least, judgement.support[1]);
}

/** Everybody on one item: the deciding groups by name, and all persons as one body. */
class Assembly {
  constructor(
    private readonly rule: Rule,
    private readonly groups: Map<string, Standing>,
    private readonly together: Judgement,
    private readonly seats: number,
  ) {}

  outcome(): string {
    const { method } = this.rule;
    if (!this.quorate()) return "inquorate";
    if (method instanceof Consensus) return this.consensus(method);
    if (method.kind === "rating" && !(method instanceof RatingMedian)) return this.threeWay();
    if (method instanceof Selection && this.together.side === "open") return "undecided";
    if (this.holds("for")) return "agreed";
    return method instanceof Consent && this.total("object") ? "blocked" : "not_agreed";
  }

  private threeWay(): string {
    if (this.holds("against")) return "not_agreed";
    return this.holds("for") ? "agreed" : "undecided";
  }

  private consensus(method: Consensus): string {
    if (this.total("block") > method.blocks) return "blocked";
    const standAsides = this.total("stand_aside");
    if (method.tooManyStandAsides(standAsides, this.total("cast")) || !this.holds("for")) return "not_agreed";
    return standAsides ? "agreed_with_reservations" : "agreed";
  }

  private get pooled(): boolean {
    return this.rule.composition.kind === "pooled";
  }

  private counted(): Standing[] {
    return [...this.groups.values()].filter((one) => one.countsIn);
  }

  private quorate(): boolean {
    if (this.pooled) return this.rule.quorum === null || reaches(this.together.counts["present"]!, this.rule.quorum, this.seats);
    const counted = this.counted();
    const enough = counted.filter((one) => one.quorate).length;
    return enough > 0 && enough >= (this.rule.composition.n || counted.length);
  }

  private holds(side: Side): boolean {
    const { composition } = this.rule;
    if (this.pooled) return this.together.side === side;
    const counted = this.counted();
    const onSide = counted.filter((one) => one.side === side).length;
    if (composition.kind === "at_least") return onSide >= composition.n;
    const enough = composition.kind === "all" || supported(this.together, composition.pooled);
    return enough && onSide > 0 && onSide === counted.length;
  }

  private total(word: string): number {
    if (this.pooled) return this.together.counts[word] ?? 0;
    return [...this.groups.values()].reduce((sum, one) => sum + (one.judgement.counts[word] ?? 0), 0);
  }
}

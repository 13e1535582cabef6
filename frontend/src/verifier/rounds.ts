/** The votes of a dossier, counted again from its entries: nothing that the host computed is used. */

import { fromHex, joined, sha256Hex, utf8 } from "./bytes";
import { canonical, type Json, type JsonObject } from "./canonical";
import { readRule, tally, type Counted, type Out, type Result, type Row, type Rule } from "./counting/rule";
import { byCodePoint } from "./counting/words";
import { Consensus } from "./counting/yesno";
import type { Entry, Told } from "./entries";
import { refuse } from "./refusal";
import { leftOf } from "./secret";

export interface Opening {
  choice: string;
  salt: Uint8Array;
}

export interface Round {
  id: string;
  opened: Entry;
  told: Entry;
  rule: Rule;
  title: string;
  ruleTitle: string;
  cast: number;
  seats: number;
  secret: boolean;
  rows: Row[];
  entitled: Record<string, number>;
}

interface Option {
  item: string;
  proposal?: string;
  version?: string;
  name?: string;
  alternatives?: Option[];
}

/** Gathers a counted round, or says what does not fit. */
export function readRound(told: Told, result: Entry, openings: ReadonlyMap<number, Opening>): Round {
  const closed = told.at(result.because, ["round.closed"]);
  const opened = told.at(closed.because, ["round.opened"]);
  const id = result.on["round"]!;
  if (closed.on["round"] !== id || opened.on["round"] !== id) refuse("its opening, closing and count are about different rounds");
  const registered = told
    .of(["rule.registered"])
    .find((entry) => entry.data["rule_hash"] === opened.data["rule_hash"] && entry.seq < opened.seq);
  if (!registered) refuse("the rule it opened under was not registered before");
  const rule = readRule(registered.data["document"] as JsonObject);
  if (rule.hash !== opened.data["rule_hash"])
    refuse("the rule it was counted under is not the one that was registered before it opened");
  const ballots = told.of(["ballot.cast"], { round: id });
  if (ballots.length !== closed.data["ballots"])
    refuse(`${String(closed.data["ballots"])} ballots were cast, but ${ballots.length} are in this file`);
  if (ballots.some((ballot) => ballot.seq <= opened.seq || ballot.seq >= closed.seq))
    refuse("a ballot was cast before it opened or after it closed");
  for (const { by, data, seq } of ballots)
    if (!told.sitsIn(by["seat"]!, data["group"] as string, seq)) refuse(`the ballot of entry ${seq} counts for a group whose seat its own is not`);
  const versions = new Map(itemsOf(opened).map((each) => [each.item, each.version ?? each.item]));
  for (const { data, seq } of ballots)
    if (versions.get(data["item"] as string) !== data["version"]) refuse(`the ballot of entry ${seq} is on another text than the one voted on`);
  const secret = opened.data["secrecy"] === "secret";
  const newest = new Map(ballots.map((ballot) => [`${String(ballot.data["item"])} ${ballot.by["seat"]}`, ballot]));
  const counting = [...newest.values()].sort((one, other) => one.seq - other.seq);
  return {
    id,
    opened,
    told: result,
    rule,
    title: opened.data["title"] as string,
    ruleTitle: registered.data["title"] as string,
    cast: ballots.length,
    seats: new Set(ballots.map((ballot) => ballot.by["seat"])).size,
    secret,
    rows: secret ? leftOf(result, ballots) : counting.map((ballot) => rowOf(ballot, openings)),
    entitled: opened.data["entitled"] as Record<string, number>,
  };
}

export function recount(round: Round): Result {
  const items = itemsOf(round.opened).map((each) => each.item);
  return tally(round.rule, round.rows, round.entitled, items, (round.opened.data["out"] ?? {}) as Out);
}

/** The table of the ballots that were counted; of a secret round one line for all who chose alike. */
export function ballotsTable({ rows, secret }: Round): [string[], string[][]] {
  const header = ["item", "group", "seat", "choice"];
  if (secret) return [[...header, "weight"], rows.map((row) => [row.item, row.group, row.seat, row.choice, String(row.weight)])];
  return [header, rows.map((row) => [row.item, row.group, row.seat, row.choice])];
}

/** What counting a round again has shown. */
export function countedWords(round: Round, result: Result): string {
  const outcomes = new Set([...result.items.values()].map(({ outcome }) => outcome.replaceAll("_", " ")));
  const [kind, fit] = round.secret ? ["secret ballots", "as many votes of each group as seats of it voted, "] : ["ballots", ""];
  return (
    `${round.title}: ${round.cast} ${kind} of ${round.seats} seats, each of the group it counts for, ${fit}counted under the rule '${round.ruleTitle}' registered before,` +
    ` give the result that was recorded: ${[...outcomes].sort(byCodePoint).join(", ")}.`
  );
}

/** Where what was recorded is not what counting gives. Reasons in words are left aside: they follow from the numbers. */
export function roundFaults(told: Told, round: Round, result: Result): string[] {
  const { data } = round.told;
  const faults: string[] = [];
  if (round.rule.hash !== data["rule_hash"] || result.ballotsSha256 !== data["ballots_sha256"])
    faults.push("it was counted from other ballots or under another rule than those recorded");
  const counted = [...result.items.values()].map((item) => item.json);
  if (!sameNumbers(counted, data["items"] as Json)) faults.push("counting the ballots again gives another result than the one recorded");
  for (const decision of told.of(["decision.made"], { round: round.id })) faults.push(...decisionFaults(told, round, result, decision));
  return faults;
}

/** Whether two documents say the same, their reasons in words left aside. */
export function sameNumbers(one: Json, other: Json): boolean {
  return canonical(withoutWords(one)) === canonical(withoutWords(other));
}

function withoutWords(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutWords);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(([key, inner]) => !((key === "why" || key === "reason") && typeof inner === "string"));
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutWords(inner)]));
}

function decisionFaults(told: Told, round: Round, result: Result, decision: Entry): string[] {
  const { data, seq } = decision;
  const asked = askedAbout(round, data["proposal"] as string, data["version"] as string);
  if (!asked) return [`entry ${seq} decides something that was not voted on`];
  const found = result.items.get(asked.item)!;
  const agreed = found.outcome === "agreed" || found.outcome === "agreed_with_reservations";
  const winners = (found.json["winners"] ?? []) as string[];
  const adopted = agreed && (!asked.name || winners.includes(asked.name));
  const outcome = agreed && !adopted ? "not_chosen" : found.outcome;
  const faults: string[] = [];
  if (data["outcome"] !== outcome || data["adopted"] !== adopted)
    faults.push(`entry ${seq} decides '${String(data["outcome"])}', but the votes give '${outcome}'`);
  if (data["adopted"] && !actFits(told, round.rule, found, decision))
    faults.push(`entry ${seq} names other groups or another method than the votes give`);
  return faults;
}

function askedAbout(round: Round, proposal: string, version: string): { item: string; name: string } | null {
  for (const item of itemsOf(round.opened))
    for (const option of item.alternatives ?? [item])
      if (option.proposal === proposal && option.version === version) return { item: item.item, name: option.name ?? "" };
  return null;
}

function actFits(told: Told, rule: Rule, found: Counted, decision: Entry): boolean {
  const act = decision.data["act"] as JsonObject;
  const groups = told.of(["group.added"]).filter((entry) => entry.seq < decision.seq);
  const kinds = new Map(groups.map(({ data }) => [data["key"] as string, data["kind"] as string]));
  const concurring = found.concurring.filter((key) => (kinds.get(key) ?? "observer") !== "observer");
  return canonical(act["concurring"] ?? null) === canonical(concurring) && act["method"] === methodOf(rule, found);
}

function methodOf(rule: Rule, found: Counted): string {
  const unblocked = rule.method.kind === "consent" || (rule.method instanceof Consensus && rule.method.blocks === 0);
  if (unblocked) return found.outcome === "agreed" ? "consent" : "concurrent";
  return rule.composition.kind === "pooled" ? "vote" : "concurrent";
}

function itemsOf(opened: Entry): Option[] {
  return opened.data["items"] as unknown as Option[];
}

function rowOf(ballot: Entry, openings: ReadonlyMap<number, Opening>): Row {
  const { data, seq } = ballot;
  const [item, group, seat] = [data["item"] as string, data["group"] as string, ballot.by["seat"]!];
  if (data["choice"] !== undefined) return { item, group, seat, choice: data["choice"] as string, weight: 1 };
  const opening = openings.get(seq) ?? refuse(`the private ballot of entry ${seq} has not been opened`);
  const { choice, salt } = opening;
  if (commitment(ballot, choice, salt) !== data["commitment"])
    refuse(`the private ballot of entry ${seq} was opened with another choice than the one cast`);
  return { item, group, seat, choice, weight: 1 };
}

/** What a private ballot's entry holds in place of the choice: SHA-256 over salt and ballot. */
export function commitment(ballot: Entry, choice: string, salt: Uint8Array): string {
  const [item, version] = [ballot.data["item"] as string, ballot.data["version"] as string];
  const text = canonical({ round: ballot.on["round"]!, item, seat: ballot.by["seat"]!, version, choice });
  return sha256Hex(joined(salt, utf8(text)));
}

export function readOpening(line: JsonObject): [number, Opening] {
  if (!Number.isSafeInteger(line["seq"]) || typeof line["choice"] !== "string") refuse("It is not as such a file is.");
  return [line["seq"] as number, { choice: line["choice"], salt: fromHex(line["salt"]) }];
}

/** From entries to the history of an element that the scoring rule reads, and its acts. */

import type { JsonObject } from "../canonical";
import { Fraction, max } from "../fraction";
import { refuse } from "../refusal";
import type { ScoringRule } from "./rule";

export interface Event {
  seq: number;
  at: string;
  data: JsonObject;
}

export interface Act {
  t: Fraction;
  type: string;
  parts: string[];
  method: string | null;
  origin: string | null;
  timing: string | null;
  entitled: Set<string>;
  concurring: Set<string>;
  objecting: Set<string>;
  bound: Set<string>;
  initiators: Set<string>;
  offers: [string, number, number][];
  window: boolean;
  binding: boolean;
  statutory: boolean;
  completeness: Fraction | null;
  entry: number | null;
  sets: boolean;
}

export interface History {
  element: string;
  groups: Record<string, string>;
  until: Fraction;
  acts: Act[];
}

const SETTING = new Set(["adopt", "change", "impose", "set_outside", "inherited"]);
const FROM_OUTSIDE = { method: "decree", origin: "authority", timing: "unforeseen" };

/** The JSON object that `score` reads from a file. */
export function historyDocument(
  events: readonly Event[],
  groups: Record<string, string>,
  sealedOn: string,
  until: string,
  element: string,
  rule: ScoringRule,
): JsonObject {
  const acts = events.flatMap((event) => (isAct(event.data["act"]) ? [actOf(event, event.data["act"], sealedOn)] : []));
  const time = (act: JsonObject): Fraction => Fraction.of(act["t"] as string | number);
  acts.sort((one, other) => time(one).compare(time(other)) || (one["entry"] as number) - (other["entry"] as number));
  const end = acts.map(time).reduce(max, years(until, sealedOn));
  return { version: rule.version, element, groups: { ...groups }, until: timeText(end), acts };
}

export function readHistory(document: JsonObject, rule: ScoringRule): History {
  const element = (document["element"] ?? "measure") as string;
  const parts = rule.elements[element] ?? refuse(`There is no kind of element '${element}'.`);
  const groups = document["groups"] as Record<string, string>;
  const acts = (document["acts"] as JsonObject[]).map((raw) => readAct(raw, parts, groups, rule));
  if (!acts[0]?.sets) refuse("The history does not begin with an act that sets something.");
  return { element, groups, until: Fraction.of(document["until"] as string), acts };
}

/** A time with the decimals it has, at least one: "0.0", "0.25". */
export function timeText(time: Fraction): string {
  for (let places = 1; places < 12; places++)
    if (time.times(new Fraction(10n ** BigInt(places))).bottom === 1n) return time.decimals(places);
  return time.decimals(12);
}

function isAct(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null;
}

function actOf(event: Event, raw: JsonObject, sealedOn: string): JsonObject {
  const on = (raw["on"] ?? event.data["effective"] ?? event.at.slice(0, 10)) as string;
  return { ...raw, on, t: raw["t"] ?? timeText(years(on, sealedOn)), entry: event.seq };
}

/** Years from `start`, by quarters. */
function years(day: string, start: string): Fraction {
  return new Fraction(quarter(day) - quarter(start), 4);
}

function quarter(day: string): number {
  const [year, month] = day.split("-").map(Number) as [number, number];
  return year * 4 + Math.floor((month - 1) / 3);
}

function readAct(written: JsonObject, parts: string[], groups: Record<string, string>, rule: ScoringRule): Act {
  const raw: JsonObject = written["type"] === "set_outside" ? { ...FROM_OUTSIDE, ...written } : written;
  const named = (key: string): Set<string> => new Set((raw[key] ?? []) as string[]);
  const all = Object.keys(groups).filter((group) => !rule.notEntitled.has(groups[group]!));
  const wanted = raw["parts"] as string[] | undefined;
  return {
    t: Fraction.of(raw["t"] as string | number),
    type: raw["type"] as string,
    parts: wanted ? parts.filter((part) => wanted.includes(part)) : parts,
    method: (raw["method"] ?? null) as string | null,
    origin: originOf(raw, groups, rule),
    timing: (raw["timing"] ?? null) as string | null,
    entitled: raw["entitled"] === undefined ? new Set(all) : named("entitled"),
    concurring: named("concurring"),
    objecting: named("objecting"),
    bound: named("bound"),
    initiators: named("initiators"),
    offers: Object.entries((raw["offers"] ?? {}) as Record<string, [number, number]>).map(([group, [taken, offered]]) => [
      group,
      taken,
      offered,
    ]),
    window: raw["window"] === true,
    binding: raw["binding"] === true,
    statutory: raw["statutory"] === true,
    completeness: raw["completeness"] === undefined ? null : Fraction.of(raw["completeness"] as string),
    entry: (raw["entry"] ?? null) as number | null,
    sets: SETTING.has(raw["type"] as string),
  };
}

function originOf(raw: JsonObject, groups: Record<string, string>, rule: ScoringRule): string | null {
  if (raw["origin"] !== undefined) return raw["origin"] as string;
  if (raw["initiators"] === undefined) return null;
  const began = (raw["initiators"] as string[]).map((group) => groups[group]!);
  if (!began.length) return "joint";
  if (began.every((kind) => rule.authority.has(kind))) return "authority";
  return began.every((kind) => rule.practice.has(kind)) ? "practice" : "joint";
}

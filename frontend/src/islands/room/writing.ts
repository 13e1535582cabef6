/** Ballots among alternatives as the rule spells them: `A>B=C`, `A|C`, `A:5|B:0`; the same as the server writes them. */
import type { BallotItem } from "./props";

export type Kind = BallotItem["kind"];
/** What is filled in, by alternative: a place, a score, or "on". */
export type Values = Record<string, string>;

export const ASIDE = ["abstain", "unable"];

/** Whether a kind of ballot names alternatives. */
export function amongAlternatives(kind: Kind): boolean {
  return kind === "ranking" || kind === "approvals" || kind === "scores";
}

/** What a choice fills in; nothing where somebody abstains. */
export function readChoice(kind: Kind, choice: string): Values {
  if (!choice || ASIDE.includes(choice)) return {};
  if (kind === "approvals") return Object.fromEntries(choice.split("|").map((name) => [name, "on"]));
  if (kind === "scores") return Object.fromEntries(choice.split("|").map((part) => apart(part)));
  return Object.fromEntries(choice.split(">").flatMap((group, at) => group.split("=").map((name) => [name, String(at + 1)])));
}

function apart(part: string): [string, string] {
  const at = part.lastIndexOf(":");
  return [part.slice(0, at), part.slice(at + 1)];
}

/** The choice that these values make, alternatives in the order given; "" where nothing is filled in. */
export function writeChoice(kind: Kind, names: string[], values: Values): string {
  const given = names.filter((name) => values[name]);
  if (kind === "approvals") return given.join("|");
  if (kind === "scores") return given.map((name) => `${name}:${values[name]}`).join("|");
  const places = [...new Set(given.map((name) => Number(values[name])))].sort((one, other) => one - other);
  return places.map((place) => given.filter((name) => Number(values[name]) === place).join("=")).join(">");
}

/** Moves an alternative one place up (-1) or down (1); who stood there takes its place. Without a place it joins at the end. */
export function move(names: string[], values: Values, name: string, by: -1 | 1): Values {
  const places = readChoice("ranking", writeChoice("ranking", names, values));
  const last = Math.max(0, ...Object.values(places).map(Number));
  const place = Number(places[name] ?? 0);
  if (!place) return { ...places, [name]: String(last + 1) };
  const alone = names.filter((other) => Number(places[other]) === place).length === 1;
  const target = place + by;
  if (target < 1 || (target > last && alone)) return places;
  const met = names.filter((other) => other !== name && Number(places[other]) === target);
  return { ...places, ...Object.fromEntries(met.map((other) => [other, String(place)])), [name]: String(target) };
}

/** A vote said back: "1. A and 2. B", "A and C", "A 5 and B 0". */
export function saidWords(ballot: BallotItem, choice: string): string {
  const known = [...ballot.choices, ...ballot.aside].find((option) => option.value === choice);
  if (known && !(amongAlternatives(ballot.kind) && !ASIDE.includes(choice))) return known.label;
  if (ballot.kind === "ranking") return listed(choice.split(">").map((group, at) => `${at + 1}. ${group.replaceAll("=", " and ")}`));
  if (ballot.kind === "approvals") return listed(choice.split("|"));
  return listed(choice.split("|").map((part) => apart(part).join(" ")));
}

function listed(words: string[]): string {
  return words.length > 1 ? `${words.slice(0, -1).join(", ")} and ${words.at(-1)}` : (words[0] ?? "");
}

/** What is left of the ballots of a secret round, held against the entries that say who has voted. */

import { sha256Hex, utf8 } from "./bytes";
import { canonical, isObject, type Json, type JsonObject } from "./canonical";
import type { Row } from "./counting/rule";
import { byCodePoint } from "./counting/words";
import type { Entry } from "./entries";
import { refuse } from "./refusal";

/** The rows that can be counted; refuses, with everything that is wrong, what cannot have been left of these ballots. */
export function leftOf(result: Entry, ballots: readonly Entry[]): Row[] {
  const { multiset, multiset_sha256: digest } = result.data;
  const faults = multisetFaults(multiset, digest, ballots);
  if (faults.length) refuse(faults.join("; "));
  return secretRows(multiset as JsonObject[]);
}

/** What is wrong with the votes a count has written down. That they are what people chose nobody can show. */
export function multisetFaults(lines: Json | undefined, digest: Json | undefined, cast: readonly Entry[]): string[] {
  const faults = cast
    .filter(({ data }) => "choice" in data || "commitment" in data)
    .map(({ seq }) => `the ballot of entry ${seq} is of a secret round, but says what was chosen`);
  if (!isMultiset(lines)) return [...faults, "it does not say what is left of the secret ballots as such an entry does"];
  if (sha256Hex(utf8(canonical(lines))) !== digest)
    faults.push("the secret votes written there are not those whose digest stands beside them");
  const keys = lines.map(({ item, group, choice }) => [item, group, choice].join("\u0000"));
  if (keys.some((key, at) => at > 0 && byCodePoint(keys[at - 1]!, key) >= 0))
    faults.push("the secret votes written there are not in order, or name the same choice of a group twice");
  const [written, voted] = [sums(secretRows(lines)), seatsVoting(cast)];
  for (const cell of [...new Set([...written.keys(), ...voted.keys()])].sort(byCodePoint)) {
    const [item, group] = cell.split("\u0000");
    const [here, there] = [written.get(cell) ?? 0, voted.get(cell) ?? 0];
    if (here !== there) faults.push(`${here} secret votes of ${group} on ${item} are written there, but ${there} seats have voted`);
  }
  return faults;
}

/** Rows whose seats are nobody's: one is made up for all who chose alike. */
function secretRows(lines: readonly JsonObject[]): Row[] {
  return lines.map((line) => {
    const [item, group, choice] = [line["item"] as string, line["group"] as string, line["choice"] as string];
    return { item, group, seat: `secret ${choice}`, choice, weight: line["count"] as number };
  });
}

function sums(rows: readonly Row[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const { item, group, weight } of rows) found.set(`${item}\u0000${group}`, (found.get(`${item}\u0000${group}`) ?? 0) + weight);
  return found;
}

/** By item and group, how many seats the entries say have voted. */
function seatsVoting(cast: readonly Entry[]): Map<string, number> {
  const seats = new Set(cast.map(({ data, by }) => [data["item"], data["group"], by["seat"]].join("\u0000")));
  const found = new Map<string, number>();
  for (const seat of seats) {
    const cell = seat.split("\u0000").slice(0, 2).join("\u0000");
    found.set(cell, (found.get(cell) ?? 0) + 1);
  }
  return found;
}

function isMultiset(lines: Json | undefined): lines is JsonObject[] {
  const isLine = (line: Json): boolean =>
    isObject(line) &&
    Object.keys(line).sort().join() === "choice,count,group,item" &&
    ["item", "group", "choice"].every((key) => typeof line[key] === "string") &&
    Number.isSafeInteger(line["count"]) &&
    (line["count"] as number) > 0;
  return Array.isArray(lines) && lines.every(isLine);
}

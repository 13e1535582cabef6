/** Canonical JSON (RFC 8785) in the subset an entry may use: no floats, integers within 2^53 - 1, keys in ASCII. */

import { textOf } from "./bytes";
import { refuse, Refusal } from "./refusal";

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

const DEEPEST = 64;

/** The one way in which a value is written. */
export function canonical(value: Json, depth = DEEPEST): string {
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value)) refuse("There is a number that an entry may not hold.");
    return JSON.stringify(value);
  }
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (depth === 0) refuse(`Something lies deeper than ${DEEPEST} levels.`);
  if (Array.isArray(value)) return `[${value.map((inner) => canonical(inner, depth - 1)).join(",")}]`;
  const pairs = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key] as Json, depth - 1)}`);
  return `{${pairs.join(",")}}`;
}

/** The value whose canonical form these bytes are; refuses every other spelling, so that nothing can hide in it. */
export function readCanonical(bytes: Uint8Array): Json {
  let text: string;
  let value: Json;
  try {
    text = textOf(bytes);
    value = parse(text);
  } catch {
    return refuse("It is not JSON.");
  }
  return isCanonical(value, text) ? value : refuse("It is JSON, but not in the one form an entry has (RFC 8785).");
}

function isCanonical(value: Json, text: string): boolean {
  try {
    checkKeys(value);
    return canonical(value) === text;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

/** Any JSON value in a file. */
export function readJson(bytes: Uint8Array): Json {
  return parse(textOf(bytes));
}

export function readObject(bytes: Uint8Array): JsonObject {
  const value = readJson(bytes);
  if (!isObject(value)) refuse("It is not as such a file is.");
  return value;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Indented JSON with keys in order: how documents in a dossier are written. */
export function documentText(value: Json): string {
  return `${JSON.stringify(ordered(value), null, 1)}\n`;
}

function ordered(value: Json): Json {
  if (Array.isArray(value)) return value.map(ordered);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, ordered(value[key] as Json)]),
  );
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return refuse("It is not JSON.");
  }
}

function checkKeys(value: Json): void {
  if (Array.isArray(value)) value.forEach(checkKeys);
  else if (isObject(value)) {
    for (const [key, inner] of Object.entries(value)) {
      if (!/^[\0-\x7f]*$/.test(key)) refuse("There is a key that is not ASCII text.");
      checkKeys(inner);
    }
  }
}

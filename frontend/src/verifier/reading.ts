/** Reading the files of a dossier, without believing any of them: what it is of, its texts, lines of objects. */

import { fromHex, linesOf } from "./bytes";
import { isObject, readObject, type Json, type JsonObject } from "./canonical";
import { isUuid } from "./entries";
import { refuse } from "./refusal";

const KINDS = ["measure", "element", "proposal", "round", "edition"];

/** Of the format; raised with whatever a dossier of before cannot satisfy. */
const VERSION = 2;

export interface About {
  kind: string;
  id: string;
  title: string;
  log: string;
  origin: string;
  keys: string[];
  witnesses: string[];
}

export function readAbout(bytes: Uint8Array): About {
  const data = readObject(bytes);
  const texts = ["kind", "id", "title", "log", "origin", "made_at"];
  const lists = ["keys", "witnesses"];
  if (!hasKeys(data, ["version", ...texts, ...lists]) || data["version"] !== VERSION)
    refuse(`This program reads version ${VERSION} of dossiers: the verify.py that lies in a dossier reads that dossier's own.`);
  const right =
    texts.every((key) => typeof data[key] === "string") &&
    lists.every((key) => Array.isArray(data[key]) && (data[key] as Json[]).every((each) => typeof each === "string")) &&
    isUuid(data["log"]) &&
    KINDS.includes(data["kind"] as string);
  return right ? (data as unknown as About) : refuse("It is not as such a file is.");
}

export interface Words {
  salt: Uint8Array | null;
  body: string | null;
}

export function readWords(line: JsonObject): Words {
  const { salt = null, body = null } = line;
  if ((salt === null) !== (body === null) || (body !== null && typeof body !== "string")) refuse("It is not as such a file is.");
  return { salt: salt === null ? null : fromHex(salt), body };
}

/** One object on each line, with these keys. */
export function objects(bytes: Uint8Array, keys: string[]): JsonObject[] {
  return linesOf(bytes).map((line) => {
    const value = readObject(line);
    return hasKeys(value, keys) ? value : refuse("It is not as such a file is.");
  });
}

function hasKeys(value: JsonObject, keys: string[]): boolean {
  return Object.keys(value).length === keys.length && keys.every((key) => key in value);
}

export function* textRefs(value: Json): Generator<JsonObject> {
  if (Array.isArray(value)) for (const inner of value) yield* textRefs(inner);
  else if (isObject(value)) {
    const keys = Object.keys(value);
    if (keys.length === 2 && "text" in value && "sha256" in value) yield value;
    else for (const inner of Object.values(value)) yield* textRefs(inner);
  }
}

export function erasedBy(data: JsonObject): Json[] {
  return (data["texts"] ?? [data["text"] ?? null]) as Json[];
}

/** The entries of a dossier, read without believing them. */

import { linesOf } from "./bytes";
import { isObject, readCanonical, type JsonObject } from "./canonical";
import { refuse, Refusal } from "./refusal";
import { leafHash } from "./tree";

export interface Entry {
  v: number;
  log: string;
  seq: number;
  at: string;
  type: string;
  by: Record<string, string>;
  on: Record<string, string>;
  because?: number;
  data: JsonObject;
}

const NO_ENTRY = "Something in it is not as an entry has it.";
const REQUIRED = ["v", "log", "seq", "at", "type", "by", "on", "data"];
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const AT = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z$/;
const TYPE = /^[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*$/;

export function isUuid(value: unknown): value is string {
  return typeof value === "string" && UUID.test(value);
}

export function readEntry(bytes: Uint8Array): Entry {
  const value = readCanonical(bytes);
  if (!isObject(value)) refuse(NO_ENTRY);
  const keys = Object.keys(value);
  const known = keys.every((key) => REQUIRED.includes(key) || key === "because");
  if (!known || !REQUIRED.every((key) => keys.includes(key))) refuse(NO_ENTRY);
  const entry = value as unknown as Entry;
  const right =
    isCount(entry.v) &&
    entry.v > 0 &&
    isUuid(entry.log) &&
    isCount(entry.seq) &&
    typeof entry.at === "string" &&
    AT.test(entry.at) &&
    !Number.isNaN(Date.parse(entry.at)) &&
    typeof entry.type === "string" &&
    TYPE.test(entry.type) &&
    isNames(entry.by) &&
    Object.keys(entry.by).length > 0 &&
    isNames(entry.on) &&
    (!keys.includes("because") || (isCount(entry.because) && entry.because < entry.seq)) &&
    isObject(entry.data);
  return right ? entry : refuse(NO_ENTRY);
}

/** The entries of a dossier by number, with their leaf hashes. */
export class Told {
  readonly entries = new Map<number, Entry>();
  readonly leaves = new Map<number, Uint8Array>();
  private readonly byType = new Map<string, Entry[]>();
  private seats: Map<string, number> | null = null;

  add(entry: Entry, leaf: Uint8Array): void {
    this.entries.set(entry.seq, entry);
    this.leaves.set(entry.seq, leaf);
    const known = this.byType.get(entry.type);
    if (known) known.push(entry);
    else this.byType.set(entry.type, [entry]);
  }

  /** Entries of these types in order; with `on`, only those about it. */
  of(types: readonly string[], on: Record<string, string> = {}): Entry[] {
    const found = types.flatMap((type) => this.byType.get(type) ?? []);
    const about = found.filter((entry) => Object.entries(on).every(([kind, id]) => entry.on[kind] === id));
    return types.length === 1 ? about : about.sort((one, other) => one.seq - other.seq);
  }

  /** Whether an entry before this one gave somebody that seat as one of that group's. */
  sitsIn(seat: string, group: string, before: number): boolean {
    if (!this.seats) {
      const assigned = this.of(["seat.assigned"]).reverse();
      this.seats = new Map(assigned.map(({ on, data, seq }) => [`${on["seat"]} ${String(data["group"])}`, seq]));
    }
    return (this.seats.get(`${seat} ${group}`) ?? before) < before;
  }

  at(seq: number | undefined, types: readonly string[]): Entry {
    const found = this.entries.get(seq ?? -1);
    if (!found || !types.includes(found.type)) refuse(`The entry ${seq} it rests on (${types.join(" or ")}) is not in this file.`);
    return found;
  }
}

/** The entries, one on each line; and a sentence on each line that is none, or stands where it must not. */
export function readEntries(bytes: Uint8Array, log: string): { told: Told; faults: string[] } {
  const [told, faults] = [new Told(), [] as string[]];
  let last = -1;
  linesOf(bytes).forEach((line, place) => {
    let entry: Entry;
    try {
      entry = readEntry(line);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      faults.push(`Line ${place + 1} is not an entry: ${error.message}`);
      return;
    }
    if (entry.log !== log || entry.seq <= last) {
      faults.push(`Line ${place + 1}: entry ${entry.seq} belongs to another record or stands in the wrong place.`);
      return;
    }
    last = entry.seq;
    told.add(entry, leafHash(line));
  });
  return { told, faults };
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isNames(value: unknown): value is Record<string, string> {
  return isObject(value) && Object.entries(value).every(([key, name]) => key !== "" && typeof name === "string" && name !== "");
}

/** Which keys may have signed a checkpoint: apps/record/domain/keyring.py. */

import type { Entry } from "./entries";
import { readKey, type Key } from "./note";

export const REPLACING = ["key.rotated", "key.retired"];

/** The keys a checkpoint of `size` entries may be signed with; a replaced one no further than it was used. */
export function maySign(size: number, inUse: readonly Key[], replaced: readonly Entry[]): Key[] {
  const keys = new Map(inUse.map((key) => [key.vkey, key]));
  const until = new Map<string, number>();
  for (const entry of replaced) {
    const old = readKey(entry.data["old"] as string);
    if (entry.type === "key.retired") {
      if (!until.has(old.vkey)) until.set(old.vkey, entry.seq);
    } else if (!keys.has(old.vkey)) keys.set(old.vkey, old);
  }
  const used = new Set(inUse.map(({ vkey }) => vkey));
  return [...keys.values()].filter(({ vkey }) => used.has(vkey) || size <= (until.get(vkey) ?? size));
}

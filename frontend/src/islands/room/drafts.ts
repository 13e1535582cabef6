/** Half-made choices outlive a reconnect, a reload and a tunnel; they stay on this device and go when the vote is recorded. */

export interface Drafts {
  read(item: string): string | null;
  keep(item: string, choice: string): void;
  forget(item: string): void;
}

export function drafts(round: string, seat: string | null, store: Storage | null = sessionOrNone()): Drafts {
  const name = (item: string) => `draft:${round}:${seat ?? "-"}:${item}`;
  return {
    read: (item) => quietly(() => store?.getItem(name(item)) ?? null),
    keep: (item, choice) => quietly(() => store?.setItem(name(item), choice)),
    forget: (item) => quietly(() => store?.removeItem(name(item))),
  };
}

/** A full or forbidden store must never stand between a person and their vote. */
function quietly<T>(step: () => T): T | null {
  try {
    return step();
  } catch {
    return null;
  }
}

function sessionOrNone(): Storage | null {
  return quietly(() => window.sessionStorage);
}

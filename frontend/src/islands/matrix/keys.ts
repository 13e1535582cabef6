/** From mark to mark by keyboard: an arrow leads to the nearest mark on that side. */
import type { Point } from "./geometry";

const SIDES: Record<string, Point> = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** The number of the mark a key leads to from mark `from`; null: the key leads nowhere. */
export function markAfter(key: string, from: number, spots: readonly Point[]): number | null {
  if (!spots.length) return null;
  if (key === "Home") return 0;
  if (key === "End") return spots.length - 1;
  const side = SIDES[key];
  return side && spots[from] ? nearest(side, from, spots) : null;
}

function nearest([right, down]: Point, from: number, spots: readonly Point[]): number | null {
  const [x, y] = spots[from]!;
  let best: number | null = null;
  let shortest = Infinity;
  spots.forEach(([otherX, otherY], at) => {
    const [ahead, aside] = [(otherX - x) * right + (otherY - y) * down, Math.abs((otherX - x) * down) + Math.abs((otherY - y) * right)];
    // Marks on the same spot are taken one after the other; what lies more aside than ahead belongs to another key.
    const same = ahead === 0 && aside === 0;
    if (same ? (right + down) * (at - from) <= 0 : ahead <= 0 || aside > 2 * ahead) return;
    const length = same ? Math.abs(at - from) / 1e6 : ahead + 2 * aside;
    if (length < shortest) [best, shortest] = [at, length];
  });
  return best;
}

/**
 * Finding room for short labels beside marks, so that none covers a mark or another label. The server does the same
 * (apps/provenance/presenting/labels.py): what is changed here is changed there, and same.json holds both to it.
 */
import type { Box } from "../../ui/place";

const CELL = 3;
const COLUMNS = 128;
/** Preferred sides of a mark, best first: right, left, above, below, then the corners. */
const SIDES = [[1, 0], [-1, 0], [0, -1], [0, 1], [1, -1], [-1, -1], [1, 1], [-1, 1]] as const;
const RINGS = [0, 10, 20, 30];

/** A placed label: its box, and whether it stands far enough away to need a thin line to its mark. */
export interface Label {
  box: Box;
  led: boolean;
}

/** What is taken in the plot, in cells of three units: firmly (marks, labels) or lightly (paths). */
export class Room {
  private readonly firm = new Uint8Array(COLUMNS * COLUMNS);
  private readonly light = new Uint8Array(COLUMNS * COLUMNS);

  constructor(private readonly plot: Box) {}

  /** Keeps labels off `box`. */
  take(box: Box): void {
    for (const cell of cellsOf(box)) this.firm[cell] = 1;
  }

  /** Keeps labels off a line where there is another place for them. */
  takeLine(start: readonly [number, number], end: readonly [number, number]): void {
    const [across, down] = [end[0] - start[0], end[1] - start[1]];
    const steps = Math.max(1, Math.trunc(Math.max(Math.abs(across), Math.abs(down)) / CELL));
    for (let step = 0; step <= steps; step++) {
      const along = step / steps;
      this.light[cellAt(start[0] + across * along, start[1] + down * along)] = 1;
    }
  }

  /** The best free place for a label of that size around the mark at (x, y); null where there is none. */
  seat(x: number, y: number, width: number, height: number, gap: number): Label | null {
    let free: Label | null = null;
    for (const label of candidates(x, y, width, height, gap)) {
      if (!this.holds(label.box) || meets(this.firm, label.box)) continue;
      free ??= label;
      if (!meets(this.light, label.box)) {
        free = label;
        break;
      }
    }
    if (free) this.take(free.box);
    return free;
  }

  private holds(box: Box): boolean {
    const { left, top, width, height } = this.plot;
    return left <= box.left && box.left + box.width <= left + width && top <= box.top && box.top + box.height <= top + height;
  }
}

function cellAt(x: number, y: number): number {
  return Math.floor(y / CELL) * COLUMNS + Math.floor(x / CELL);
}

function* cellsOf(box: Box): Generator<number> {
  const last = cellAt(box.left + box.width, box.top);
  const rows = Math.floor((box.top + box.height) / CELL) - Math.floor(box.top / CELL);
  for (let row = 0; row <= rows; row++) {
    for (let cell = cellAt(box.left, box.top); cell <= last; cell++) yield cell + row * COLUMNS;
  }
}

function meets(taken: Uint8Array, box: Box): boolean {
  for (const cell of cellsOf(box)) if (taken[cell]) return true;
  return false;
}

function* candidates(x: number, y: number, width: number, height: number, gap: number): Generator<Label> {
  for (const ring of RINGS) {
    for (const [right, down] of SIDES) {
      const centreX = x + right * (gap + ring + width / 2);
      const centreY = y + down * (gap + ring + height / 2);
      yield { box: { left: centreX - width / 2, top: centreY - height / 2, width, height }, led: ring > 0 };
    }
  }
}

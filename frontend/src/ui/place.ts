export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

const UNIT: Box = { left: 0, top: 0, width: 1, height: 1 };

/** Where a position lies in a drawing, as the server places it: imposed left, negotiated right, planned below, emergent above. */
export function place(ni: number, pe: number, box: Box = UNIT): [x: number, y: number] {
  return [box.left + ni * box.width, box.top + (1 - pe) * box.height];
}

/** A share of 0..1 as an SVG length, at most two decimals, as the server writes it. */
export function percent(share: number): string {
  return `${Number((share * 100).toFixed(2))}%`;
}

/**
 * Where everything in the matrix lies. The server computes the same places (apps/provenance/presenting/journeys.py);
 * same.json holds both to it.
 */
import { place, type Box } from "../../ui/place";
import { Room, type Label } from "./labels";

export type Kind = "negotiated" | "mixed" | "imposed" | "outside";
export type Point = readonly [x: number, y: number];

/** A position on the way: `words` says where that is, `what` what brought the measure there. */
export interface Stop {
  ni: number;
  pe: number;
  words: string;
  year: string;
  what: string;
}

/** One measure, with its stops from origin to now: at least one. */
export interface Journey {
  code: string;
  title: string;
  kind: Kind;
  /** Drawn hollow: none of the framework's own. */
  beside?: boolean;
  stops: Stop[];
}

/** One step of a way; the outline's four corners make it thicker towards now. */
export interface Leg {
  end: Stop;
  outline: Point[];
}

/** The mean with its spread: one standard deviation to each side. */
export interface Middle {
  ni: number;
  pe: number;
  spreadNi: number;
  spreadPe: number;
}

export interface Placed {
  code: Label | null;
  years: (Label | null)[];
}

export const WIDTH = 360;
export const HEIGHT = 376;
export const PLOT: Box = { left: 8, top: 28, width: 344, height: 316 };
export const INSIDE: Box = { left: PLOT.left + 12, top: PLOT.top + 12, width: PLOT.width - 24, height: PLOT.height - 24 };
export const RADIUS = 6;
export const TARGET = 13.5;
export const SMALL = 0.5;
export const SHAPES: Record<Kind, string> = {
  negotiated: "M-6 0a6 6 0 1 0 12 0a6 6 0 1 0 -12 0z",
  mixed: "M0 -7.5L7.5 0L0 7.5L-7.5 0z",
  imposed: "M-5.5 -5.5h11v11h-11z",
  outside: "M0 -7L7 5.5H-7z",
};
/** Beyond so many marks there is room for small marks alone: no ways, no labels. */
const CROWD = 60;
const [TEXT_HEIGHT, LETTER, YEAR_HEIGHT, DIGIT, STOP] = [13, 7.6, 10, 5.2, 2.5];
const [THIN, THICK] = [0.75, 3];

export function spot(stop: { ni: number; pe: number }): Point {
  return place(stop.ni, stop.pe, INSIDE);
}

/** At most two decimals, as the server writes numbers: halves go up. */
export function number(value: number): string {
  return String(Math.floor(value * 100 + 0.5) / 100 || 0);
}

export function isCrowd(journeys: readonly unknown[]): boolean {
  return journeys.length > CROWD;
}

export function now(journey: Journey): Stop {
  return journey.stops.at(-1)!;
}

/** The places a measure came through: the first stop at each, wherever it then stayed. */
export function places(journey: Journey): Stop[] {
  return journey.stops.filter((stop, at) => {
    const was = journey.stops[at - 1];
    return !was || was.ni !== stop.ni || was.pe !== stop.pe;
  });
}

/** The steps of a way, in order. */
export function legs(journey: Journey): Leg[] {
  const found = places(journey);
  const spots = found.map(spot);
  const lengths = spots.slice(1).map((end, at) => Math.hypot(end[0] - spots[at]![0], end[1] - spots[at]![1]));
  const whole = lengths.reduce((sum, length) => sum + length, 0);
  let gone = 0;
  return lengths.map((length, at) => {
    const widths = [width(gone / whole), width((gone + length) / whole)] as const;
    gone += length;
    return { end: found[at + 1]!, outline: outline(spots[at]!, spots[at + 1]!, length, widths) };
  });
}

export function pathOf(points: Point[]): string {
  return `M${points.map(([x, y]) => `${number(x)} ${number(y)}`).join("L")}z`;
}

/** The ring of the middle, and an arm on each line as long as the spread, cut off at the ends of the lines. */
export function middleAt(middle: Middle): { x: number; y: number; arms: string } {
  const [x, y] = spot(middle);
  const reach = (at: number, spread: number) => [Math.max(0, at - spread), Math.min(1, at + spread)] as const;
  const [[left, right], [low, high]] = [reach(middle.ni, middle.spreadNi), reach(middle.pe, middle.spreadPe)];
  const [[x1, y1], [x2, y2]] = [spot({ ni: left, pe: low }), spot({ ni: right, pe: high })];
  return { x, y, arms: `M${number(x1)} ${number(y)}H${number(x2)}M${number(x)} ${number(y1)}V${number(y2)}` };
}

/** A place for every label: first the codes, in the order given, then the years at the stops that have been left. */
export function arrange(journeys: Journey[]): Placed[] {
  if (isCrowd(journeys)) return journeys.map(() => ({ code: null, years: [] }));
  const room = new Room(PLOT);
  for (const journey of journeys) take(room, journey);
  const codes = journeys.map((journey) => {
    const [x, y] = spot(now(journey));
    return room.seat(x, y, [...journey.code].length * LETTER + 2, TEXT_HEIGHT, RADIUS + 3);
  });
  return journeys.map((journey, at) => ({ code: codes[at] ?? null, years: years(room, journey) }));
}

function take(room: Room, journey: Journey): void {
  const [x, y] = spot(now(journey));
  room.take({ left: x - RADIUS, top: y - RADIUS, width: 2 * RADIUS, height: 2 * RADIUS });
  const spots = places(journey).map(spot);
  spots.slice(1).forEach((end, at) => room.takeLine(spots[at]!, end));
}

/** Years stand close to their stop or not at all: a year far from its stop would be taken for another's. */
function years(room: Room, journey: Journey): (Label | null)[] {
  return places(journey).slice(0, -1).map((stop) => {
    const [x, y] = spot(stop);
    const seat = stop.year ? room.seat(x, y, stop.year.length * DIGIT, YEAR_HEIGHT, STOP + 2) : null;
    return seat && !seat.led ? seat : null;
  });
}

function width(along: number): number {
  return THIN + (THICK - THIN) * along;
}

function outline(start: Point, end: Point, length: number, [thin, thick]: readonly [number, number]): Point[] {
  const [u, v] = [(start[1] - end[1]) / length / 2, (end[0] - start[0]) / length / 2];
  return [
    [start[0] + u * thin, start[1] + v * thin],
    [end[0] + u * thick, end[1] + v * thick],
    [end[0] - u * thick, end[1] - v * thick],
    [start[0] - u * thin, start[1] - v * thin],
  ];
}

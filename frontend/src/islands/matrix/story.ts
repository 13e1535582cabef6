/** What the server gives the island, and what of it holds on a day. */
import type { Journey, Kind, Middle, Stop } from "./geometry";

/** [day, ni, pe, kind, words, what moved it, entry]: day and words by their numbers; `what` is empty in a crowd. */
export type StopTold = [day: number, ni: number | null, pe: number, kind: Kind, words: number, what: string, entry: number];

export interface WayTold {
  id: string;
  code: string;
  title: string;
  /** The number of the day on which it was retired. */
  ended: number | null;
  stops: StopTold[];
}

export interface MatrixProps {
  title: string;
  days: string[];
  dayWords: string[];
  /** The number of the day asked for; -1: before the first. */
  at: number;
  ways: WayTold[];
  words: string[];
  /** Public cases, whole on every day; `id` is the address of their page. */
  beside: Way[];
  elements: string;
  entries: string;
  journeys: string;
}

/** One step of a way, in words. */
export interface StepTold {
  day: string;
  what: string;
  words: string;
  entry: number;
}

/** The way of a measure as far as it had come on a day. */
export interface Way extends Journey {
  id: string;
}

/** The measures that stand somewhere on both lines on a day, as the server chooses them. */
export function waysOn(props: MatrixProps, at: number): Way[] {
  return reached(props, at).flatMap(({ told, stops }) => {
    const shown = stops.filter((stop) => stop[1] !== null).map((stop) => stopOf(props, stop));
    const last = stops.at(-1)!;
    return last[1] === null ? [] : [{ id: told.id, code: told.code, title: told.title, kind: last[3], stops: shown }];
  });
}

/** The mean of the measures that are ours on a day, with its spread; null for fewer than two. */
export function middleOn(props: MatrixProps, at: number): Middle | null {
  const ours = reached(props, at).map(({ stops }) => stops.at(-1)!).filter((stop) => stop[3] !== "outside");
  const ni = spread(ours.flatMap((stop) => (stop[1] === null ? [] : [stop[1]])));
  const pe = spread(ours.map((stop) => stop[2]));
  if (ours.length < 2 || !ni || !pe) return null;
  return { ni: ni.mean, spreadNi: ni.deviation, pe: pe.mean, spreadPe: pe.deviation };
}

/** What happened on a day: the steps taken then, each with the measure it moved. */
export function stepsOn(props: MatrixProps, at: number): (StepTold & { code: string; id: string })[] {
  return props.ways.flatMap(({ id, code, stops }) =>
    stops.filter((stop) => stop[0] === at).map((stop) => ({ ...stepOf(props, stop), id, code })),
  );
}

/** The steps of a case beside the framework's own measures. */
export function stepsBeside(way: Way): StepTold[] {
  return way.stops.map(({ what, words }) => ({ day: "", what, words, entry: 0 }));
}

/** The steps of one measure up to a day. */
export function stepsUntil(props: MatrixProps, id: string, at: number): StepTold[] {
  const way = props.ways.find((one) => one.id === id);
  return (way?.stops ?? []).filter((stop) => stop[0] <= at).map((stop) => stepOf(props, stop));
}

function stepOf(props: MatrixProps, [day, , , , words, what, entry]: StopTold): StepTold {
  return { day: props.dayWords[day]!, what, words: props.words[words]!, entry };
}

function reached(props: MatrixProps, at: number): { told: WayTold; stops: StopTold[] }[] {
  return props.ways.flatMap((told) => {
    const stops = told.stops.filter((stop) => stop[0] <= at);
    return stops.length && (told.ended === null || at < told.ended) ? [{ told, stops }] : [];
  });
}

function stopOf(props: MatrixProps, [day, ni, pe, , words, what]: StopTold): Stop {
  const told = what && `${props.dayWords[day]}: ${what}`;
  return { ni: ni!, pe, words: props.words[words]!, year: props.days[day]!.slice(0, 4), what: told };
}

function spread(values: number[]): { mean: number; deviation: number } | null {
  if (!values.length) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, deviation: Math.sqrt(variance) };
}

/** In a crowd the page does not carry what moved every measure: it is fetched when somebody asks. */
import type { MatrixProps, StepTold } from "./story";

interface JourneyAnswer {
  points: { in_force_from: string; what: string; label: string[]; entry: number }[];
}

/** The steps of one measure; null: they could not be fetched. */
export async function fetchSteps(props: MatrixProps, id: string, fetcher: typeof fetch): Promise<StepTold[] | null> {
  const way = props.ways.find((one) => one.id === id);
  try {
    const response = await fetcher(props.journeys.replace("*", id), { headers: { Accept: "application/json" } });
    if (!response.ok) return null;
    const answer = (await response.json()) as JourneyAnswer;
    const known = new Map(way?.stops.map((stop) => [stop[6], stop]));
    return answer.points.flatMap(({ what, entry }) => {
      const stop = known.get(entry);
      return stop ? [{ day: props.dayWords[stop[0]]!, words: props.words[stop[4]]!, what, entry }] : [];
    });
  } catch {
    return null;
  }
}

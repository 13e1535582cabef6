import { render, screen, waitFor } from "@testing-library/svelte";
import { expect, test } from "vitest";
import MatrixView from "./MatrixView.svelte";
import { markAfter } from "./keys";
import { middleOn, stepsOn, waysOn, type MatrixProps } from "./story";

const props: MatrixProps = {
  title: "Where the measures stand",
  days: ["2023-10-01", "2024-10-01", "2025-10-01"],
  dayWords: ["1 October 2023", "1 October 2024", "1 October 2025"],
  at: 2,
  words: ["imposed, planned", "negotiated, mixed", "planned"],
  elements: "/elements/",
  entries: "/record/",
  journeys: "/api/elements/*/journey/",
  beside: [],
  ways: [
    { id: "a", code: "M1", title: "Safety", ended: null, stops: [[0, 0.2, 0, "imposed", 0, "Set by the council.", 7], [1, 0.8, 0.5, "negotiated", 1, "Agreed by all 6 groups.", 9]] },
    { id: "b", code: "M2", title: "Homes", ended: 2, stops: [[0, 0.4, 0.5, "imposed", 0, "Set by the council.", 8]] },
    { id: "c", code: "M3", title: "Deaths", ended: null, stops: [[0, 0, 0, "outside", 0, "Set by law.", 6]] },
    { id: "d", code: "M4", title: "Alone", ended: null, stops: [[1, null, 0.25, "mixed", 2, "Agreed by 1 group.", 10]] },
  ],
};
const bare: MatrixProps = { ...props, ways: props.ways.map((way) => ({ ...way, stops: way.stops.map(([day, ni, pe, kind, words, , entry]) => [day, ni, pe, kind, words, "", entry]) })) };

test("a day shows what had come so far, and what has ended is gone", () => {
  expect(waysOn(props, -1)).toEqual([]);
  expect(waysOn(props, 0).map((way) => [way.code, way.kind, way.stops.length])).toEqual([["M1", "imposed", 1], ["M2", "imposed", 1], ["M3", "outside", 1]]);
  expect(waysOn(props, 2).map((way) => [way.code, way.stops.length])).toEqual([["M1", 2], ["M3", 1]]);
});

test("the middle leaves out what is required from outside, as the server does", () => {
  expect(middleOn(props, 0)).toEqual({ ni: 0.30000000000000004, pe: 0.25, spreadNi: 0.1, spreadPe: 0.25 });
  expect(middleOn(props, 2)).toMatchObject({ ni: 0.8, pe: 0.375 });
  expect(middleOn(props, -1)).toBeNull();
});

test("a day tells what happened on it", () => {
  expect(stepsOn(props, 1).map((step) => [step.code, step.what])).toEqual([["M1", "Agreed by all 6 groups."], ["M4", "Agreed by 1 group."]]);
});

test("the chosen measure says step by step what moved it", async () => {
  const { container } = render(MatrixView, { props: { props } });
  screen.getByRole("option", { name: /^M1 / }).focus();
  await waitFor(() => expect(container.querySelector(".matrix-detail")?.textContent).toContain("Agreed by all 6 groups. Negotiated, mixed."));
  expect([...container.querySelectorAll(".matrix-detail a")].map((link) => link.getAttribute("href"))).toEqual(["/elements/a/", "/record/7/", "/record/9/"]);
});

test("in a crowd what moved a measure is fetched, and what cannot be fetched is said", async () => {
  const asked: string[] = [];
  const answer = { points: [{ entry: 7, what: "Set by the council." }, { entry: 9, what: "Agreed." }] };
  const found = async (url: string | URL | Request) => (asked.push(String(url)), new Response(JSON.stringify(answer)));
  const { container, unmount } = render(MatrixView, { props: { props: bare, fetcher: found } });
  screen.getByRole("option", { name: /^M1 / }).focus();
  await waitFor(() => expect(container.querySelector(".matrix-detail")?.textContent).toContain("Set by the council."));
  expect(asked).toEqual(["/api/elements/a/journey/"]);
  unmount();
  render(MatrixView, { props: { props: bare, fetcher: async () => new Response("", { status: 503 }) } });
  screen.getByRole("option", { name: /^M1 / }).focus();
  await screen.findByText(/could not be fetched/);
});

test("keys lead only where there is a mark, and through marks on the same spot one by one", () => {
  const spots = [[10, 10], [10, 10], [40, 12], [12, 90]] as const;
  expect(markAfter("ArrowRight", 0, spots)).toBe(1);
  expect(markAfter("ArrowRight", 1, spots)).toBe(2);
  expect(markAfter("ArrowLeft", 2, spots)).toBe(0);
  expect(markAfter("ArrowDown", 1, spots)).toBe(3);
  expect(markAfter("ArrowUp", 0, spots)).toBeNull();
  expect(markAfter("End", 0, spots)).toBe(3);
  expect(markAfter("x", 0, spots)).toBeNull();
});

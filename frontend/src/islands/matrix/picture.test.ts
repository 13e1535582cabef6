/** The island draws what the server draws; tests/provenance/presenting/test_same_as_browser.py reads the same file. */
import { render } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";
import Picture from "./Picture.svelte";
import same from "./same.json";
import type { Way } from "./story";

const NAMES: Record<string, string[]> = {
  circle: ["cx", "cy", "r"],
  line: ["x1", "y1", "x2", "y2"],
  path: ["d", "transform"],
  rect: ["x", "y", "width", "height"],
  text: ["x", "y"],
};

function lineOf(shape: Element): string {
  const place = NAMES[shape.tagName]!.map((name) => shape.getAttribute(name) ?? "");
  return [shape.tagName, shape.getAttribute("class"), ...place, shape.tagName === "text" ? shape.textContent : ""].join(" ").trim();
}

function drawn(name: keyof typeof same, chosen: string | null = null) {
  const { journeys, middle } = same[name];
  const ways = journeys.map((journey) => ({ ...journey, id: journey.code })) as Way[];
  const [ni, pe, spreadNi, spreadPe] = middle ?? [];
  const shown = middle ? { ni: ni!, pe: pe!, spreadNi: spreadNi!, spreadPe: spreadPe! } : null;
  const onchoose = vi.fn();
  return { ...render(Picture, { title: name, ways, middle: shown, chosen, onchoose, onenter: vi.fn() }), onchoose };
}

test.each(["ten", "heap", "crowd", "none"] as const)("every shape lies where the server puts it: %s", (name) => {
  const { container } = drawn(name);
  const order = (one: string, other: string) => (one < other ? -1 : Number(one > other));
  expect([...container.querySelectorAll(Object.keys(NAMES).join(","))].map(lineOf).sort(order)).toEqual(same[name].lines);
});

test("marks are one stop of the keyboard, and arrows lead to the nearest on that side", () => {
  const { container, getByRole, onchoose } = drawn("ten");
  expect(container.querySelectorAll('[tabindex="0"]')).toHaveLength(1);
  getByRole("option", { name: /^M3 / }).focus();
  getByRole("option", { name: /^M3 / }).dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));
  expect(document.activeElement?.getAttribute("aria-label")).toContain("M4");
  expect(onchoose).toHaveBeenLastCalledWith("M4");
});

test("in a crowd the chosen one shows its stops", () => {
  expect(drawn("crowd").container.querySelectorAll(".journey-stop")).toHaveLength(0);
  expect(drawn("crowd", "M5").container.querySelectorAll(".journey-stop")).toHaveLength(1);
});

/** The server and the browser draw the same thing; tests/pages/drawing/test_same_as_browser.py reads the same file. */
import { render } from "@testing-library/svelte";
import { expect, test } from "vitest";
import ChoicesBar from "./ChoicesBar.svelte";
import { percent, place } from "./place";
import same from "./same.json";

test("positions lie where the server puts them", () => {
  for (const { ni, pe, box, at } of same.place) {
    const [left, top, width, height] = box as [number, number, number, number];
    expect(place(ni, pe, { left, top, width, height })).toEqual(at);
  }
});

test("lengths are written as the server writes them", () => {
  for (const [share, text] of same.percent) expect(percent(share as number)).toBe(text);
});

test("a bar of choices is drawn as the server draws it", () => {
  const { choices, title, threshold, turnout, lines } = same.bar;
  const { container } = render(ChoicesBar, { choices, title, threshold, turnout });
  const names = { rect: ["x", "y", "width", "height"], line: ["x1", "y1", "x2", "y2"] };
  const drawn = [...container.querySelectorAll("rect, line")].map((shape) =>
    [shape.tagName, shape.getAttribute("class"), ...names[shape.tagName as "rect" | "line"].map((name) => shape.getAttribute(name))].join(" "),
  );
  expect(drawn).toEqual(lines);
  expect(container.querySelector("title")?.textContent).toBe(title);
});

test("a bar nobody voted in is empty, not broken", () => {
  const { container } = render(ChoicesBar, { choices: [{ kind: "for", label: "for", count: 0 }], title: "none", threshold: 0.5, turnout: null });
  expect(container.querySelectorAll(".choice")).toHaveLength(0);
  expect(container.innerHTML).not.toContain("NaN");
});

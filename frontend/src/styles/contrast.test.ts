import { expect, test } from "vitest";
import css from "./tokens.css?raw";

const [light, dark] = css.split("@media (prefers-color-scheme: dark)").map(colours) as [Map<string, string>, Map<string, string>];
const roles = ["ink", "ink-soft", "accent", "agreed", "contested", "imposed", "open", "danger"];

function colours(text: string): Map<string, string> {
  return new Map([...text.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map((found) => [found[1]!, found[2]!]));
}

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(colour: string): number {
  const channels = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255);
  const [red, green, blue] = channels.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [bright, dim] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (bright + 0.05) / (dim + 0.05);
}

test.each([
  ["light", light],
  ["dark", dark],
])("every role is readable on paper and on surface: %s", (_name, scheme) => {
  for (const role of roles) {
    for (const ground of ["paper", "surface"]) {
      expect(contrast(scheme.get(role)!, scheme.get(ground)!), `${role} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    }
  }
  expect(contrast(scheme.get("on-accent")!, scheme.get("accent")!), "button").toBeGreaterThanOrEqual(4.5);
  expect(contrast(scheme.get("edge")!, scheme.get("paper")!), "edges of fields").toBeGreaterThanOrEqual(3);
});

import { expect, test } from "vitest";
import { drafts } from "./drafts";

test("a store that refuses does not stand in the way of a vote", () => {
  const refusing = { getItem: () => { throw new Error("no"); }, setItem: () => { throw new Error("full"); } } as unknown as Storage;
  const kept = drafts("r", "s", refusing);
  kept.keep("M1", "for");
  expect(kept.read("M1")).toBeNull();
});

test("two people on one device do not see each other's drafts", () => {
  drafts("r", "one", sessionStorage).keep("M1", "for");
  expect(drafts("r", "two", sessionStorage).read("M1")).toBeNull();
});

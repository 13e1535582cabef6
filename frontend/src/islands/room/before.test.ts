import { expect, test } from "vitest";
import { votedOn } from "./before";

function page(): HTMLElement {
  const found = document.createElement("div");
  found.innerHTML = '<form id="vote-before"><ul><li data-item="a">A</li><li data-item="b">B</li></ul><button>Vote as before</button></form>';
  return found;
}

test("a question one has voted on is not offered again, and after the last one nothing is", () => {
  const shown = page();
  votedOn(["a"], shown);
  expect(shown.textContent).toBe("BVote as before");
  votedOn(["a", "b"], shown);
  expect(shown.innerHTML).toBe("");
});

test("what one has not voted on stays, and a page without an offer is left alone", () => {
  const shown = page();
  votedOn([], shown);
  expect(shown.querySelectorAll("li")).toHaveLength(2);
  votedOn(["a"], document.createElement("div"));
});

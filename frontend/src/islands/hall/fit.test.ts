import { expect, test } from "vitest";
import { fit } from "./fit";

function hall(): HTMLElement {
  document.body.innerHTML = '<div class="hall"><div id="inside"></div></div>';
  return document.querySelector<HTMLElement>("#inside")!;
}

/** What is shown when the window holds so little: the first try that fits is taken. */
function shown(fitsAt: number): [string, string] {
  const inside = hall();
  let tries = 0;
  fit(inside, () => tries++ === fitsAt);
  const place = inside.parentElement!;
  return [place.dataset["detail"]!, place.style.getPropertyValue("--fit")];
}

test("what fits is shown whole and in full size", () => {
  expect(shown(0)).toEqual(["whole", "1"]);
});

test("where there is much to say, type gets smaller before anything is left out", () => {
  expect(shown(6)).toEqual(["whole", "0.7"]);
  expect(shown(7)).toEqual(["brief", "1"]);
});

test("at last each question has one line, as small as it takes", () => {
  expect(shown(14)).toEqual(["lines", "1"]);
  expect(shown(1000)).toEqual(["lines", "0.3"]);
});

test("a window that has become larger is filled again", () => {
  const inside = hall();
  fit(inside, () => false);
  fit(inside, () => true);
  expect(inside.parentElement!.dataset["detail"]).toBe("whole");
});

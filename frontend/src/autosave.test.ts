import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { autosave } from "./autosave";

const FORM = `<form data-autosave="/merge/"><input name="draft_number" value="0"><textarea name="why"></textarea>
  <p data-autosave-said></p></form>`;

beforeEach(() => {
  vi.useFakeTimers();
  document.body.innerHTML = FORM;
});
afterEach(() => vi.useRealTimers());

function type(words: string): void {
  const area = document.querySelector("textarea")!;
  area.value = words;
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

function answers(status: number, body: unknown): typeof fetch {
  return vi.fn(() => Promise.resolve(new Response(JSON.stringify(body), { status }))) as unknown as typeof fetch;
}

test("what is typed is kept once, a moment after the last stroke", async () => {
  const get = answers(200, { number: 1 });
  autosave(document, get);
  type("So");
  type("So it is");
  await vi.runAllTimersAsync();
  expect(get).toHaveBeenCalledTimes(1);
  const body = vi.mocked(get).mock.calls[0]![1]!.body as FormData;
  expect([body.get("why"), body.get("keep"), body.get("draft_number")]).toEqual(["So it is", "quietly", "0"]);
  expect(document.querySelector<HTMLInputElement>("[name=draft_number]")!.value).toBe("1");
  expect(document.querySelector("[data-autosave-said]")!.textContent).toBe("Saved for your group.");
});

test("a colleague's newer save is said and never overwritten", async () => {
  const get = answers(409, { detail: "A colleague has saved this in the meantime." });
  autosave(document, get);
  type("Mine");
  await vi.runAllTimersAsync();
  type("Mine again");
  await vi.runAllTimersAsync();
  expect(get).toHaveBeenCalledTimes(1);
  expect(document.querySelector("[data-autosave-said]")!.textContent).toContain("A colleague has saved this");
  expect(document.querySelector("textarea")!.value).toBe("Mine again");
});

test("a line that is down loses nothing", async () => {
  autosave(document, vi.fn(() => Promise.reject(new Error("down"))) as unknown as typeof fetch);
  type("Mine");
  await vi.runAllTimersAsync();
  expect(document.querySelector("[data-autosave-said]")!.textContent).toContain("still here");
});

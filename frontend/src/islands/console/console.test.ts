import axe from "axe-core";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { NOBODY } from "../../live/floor";
import { FakeSocket, openFake } from "../../live/fake-socket";
import type { RoundNow } from "../../live/protocol";
import type { ConsoleProps, Move } from "./console.svelte";
import { mount } from "./index";

const round: RoundNow = { id: "r1", status: "talking", phase: "clarify", paused: false, secrecy: "blind", closes: null, agenda: "1", next: null };
const move = (button: string, more: Partial<Move> = {}): Move => ({ button, sentence: `It is done: ${button}.`, url: "/go/", asks: "", name: "until", near: false, rules: [], sends: {}, ...more });
const moves = [move("Go on to reactions", { sends: { leaving: "clarify" } }), move("Pause", { near: true }), move("Give it more time", { asks: "Until" })];
const props: ConsoleProps = {
  socketUrl: "/ws/",
  changesUrl: "/changes/",
  movesUrl: "/moves/",
  cursor: 40,
  round,
  turnout: [{ item: "M1", groups: [{ group: "c", name: "Community", took_part: 0, entitled: 7 }, { group: "a", name: "Agency", took_part: 0, entitled: 4 }] }],
  results: [],
  floor: NOBODY,
  ready: [],
  floorUrl: "/floor/",
  rule: [{ group: "c", needed: 4 }, { group: "a", needed: 2 }],
  course: [{ key: "clarify", label: "Questions", takes: "10 minutes" }, { key: "decide", label: "Vote", takes: "" }],
  moves,
  links: [{ label: "Decision note", url: "/note/" }],
  coming: "",
  titles: {},
};

let place: HTMLElement;
let sent: { url: string; body: FormData }[];
let answer: () => Response;
let offered: Move[];
let undo: () => void;

const serve = (async (url: string, init: RequestInit = {}) => {
  if (init.method !== "POST") return Response.json(url === "/moves/" ? { moves: offered, links: [], coming: "Community: 5 of 7 say they will come." } : { frames: [] });
  sent.push({ url: new URL(url).pathname, body: init.body as FormData });
  return answer();
}) as typeof fetch;
const button = (name: string) => [...place.querySelectorAll("button")].find((one) => one.textContent === name)!;
const settled = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  FakeSocket.all = [];
  sent = [];
  offered = moves;
  answer = () => Response.json({ said: "The round has moved on.", to: location.pathname });
  document.body.innerHTML = `<main><h1>Console</h1><div id="place"><input type="hidden" name="csrfmiddlewaretoken" value="token"></div></main>`;
  document.documentElement.lang = "en";
  place = document.getElementById("place")!;
  undo = mount(place, props, { openSocket: openFake, fetch: serve });
  FakeSocket.newest.accept();
});

afterEach(() => {
  undo();
  vi.useRealTimers();
});

test("a press sends what was seen and says what came of it", async () => {
  button("Go on to reactions").click();
  await settled();
  expect(Object.fromEntries(sent[0]!.body)).toEqual({ csrfmiddlewaretoken: "token", back: "console", leaving: "clarify" });
  expect(place.querySelector(".console-said")!.textContent).toBe("The round has moved on.");
});

test("a press that comes too late is answered in the server's words", async () => {
  answer = () => Response.json({ code: "round.moved_on", detail: "The round has moved on meanwhile." }, { status: 409 });
  button("Go on to reactions").click();
  await settled();
  expect(place.querySelector(".console-said")!.textContent).toBe("The round has moved on meanwhile.");
});

test("without a network nothing is done, and it says so", async () => {
  answer = () => {
    throw new TypeError("offline");
  };
  button("Pause").click();
  await settled();
  expect(place.querySelector(".console-said")!.textContent).toContain("Nothing was done; try again");
});

test("when the round moves, the moves follow; the button stays the same element and takes no press for a second", async () => {
  const first = button("Go on to reactions");
  first.focus();
  offered = [move("Open the vote")];
  FakeSocket.newest.hear({ t: "state", at: 41, round: { ...round, phase: "react" } });
  await settled();
  expect(first.textContent).toBe("Open the vote");
  expect(document.activeElement).toBe(first);
  first.click();
  await settled();
  expect(sent).toEqual([]);
  expect(first.getAttribute("aria-disabled")).toBe("true");
  await vi.advanceTimersByTimeAsync(1000);
  first.click();
  await settled();
  expect(sent).toHaveLength(1);
});

test("who had said to come is told beside who is here, as the server last knew it", async () => {
  expect(place.textContent).not.toContain("Beforehand");
  FakeSocket.newest.hear({ t: "state", at: 41, round: { ...round, phase: "react" } });
  await settled();
  expect(place.textContent).toContain("Beforehand: Community: 5 of 7 say they will come.");
});

test("two quick presses are one", async () => {
  button("Pause").click();
  button("Pause").click();
  await settled();
  expect(sent).toHaveLength(1);
});

test("it says who is here, and which group lacks how many", async () => {
  FakeSocket.newest.hear({ t: "state", at: 41, present: [{ group: "c", name: "Community", here: 3, seats: 7, needed: 4 }, { group: "a", name: "Agency", here: 0, seats: 4, needed: 2 }] });
  await settled();
  expect(place.querySelector('[data-group="c"]')!.textContent).toMatch(/1 more must be here\s*3 of 7/);
  expect(place.querySelector('[data-group="a"]')!.textContent).toContain("nobody is here");
  FakeSocket.newest.hear({ t: "state", at: 42, round: { ...round, status: "open", phase: "" } });
  await settled();
  expect(place.querySelector('[data-group="c"]')!.textContent).toMatch(/4 more must vote\s*3 of 7\s*0 of 7/);
  FakeSocket.newest.hear({ t: "state", at: 43, round: { ...round, status: "tallied", phase: "" } });
  await settled();
  expect(place.textContent, "once it is counted nobody must be here any more").not.toMatch(/must|nobody is here/);
});

const hand = (seat: string, name: string) => ({ seat, group: "c", name, since: "2026-03-27T14:00:00Z" });
const hands = (...names: string[]) => ({ ...NOBODY, waiting: names.map((name) => hand(name, name)), raised: names.length, why: "first" as const });

test("the first hand is called by the seat that is shown, for as long as was chosen", async () => {
  FakeSocket.newest.hear({ t: "state", at: 41, floor: hands("Community, seat C1", "Community, seat C2") });
  await settled();
  const length = place.querySelector("select")!;
  length.value = "120";
  length.dispatchEvent(new Event("change", { bubbles: true }));
  await settled();
  place.querySelector<HTMLButtonElement>('button[aria-label="Give the floor to Community, seat C1"]')!.click();
  expect(FakeSocket.newest.sent.at(-1)).toMatchObject({ t: "call", seat: "Community, seat C1", seconds: 120 });
  expect(place.textContent).toContain("raised a hand first");
});

test("hands that change places take no press for a second; one that joins at the end holds up nobody", async () => {
  const locked = () => place.querySelector(".console-hands button")!.getAttribute("aria-disabled");
  FakeSocket.newest.hear({ t: "state", at: 41, floor: hands("C1") });
  await settled();
  FakeSocket.newest.hear({ t: "state", at: 42, floor: hands("C1", "C2") });
  await settled();
  expect(locked()).toBe("false");
  FakeSocket.newest.hear({ t: "state", at: 43, floor: hands("A1", "C1", "C2") });
  await settled();
  expect(locked()).toBe("true");
  await vi.advanceTimersByTimeAsync(1000);
  expect(locked()).toBe("false");
});

test("a group that has not spoken is named once others have", async () => {
  const spoken = [{ group: "c", name: "Community", turns: 0, seconds: 0 }, { group: "a", name: "Agency", turns: 0, seconds: 0 }];
  FakeSocket.newest.hear({ t: "state", at: 41, floor: { ...NOBODY, spoken } });
  await settled();
  expect(place.textContent).not.toContain("has not spoken yet");
  FakeSocket.newest.hear({ t: "state", at: 42, floor: { ...NOBODY, spoken: [spoken[0]!, { ...spoken[1]!, turns: 1, seconds: 60 }] } });
  await settled();
  expect(place.querySelector('[data-group="c"]')!.textContent).toContain("has not spoken yet");
  expect(place.querySelector('[data-group="a"]')!.textContent).not.toContain("has not spoken yet");
});

test("axe finds nothing to object to", async () => {
  vi.useRealTimers();
  const { violations } = await axe.run(document.body, { rules: { "color-contrast": { enabled: false }, region: { enabled: false } } });
  expect(violations.map((one) => one.id)).toEqual([]);
});

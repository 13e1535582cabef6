import axe from "axe-core";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { NOBODY } from "../../live/floor";
import { FakeSocket, openFake } from "../../live/fake-socket";
import type { Floor, RoundNow } from "../../live/protocol";
import { mount } from "./index";
import type { RoomProps } from "./props";

const round: RoundNow = { id: "r1", status: "talking", phase: "clarify", paused: false, secrecy: "blind", closes: null, agenda: "1", next: null };
const since = "2026-03-27T14:00:00Z";
const hand = { seat: "s1", group: "c", name: "Community, seat C1", since };
const spoken = [{ group: "c", name: "Community", turns: 0, seconds: 0 }];
const props: RoomProps = {
  socketUrl: "/ws/",
  changesUrl: "/changes/",
  castUrl: "/cast/",
  reasonUrl: "/reasons/",
  floorUrl: "/floor/",
  cursor: 40,
  round,
  turnout: [],
  results: [],
  floor: { ...NOBODY, spoken },
  ready: [],
  rule: [],
  course: [],
  seat: "s1",
  voice: { seat: "s1", decides: true, ready: false },
  speaks: true,
  before: "",
  sitting: null,
  said: [{ proposal: "p1", title: "Loneliness", number: 2, url: "/said/", fields: [{ key: "", label: "The whole", count: 1 }, { key: "target", label: "Target", count: 0 }] }],
  ballots: [],
};
const comment = (id: string, field: string, words: string) => ({ id, field, words, on_number: 2, kind: "comment", group: "c", answers: null });
const made = (seq: number, field: string) => ({ seq, at: since, type: "comment.made", who: "Community", on: { proposal: "p1" }, data: { field } });

let place: HTMLElement;
let bar: HTMLElement;
let posts: { url: string; body: unknown }[];
let comments: object[];
let undo: () => void;

const serve = (async (url: string, init: RequestInit = {}) => {
  if (init.method !== "POST") return Response.json(url.startsWith("/said/") ? { items: comments, next: null } : { frames: [] });
  const body: unknown = init.body instanceof FormData ? Object.fromEntries(init.body) : JSON.parse(String(init.body));
  posts.push({ url, body });
  return url === "/said/" ? Response.json(comment("new", "target", "Too low."), { status: 201 }) : Response.json({ said: "Done." });
}) as typeof fetch;
const settled = () => vi.advanceTimersByTimeAsync(0);
const button = (name: string) => [...document.querySelectorAll("button")].find((one) => one.textContent?.trim() === name)!;
const heard = async (at: number, more: Partial<Floor> = {}, now: Partial<RoundNow> = {}) => {
  FakeSocket.newest.hear({ t: "state", at, round: { ...round, ...now }, floor: { ...NOBODY, spoken, ...more } });
  await settled();
};
const answered = async (frame: "done" | "refused", message = "") => {
  const id = String(FakeSocket.newest.sent.at(-1)!["id"]);
  FakeSocket.newest.hear(frame === "done" ? { t: "done", id } : { t: "refused", id, code: "no", message, fields: {} });
  await settled();
};

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  sessionStorage.clear();
  FakeSocket.all = [];
  posts = [];
  comments = [comment("one", "", "It matters.")];
  document.body.innerHTML = `<main><h1>Meeting</h1><div class="meeting" id="meeting">as the server wrote it</div><div id="place"><input name="csrfmiddlewaretoken" value="token"></div></main>`;
  place = document.getElementById("place")!;
  bar = document.getElementById("meeting")!;
  undo = mount(place, props, { openSocket: openFake, fetch: serve });
  FakeSocket.newest.accept();
});

afterEach(() => {
  undo();
  vi.useRealTimers();
});

test("a hand goes up by socket, and its place is said where the meeting is", async () => {
  button("Raise hand").click();
  expect(FakeSocket.newest.sent.at(-1)).toMatchObject({ t: "hand", up: true });
  await answered("done");
  await heard(41, { waiting: [hand], raised: 1, why: "alone" });
  expect(bar.textContent).toContain("You are next.");
  expect(button("Take hand down")).toBeDefined();
});

test("a button that has just become another one takes no press for a second, and stays the same element", async () => {
  const before = button("Raise hand");
  await heard(41, { waiting: [hand], raised: 1 });
  expect(before.textContent?.trim()).toBe("Take hand down");
  before.click();
  expect(FakeSocket.newest.sent.some((message) => message["t"] === "hand")).toBe(false);
  await vi.advanceTimersByTimeAsync(1000);
  before.click();
  expect(FakeSocket.newest.sent.at(-1)).toMatchObject({ t: "hand", up: false });
});

test("who has the floor ends the turn with the same button", async () => {
  await heard(41, { speaking: { ...hand, until: null } });
  await vi.advanceTimersByTimeAsync(1000);
  button("I have finished").click();
  expect(FakeSocket.newest.sent.at(-1)).toMatchObject({ t: "rest" });
});

test("without a socket it goes by the page's form", async () => {
  FakeSocket.newest.close();
  await settled();
  button("Raise hand").click();
  await settled();
  expect(posts.at(-1)).toEqual({ url: "/floor/", body: { csrfmiddlewaretoken: "token", say: "raise" } });
});

test("being ready is pressed in, and a new phase asks anew", async () => {
  button("Ready to move on").click();
  await answered("done");
  expect(button("Ready to move on").getAttribute("aria-pressed")).toBe("true");
  await heard(41, {}, { phase: "react" });
  expect(button("Ready to move on").getAttribute("aria-pressed")).toBe("false");
});

test("a refusal is said in the server's words and nothing is pressed in", async () => {
  button("Ready to move on").click();
  await answered("refused", "You have done this many times in a few minutes.");
  expect(bar.textContent).toContain("You have done this many times");
  expect(button("Ready to move on").getAttribute("aria-pressed")).toBe("false");
});

test("what is said about a text is counted, opened and added to without leaving the room", async () => {
  const talk = place.querySelector<HTMLDetailsElement>(".talk")!;
  expect(talk.querySelector("summary")!.textContent).toBe("What is said about Loneliness: 1");
  FakeSocket.newest.hear({ t: "entries", from: 40, to: 42, items: [made(41, "target")] });
  await settled();
  expect(talk.querySelectorAll(".talk-field > summary")[1]!.textContent).toBe("Target: 1");
  talk.open = true;
  talk.dispatchEvent(new Event("toggle"));
  await settled();
  expect(talk.textContent).toContain("It matters.");
  const field = talk.querySelector<HTMLTextAreaElement>('textarea[id="say-p1:target"]')!;
  field.value = "Too low.";
  field.dispatchEvent(new Event("input", { bubbles: true }));
  await settled();
  expect(Object.values(sessionStorage)).toContain("Too low.");
  field.form!.requestSubmit();
  await settled();
  expect(posts.at(-1)).toEqual({ url: "/said/", body: { words: "Too low.", field: "target", on_number: 2 } });
  expect(field.value).toBe("");
  expect(talk.textContent).toContain("It is said. Everybody can read it.");
  expect(talk.textContent).toContain("Too low.");
});

test("what others say comes in below what stands, for who has it open", async () => {
  const talk = place.querySelector<HTMLDetailsElement>(".talk")!;
  talk.open = true;
  talk.dispatchEvent(new Event("toggle"));
  await settled();
  const first = talk.querySelector("li")!;
  comments = [...comments, comment("two", "", "Who says so?")];
  FakeSocket.newest.hear({ t: "entries", from: 40, to: 42, items: [made(41, "")] });
  await vi.advanceTimersByTimeAsync(2000);
  expect([...talk.querySelectorAll("li")].map((one) => one.lastElementChild!.textContent)).toEqual(["It matters.", "Who says so?"]);
  expect(talk.querySelector("li")).toBe(first);
});

test("axe finds nothing to object to", async () => {
  vi.useRealTimers();
  for (const fold of place.querySelectorAll("details")) fold.open = true;
  const { violations } = await axe.run(document.body, { rules: { "color-contrast": { enabled: false }, region: { enabled: false } } });
  expect(violations.map((one) => one.id)).toEqual([]);
});

import axe from "axe-core";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { NOBODY } from "../../live/floor";
import { FakeSocket, openFake } from "../../live/fake-socket";
import type { ItemResult, RoundNow } from "../../live/protocol";
import { mount } from "./index";
import type { RoomProps } from "./props";

const round: RoundNow = { id: "r1", status: "open", phase: "", paused: false, secrecy: "blind", closes: null, agenda: "1", next: null };
const yesNo = [
  { value: "for", label: "Yes" },
  { value: "against", label: "No" },
];
const receipt = { item: "M1", choice: "for", log: "l1", seq: 41, leaf_hash: "ab".repeat(32), checkpoint: "", salt: "" };
const result: ItemResult = {
  item: "M1",
  outcome: "agreed",
  verdict: "Agreed by both groups.",
  state: "agreed",
  state_words: "Agreed",
  winners: [],
  ties: [],
  stages: [],
  rows: [
    { name: "Community", choices: [{ kind: "for", label: "for", count: 5 }], apart: [], took_part: 5, entitled: 7, sentence: "All for.", threshold: 0.5, state: "agreed", state_words: "agreed", overall: false },
  ],
};

function given(more: Partial<RoomProps> = {}): RoomProps {
  return {
    socketUrl: "/ws/r1/",
    changesUrl: "/changes/",
    castUrl: "/cast/",
    reasonUrl: "/why/",
    seat: "s1",
    cursor: 40,
    round,
    turnout: [{ item: "M1", groups: [{ group: "c", name: "Community", took_part: 0, entitled: 7 }] }],
    results: [],
    floor: NOBODY,
    ready: [],
    floorUrl: "/floor/",
    voice: null,
    speaks: true,
    said: [],
    course: [{ key: "decide", label: "Vote", takes: "" }],
    before: "",
    sitting: null,
    rule: [{ group: "c", needed: 2 }],
    ballots: [{ item: "M1", title: "Count them?", words: "", kind: "choice", choices: yesNo, aside: [], numbers: [], low: "", high: "", last: "", earlier: "", before: null, why: "", own: null }],
    ...more,
  };
}

const form = (name: string) => `<form data-ballot="${name}"><input type="hidden" name="csrfmiddlewaretoken" value="token">
  <input type="radio" name="choice" id="${name}-for" value="for"><input type="radio" name="choice" id="${name}-against" value="against"><div class="buttons"><button>Send</button></div></form>`;

let place: HTMLElement;
let posts: { url: string; body: Record<string, unknown>; csrf: string }[];
let answer: () => Response;
let undo: () => void;

const serve = (async (url: string, init: RequestInit) => {
  if (init.method !== "POST") return Response.json({ frames: [] });
  posts.push({ url, body: JSON.parse(String(init.body)), csrf: new Headers(init.headers).get("X-CSRFToken") ?? "" });
  return answer();
}) as typeof fetch;

const start = (props: RoomProps = given()) => (undo = mount(place, props, { openSocket: openFake, fetch: serve }));
const radio = (value: string) => place.querySelector<HTMLInputElement>(`input[value="${value}"]`)!;
const press = () => place.querySelector<HTMLButtonElement>("form .buttons button")!.click();
const settled = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  sessionStorage.clear();
  FakeSocket.all = [];
  posts = [];
  answer = () => Response.json({ receipt });
  document.body.innerHTML = `<main><h1>Meeting</h1><div id="place">${form("M1")}</div></main>`;
  document.documentElement.lang = "en";
  place = document.getElementById("place")!;
});

afterEach(() => {
  undo();
  vi.useRealTimers();
});

test("what was chosen and focused before the island came stays so", () => {
  radio("against").checked = true;
  radio("against").focus();
  start();
  expect(radio("against").checked).toBe(true);
  expect(document.activeElement).toBe(radio("against"));
});

test("what exactly is voted on stays above the choices of its ballot, open as it was", () => {
  place.querySelector("form")!.insertAdjacentHTML("afterbegin", '<details class="ballot-text" open><summary>What exactly</summary>People of 11 and over</details>');
  const text = place.querySelector("details")!;
  text.tabIndex = 0; // in a browser its summary has the focus
  text.focus();
  start();
  expect(document.activeElement).toBe(text);
  expect(place.querySelector("fieldset .ballot-text")).toBe(text);
  expect(text.open).toBe(true);
  expect(text.compareDocumentPosition(radio("for"))).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
});

test("a vote goes by socket and its receipt is shown", async () => {
  start();
  FakeSocket.newest.accept();
  radio("for").click();
  press();
  await settled();
  const cast = FakeSocket.newest.sent[1]!;
  expect(cast).toMatchObject({ t: "cast", item: "M1", choice: "for" });
  FakeSocket.newest.hear({ t: "receipt", id: String(cast["id"]), receipt });
  await settled();
  expect(place.textContent).toContain("Your vote is recorded. You can change it until the vote closes. You chose: Yes.");
  expect(place.textContent).toContain(receipt.leaf_hash);
  expect(posts).toEqual([]);
});

test("that somebody else voted from this seat is told, and not what, until one votes oneself", async () => {
  const [ballot] = given().ballots;
  start(given({ ballots: [{ ...ballot!, earlier: "Your seat voted on this before you held it: entry 40." }] }));
  expect(place.querySelector("fieldset")!.textContent).toContain("before you held it: entry 40");
  expect(place.querySelector("input:checked")).toBeNull();
  expect(place.querySelector("form .buttons")!.textContent).toContain("Send my vote");
  radio("against").click();
  press();
  await vi.waitFor(() => expect(place.textContent).toContain("You chose: No."));
  expect(place.querySelector("fieldset")!.textContent).not.toContain("before you held it");
});

test("without a socket the vote goes by POST, with the page's token", async () => {
  start();
  radio("for").click();
  press();
  await settled();
  expect(posts[0]).toMatchObject({ url: "/cast/", csrf: "token", body: { round: "r1", item: "M1", choice: "for" } });
  await vi.waitFor(() => expect(place.textContent).toContain("Your vote is recorded."));
});

test("a socket that does not answer is followed by a POST under the same key", async () => {
  start();
  FakeSocket.newest.accept();
  radio("for").click();
  press();
  await vi.advanceTimersByTimeAsync(6000);
  expect(posts[0]!.body["key"]).toBe(FakeSocket.newest.sent[1]!["key"]);
});

test("a vote that was under way when the line broke goes by POST at once", async () => {
  start();
  FakeSocket.newest.accept();
  radio("for").click();
  press();
  await settled();
  FakeSocket.newest.close();
  await settled();
  expect(posts[0]!.body["key"]).toBe(FakeSocket.all[0]!.sent[1]!["key"]);
  await vi.waitFor(() => expect(place.textContent).toContain("Your vote is recorded."));
});

test("a refusal is said in the server's words and the choice stays", async () => {
  answer = () => Response.json({ code: "ballot.not_entitled", detail: "Your seat was vacated. Ask Orla Devane." }, { status: 403 });
  start();
  radio("for").click();
  press();
  await vi.waitFor(() => expect(place.textContent).toContain("Your seat was vacated. Ask Orla Devane."));
  expect(radio("for").checked).toBe(true);
});

test("sending nothing says what to do", async () => {
  start();
  press();
  await settled();
  expect(place.textContent).toContain("Choose an answer first.");
  expect(posts).toEqual([]);
});

test("turnout moves while the ballot under the hand stays the same element", async () => {
  start();
  FakeSocket.newest.accept();
  const [before, ballot] = [radio("for"), place.querySelector("form")];
  before.click();
  FakeSocket.newest.hear({ t: "state", at: 44, turnout: [{ item: "M1", groups: [{ group: "c", name: "Community", took_part: 3, entitled: 7 }] }] });
  await settled();
  expect(place.querySelector('[data-group="c"]')!.textContent).toContain("3 of 7");
  expect(place.querySelector("form")).toBe(ballot);
  expect(radio("for")).toBe(before);
  expect(before.checked).toBe(true);
});

test("a half-made choice survives a lost line and a reload", async () => {
  start();
  FakeSocket.newest.accept();
  radio("against").click();
  FakeSocket.newest.close();
  await settled();
  expect(radio("against").checked).toBe(true);
  undo();
  place.innerHTML = form("M1");
  start();
  expect(radio("against").checked).toBe(true);
});

test("a recorded vote leaves no draft behind", async () => {
  start();
  radio("for").click();
  expect(sessionStorage).toHaveLength(1);
  press();
  await vi.waitFor(() => expect(sessionStorage).toHaveLength(0));
});

test("a lost line is said politely, and so is its return", async () => {
  start();
  FakeSocket.newest.accept();
  FakeSocket.newest.close();
  const live = place.querySelector(".live")!;
  await vi.waitFor(() => expect(live.textContent).toContain("Live updates are delayed. You can vote as usual."));
  expect(live.getAttribute("aria-live")).toBe("polite");
  await vi.advanceTimersByTimeAsync(600);
  FakeSocket.newest.accept();
  await settled();
  expect(live.textContent).toContain("Live updates are back.");
});

test("a server that hears late says so too", async () => {
  start();
  FakeSocket.newest.accept();
  FakeSocket.newest.hear({ t: "state", at: 41, live: "delayed" });
  await settled();
  expect(place.textContent).toContain("Live updates are delayed.");
});

test("at closing the ballot locks where it stands; the result comes below it", async () => {
  start();
  FakeSocket.newest.accept();
  radio("for").click();
  FakeSocket.newest.hear({ t: "state", at: 50, round: { ...round, status: "closed" } });
  await settled();
  expect(radio("for").disabled).toBe(true);
  expect(place.textContent).toContain("closed before your last choice was sent");
  FakeSocket.newest.hear({ t: "state", at: 52, round: { ...round, status: "tallied" }, results: [result] });
  await settled();
  expect(place.textContent).toContain("Agreed by both groups.");
  const order = place.querySelector("form")!.compareDocumentPosition(place.querySelector(".results")!);
  expect(order & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy();
});

test("a round that opens lets the waiting page vote", async () => {
  start(given({ round: { ...round, status: "draft" } }));
  FakeSocket.newest.accept();
  expect(radio("for").disabled).toBe(true);
  FakeSocket.newest.hear({ t: "state", at: 41, round });
  await settled();
  expect(radio("for").disabled).toBe(false);
  expect(place.textContent).toContain("The vote is open.");
});

test("the page's own sentence follows the round once it has moved on, and not before", async () => {
  const sentence = document.createElement("p");
  sentence.className = "sentence";
  sentence.textContent = "1 question. Questions are asked.";
  document.querySelector("h1")!.after(sentence);
  const talking: RoundNow = { ...round, status: "talking", phase: "clarify" };
  start(given({ round: talking }));
  FakeSocket.newest.accept();
  FakeSocket.newest.hear({ t: "state", at: 41, round: { ...talking, paused: true } });
  await settled();
  expect(sentence.textContent).toBe("1 question. Questions are asked.");
  FakeSocket.newest.hear({ t: "state", at: 42, round });
  await settled();
  expect(sentence.textContent).toBe("The vote is open.");
});

test("changed questions are announced, never swapped", async () => {
  start();
  FakeSocket.newest.accept();
  FakeSocket.newest.hear({ t: "state", at: 41, round: { ...round, agenda: "2" } });
  await settled();
  expect(place.querySelector(".live")!.textContent).toContain("The questions have changed.");
  expect(place.querySelector("legend")!.textContent).toBe("Count them?");
});

test("a gap is asked for and filled", async () => {
  start();
  FakeSocket.newest.accept();
  const asked = vi.fn();
  undo();
  undo = mount(place, given(), {
    openSocket: openFake,
    fetch: (async (url: string) => {
      asked(url);
      return Response.json({ frames: [{ t: "entries", from: 40, to: 45, items: [] }] });
    }) as typeof fetch,
  });
  FakeSocket.newest.accept();
  FakeSocket.newest.hear({ t: "entries", from: 43, to: 45, items: [] });
  await settled();
  expect(asked).toHaveBeenCalledWith("/changes/?from=40");
});

test("who may not vote sees turnout and no ballot", () => {
  start(given({ seat: null }));
  expect(place.querySelector("form")).toBeNull();
  expect(place.textContent).toContain("Who has voted");
});

test("nine steps and 'cannot say' are one group of radio buttons", () => {
  const steps = Array.from({ length: 9 }, (_, at) => ({ value: String(at + 1), label: String(at + 1) }));
  const rated = { item: "M2", title: "Does it matter?", words: "", kind: "rating" as const, choices: steps, aside: [{ value: "unable", label: "I cannot say" }], numbers: [], low: "1: no", high: "9: yes", last: "", earlier: "", before: null, why: "", own: { choice: "7", receipt } };
  start(given({ ballots: [rated] }));
  expect(place.querySelectorAll('.rating input[type="radio"]')).toHaveLength(9);
  expect(radio("7").checked).toBe(true);
  radio("unable").click();
  expect(radio("7").checked).toBe(false);
});

test("axe finds nothing to object to", async () => {
  vi.useRealTimers();
  start(given({ results: [result] }));
  const { violations } = await axe.run(document.body, { rules: { "color-contrast": { enabled: false }, region: { enabled: false } } });
  expect(violations.map((one) => one.id)).toEqual([]);
});

const ranked = { item: "M1", title: "Which?", words: "Give each a number.", kind: "ranking" as const, choices: ["A", "B"].map((value) => ({ value, label: `${value}: a text` })), aside: [{ value: "abstain", label: "I abstain" }], numbers: [], low: "", high: "", last: "", earlier: "", before: null, why: "", own: null };
const button = (name: string) => place.querySelector<HTMLButtonElement>(`button[aria-label="${name}"]`)!;
const number = (name: string) => place.querySelector<HTMLInputElement>(`input[name="place:${name}"]`)!;

test("a ranking is made with buttons alone, and said back", async () => {
  start(given({ ballots: [ranked] }));
  button("Move B up").click();
  button("Move A up").click();
  await settled();
  expect([number("A").value, number("B").value]).toEqual(["2", "1"]);
  expect(place.textContent).toContain("A is now at place 2.");
  press();
  await settled();
  expect(posts[0]!.body).toMatchObject({ item: "M1", choice: "B>A" });
  expect(place.textContent).toContain("You chose: 1. B and 2. A.");
});

test("a ranking can be typed as numbers, and abstaining takes it back", async () => {
  start(given({ ballots: [ranked] }));
  number("A").value = "1";
  number("A").dispatchEvent(new Event("input", { bubbles: true }));
  await settled();
  radio("abstain").click();
  await settled();
  expect(number("A").value).toBe("");
  press();
  await settled();
  expect(posts[0]!.body).toMatchObject({ choice: "abstain" });
});

test("ticks and scores are sent as the rule spells them", async () => {
  const numbers = ["1", "0"].map((value) => ({ value, label: value }));
  start(given({ ballots: [{ ...ranked, kind: "approvals" }, { ...ranked, item: "M2", kind: "scores", numbers }] }));
  radio("B").click();
  press();
  const select = place.querySelector<HTMLSelectElement>('select[name="score:A"]')!;
  select.value = "1";
  select.dispatchEvent(new Event("change", { bubbles: true }));
  await settled();
  place.querySelectorAll<HTMLButtonElement>(".buttons button")[1]!.click();
  await settled();
  expect(posts.map((post) => post.body["choice"])).toEqual(["B", "A:1"]);
});

test("what was ranked before the island came stays so", () => {
  place.innerHTML = `<form data-ballot="M1"><input type="number" name="place:A" id="M1-1"><input type="number" name="place:B" id="M1-2"><div class="buttons"><button>Send</button></div></form>`;
  number("A").value = "2";
  number("B").value = "1";
  number("B").focus();
  start(given({ ballots: [ranked] }));
  expect([number("A").value, number("B").value]).toEqual(["2", "1"]);
  expect(document.activeElement).toBe(number("B"));
});

test("ballots among alternatives are accessible", async () => {
  start(given({ ballots: [ranked, { ...ranked, item: "M2", kind: "approvals" }, { ...ranked, item: "M3", kind: "scores", numbers: [{ value: "1", label: "1" }] }] }));
  vi.useRealTimers();
  const { violations } = await axe.run(document.body, { rules: { "color-contrast": { enabled: false }, region: { enabled: false } } });
  expect(violations).toEqual([]);
});

test("of a secret round small numbers are not told, nor whether they are enough", async () => {
  start();
  FakeSocket.newest.accept();
  FakeSocket.newest.hear({ t: "state", at: 42, turnout: [{ item: "M1", groups: [{ group: "c", name: "Community", took_part: null, entitled: 7 }] }] });
  await settled();
  expect(place.textContent).toContain("shown once counted");
  expect(place.textContent).not.toContain("more needed");
  expect(place.textContent).not.toContain("of 7");
});

test("how many must take part stands beside the turnout, with a tick as soon as enough do", async () => {
  start();
  expect(place.textContent).toContain("○ 2 more needed");
  FakeSocket.newest.accept();
  FakeSocket.newest.hear({ t: "state", at: 42, turnout: [{ item: "M1", groups: [{ group: "c", name: "Community", took_part: 2, entitled: 7 }] }] });
  await settled();
  expect(place.textContent).toContain("✓ enough take part");
});

test("what the groups said stands above the ballot, in words, and one's own answer beside the choice", async () => {
  const rows = [{ ...result.rows[0]!, name: "Agency and Providers", sentence: "Ratings: 2 × 6, 4 × 8.", state: "", state_words: "" }];
  const [ballot] = given().ballots;
  place.insertAdjacentHTML("beforebegin", "<h2>Your vote</h2>"); // as on the page
  start(given({ before: "A manager sees no more than a member.", ballots: [{ ...ballot!, last: "Last time you said: 4", before: { rows, empty: "", why: [{ words: "Too often.", who: "Agency and Providers" }], whyWords: "1 reason" } }] }));
  const said = place.querySelector("section.feedback")!;
  expect(said.textContent).toContain("Agency and Providers");
  expect(said.textContent).toContain("Ratings: 2 × 6, 4 × 8.");
  expect(said.textContent).toContain("Too often.");
  expect(said.compareDocumentPosition(place.querySelector("form")!)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
  expect(place.querySelector("fieldset")!.textContent).toContain("Last time you said: 4");
  expect(place.textContent).toContain("no more than a member");
  vi.useRealTimers();
  const { violations } = await axe.run(document.body, { rules: { "color-contrast": { enabled: false }, region: { enabled: false } } });
  expect(violations.map((one) => one.id)).toEqual([]);
});

test("who watches without a vote reads what the groups said, and finds the way to the next round", async () => {
  const [ballot] = given().ballots;
  start(given({ seat: null, before: "Round 1.", ballots: [{ ...ballot!, before: { rows: [], empty: "Fewer than five answered.", why: [], whyWords: "" } }] }));
  expect(place.textContent).toContain("Fewer than five answered.");
  expect(place.querySelector("form")).toBeNull();
  FakeSocket.newest.hear({ t: "state", at: 42, round: { ...round, status: "tallied", next: "r2" } });
  await settled();
  expect(place.querySelector(".notice a")).not.toBeNull();
});

const area = () => place.querySelector<HTMLTextAreaElement>("textarea")!;
const write = (words: string) => {
  area().value = words;
  area().dispatchEvent(new Event("input", { bubbles: true }));
};

test("a reason goes with the vote and alone afterwards; the vote is not sent twice", async () => {
  answer = () => Response.json(posts.at(-1)!.url === "/why/" ? { words: posts.at(-1)!.body["words"] } : { receipt });
  start();
  write("Twice a week is too often.");
  press();
  await settled();
  expect(place.textContent).toContain("Choose an answer first.");
  expect(posts).toEqual([]);
  radio("for").click();
  press();
  await settled();
  await settled();
  expect(posts.map((one) => one.url)).toEqual(["/cast/", "/why/"]);
  expect(posts[1]!.body).toEqual({ item: "M1", words: "Twice a week is too often." });
  expect(place.textContent).toContain("Your reason is kept.");
  write("");
  press();
  await settled();
  expect(posts.map((one) => one.url)).toEqual(["/cast/", "/why/", "/why/"]);
  expect(place.textContent).not.toContain("Your reason is kept.");
});

test("a reason half written outlives a reload, and what was written before the island came stays", async () => {
  start();
  write("They are on their");
  undo();
  start();
  expect(area().value).toBe("They are on their");
  undo();
  sessionStorage.clear();
  place.innerHTML = form("M1").replace("</form>", '<textarea name="why"></textarea></form>');
  area().value = "own after school";
  start();
  expect(area().value).toBe("own after school");
});

const steps = Array.from({ length: 9 }, (_, at) => ({ value: String(at + 1), label: String(at + 1) }));
const rating = (n: number, own: string | null = null) => ({
  ...given().ballots[0]!, item: `R${n}`, title: `Measure ${n}`, kind: "rating" as const, choices: steps,
  own: own ? { choice: own, receipt: { ...receipt, item: `R${n}`, choice: own } } : null,
});
const standing = () => [...place.querySelectorAll<HTMLElement>("form[data-ballot]")].filter((one) => !one.closest("details")).map((one) => one.dataset["ballot"]);

test("of many ratings seven stand at once, from the first unanswered one, and answered ones can be changed", async () => {
  const ballots = Array.from({ length: 16 }, (_, at) => rating(at + 1, at < 2 ? "5" : null));
  start(given({ ballots, sitting: { atOnce: 7, seconds: 20 } }));
  expect(place.textContent).toContain("2 of 16 answered, about 20 seconds each.");
  expect(standing()).toEqual(["R3", "R4", "R5", "R6", "R7", "R8", "R9"]);
  for (const item of standing()) {
    const form = place.querySelector<HTMLElement>(`form[data-ballot="${item}"]`)!;
    answer = () => Response.json({ receipt: { ...receipt, item, choice: "7" } });
    form.querySelector<HTMLInputElement>('input[value="7"]')!.click();
    form.querySelector<HTMLButtonElement>(".buttons button")!.click();
    await settled();
    await settled();
  }
  expect(posts).toHaveLength(7);
  expect(place.textContent).toContain("9 of 16 answered");
  expect(standing()).toEqual(["R3", "R4", "R5", "R6", "R7", "R8", "R9"]); // nothing moves under the hand
  const goOn = [...place.querySelectorAll("button")].find((one) => one.textContent?.includes("Go on with the next 7"))!;
  goOn.click();
  await settled();
  await settled();
  expect(standing()).toEqual(["R10", "R11", "R12", "R13", "R14", "R15", "R16"]);
  expect(document.activeElement?.closest<HTMLElement>("form")?.dataset["ballot"]).toBe("R10");
  const changed = place.querySelector<HTMLElement>('details form[data-ballot="R3"]')!;
  expect(changed.textContent).toContain("You chose: 7.");
  expect(changed.querySelector<HTMLInputElement>('input[value="7"]')!.checked).toBe(true);
});

test("who has answered everything is told so and can change it", () => {
  start(given({ ballots: Array.from({ length: 8 }, (_, at) => rating(at + 1, "4")), sitting: { atOnce: 7, seconds: 20 } }));
  expect(place.textContent).toContain("All 8 answered.");
  expect(standing()).toEqual([]);
  expect(place.querySelectorAll("details form[data-ballot]")).toHaveLength(8);
});

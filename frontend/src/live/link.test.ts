import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { wait } from "./backoff";
import { FakeSocket, openFake } from "./fake-socket";
import { Link, type LinkStatus } from "./link";
import type { ServerMessage } from "./protocol";

let said: LinkStatus[];
let heard: ServerMessage[];
let asked: string[];
let reachable: boolean;
let link: Link;

const answers: ServerMessage[] = [{ t: "entries", from: 5, to: 6, items: [] }];
const fetchChanges = (async (url: string) => {
  asked.push(url);
  if (!reachable) throw new TypeError("unreachable");
  return Response.json({ frames: answers });
}) as typeof fetch;

beforeEach(() => {
  vi.useFakeTimers();
  FakeSocket.all = [];
  [said, heard, asked, reachable] = [[], [], [], true];
  link = new Link({
    socketUrl: "ws://here/room",
    changesUrl: "/changes",
    cursor: () => 5,
    onFrame: (frame) => heard.push(frame),
    onStatus: (status) => said.push(status),
    openSocket: openFake,
    fetch: fetchChanges,
  });
});

afterEach(() => {
  link.close();
  vi.useRealTimers();
});

test("on opening it resumes from where the page stands", () => {
  FakeSocket.newest.accept();
  expect(FakeSocket.newest.sent).toEqual([{ t: "resume", from: 5 }]);
  expect(said).toEqual(["connecting", "live"]);
});

test("frames are passed on as they come", () => {
  FakeSocket.newest.accept();
  FakeSocket.newest.hear({ t: "state", at: 9 });
  expect(heard).toEqual([{ t: "state", at: 9 }]);
});

test("while the socket is away, changes are fetched and the page says so", async () => {
  FakeSocket.newest.accept();
  FakeSocket.newest.close();
  await vi.advanceTimersByTimeAsync(0);
  expect(asked).toEqual(["/changes?from=5"]);
  expect(heard).toEqual(answers);
  expect(said.at(-1)).toBe("delayed");
});

test("without any network it says offline and keeps trying", async () => {
  reachable = false;
  FakeSocket.newest.close();
  await vi.advanceTimersByTimeAsync(0);
  expect(said.at(-1)).toBe("offline");
  await vi.advanceTimersByTimeAsync(1000);
  expect(FakeSocket.all.length).toBeGreaterThan(1);
});

test("when the socket is back it resumes and stops fetching", async () => {
  FakeSocket.newest.close();
  await vi.advanceTimersByTimeAsync(600);
  FakeSocket.newest.accept();
  const before = asked.length;
  await vi.advanceTimersByTimeAsync(20_000);
  expect(asked.length).toBe(before);
  expect(said.at(-1)).toBe("live");
  expect(FakeSocket.newest.sent).toEqual([{ t: "resume", from: 5 }]);
});

test("a socket that never answers is given up", async () => {
  await vi.advanceTimersByTimeAsync(10_000);
  expect(FakeSocket.all[0]!.readyState).toBe(WebSocket.CLOSED);
});

test("the network coming back is not waited for", async () => {
  reachable = false;
  FakeSocket.newest.close();
  const before = FakeSocket.all.length;
  dispatchEvent(new Event("online"));
  expect(FakeSocket.all.length).toBe(before + 1);
});

test("where the server lets nobody in, it does not come back and says so", async () => {
  FakeSocket.newest.accept();
  FakeSocket.newest.close(4404);
  await vi.advanceTimersByTimeAsync(120_000);
  expect(said.at(-1)).toBe("shut");
  expect(FakeSocket.all).toHaveLength(1);
  expect(asked).toEqual([]);
});

test("nothing is sent into a closed socket", () => {
  expect(link.send({ t: "resume", from: 1 })).toBe(false);
});

test("a gap that shows while another is being filled is asked for afterwards, not at once", async () => {
  const both = Promise.all([link.ask(3), link.ask(4)]);
  expect(asked).toEqual(["/changes?from=3"]);
  await both;
  expect(asked).toEqual(["/changes?from=3", "/changes?from=5"]);
});

test("after closing nothing comes back", async () => {
  link.close();
  await vi.advanceTimersByTimeAsync(120_000);
  expect(FakeSocket.all).toHaveLength(1);
  expect(asked).toEqual([]);
});

test("waiting doubles up to half a minute and is never nothing", () => {
  expect(wait(0, () => 0)).toBe(250);
  expect(wait(3, () => 1)).toBe(4000);
  expect(wait(50, () => 1)).toBe(30_000);
});

import { expect, test } from "vitest";
import { left, leftWords, told } from "./countdown";

const MINUTE = 60_000;

test("time is left by the server's clock, whatever the device thinks", () => {
  const closes = "2026-03-27T14:10:00Z";
  const now = Date.parse("2026-03-27T13:05:00Z");
  expect(left(closes, now, 60 * MINUTE)).toBe(5 * MINUTE);
  expect(left(closes, now, 70 * MINUTE)).toBe(0);
});

test("minutes and seconds, hours and minutes, and no number of days", () => {
  expect([0, 1, 9_000, 272_000, 65 * MINUTE, 25 * 60 * MINUTE].map(leftWords)).toEqual(["0:00", "0:01", "0:09", "4:32", "1 h 05 min", ""]);
});

test("it is spoken at five minutes and at one, and at no other moment", () => {
  const seconds = Array.from({ length: 601 }, (_, step) => (600 - step) * 1000);
  const said = seconds.slice(1).map((now, at) => told(seconds[at]!, now)).filter(Boolean);
  expect(said).toEqual(["5 minutes are left.", "One minute is left."]);
});

test("a device that slept through both moments says the later only, and nothing when the time is over", () => {
  expect(told(10 * MINUTE, 30_000)).toBe("One minute is left.");
  expect(told(10 * MINUTE, 0)).toBe("");
});

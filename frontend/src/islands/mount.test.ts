import { expect, test, vi } from "vitest";
import { mountIslands, type IslandModule } from "./mount";

function page(html: string): HTMLElement {
  document.body.innerHTML = html;
  return document.body;
}

test("an island gets its place and its values, once", async () => {
  const mount = vi.fn(() => () => undefined);
  const loaders = { "./room/index.ts": async (): Promise<IslandModule> => ({ mount }) };
  const body = page(`<div data-island="room" data-props='{"a": 1}'><form></form></div>`);
  await mountIslands(body, loaders);
  await mountIslands(body, loaders);
  expect(mount).toHaveBeenCalledTimes(1);
  expect(mount).toHaveBeenCalledWith(body.firstElementChild, { a: 1 });
});

test("an island that fails leaves the form as it was", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const loaders = { "./room/index.ts": async (): Promise<IslandModule> => ({ mount: () => { throw new Error("no"); } }) };
  const body = page(`<div data-island="room" data-props="{}"><form id="kept"></form></div><div data-island="unknown"></div>`);
  await mountIslands(body, loaders);
  expect(document.getElementById("kept")).not.toBeNull();
});

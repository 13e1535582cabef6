import { flushSync, mount as mountComponent, unmount } from "svelte";
import Meeting from "./Meeting.svelte";
import type { RoomProps } from "./props";
import type { Wire } from "../../live/watch.svelte";
import { Room } from "./room.svelte";
import RoomView from "./RoomView.svelte";
import { readForms, restoreFocus } from "./takeover";

/** Takes over the server's ballot forms: what was chosen and focused there stays chosen and focused. */
export function mount(place: HTMLElement, given: unknown, wire: Wire = {}): () => void {
  const props = given as RoomProps;
  const handled = readForms(place);
  const language = document.documentElement.lang || "en";
  const room = new Room(props, handled.csrf, language, wire);
  const view = document.createElement("div");
  const component = mountComponent(RoomView, { target: view, props: { props, room, chosen: handled.chosen, written: handled.written, texts: handled.texts } });
  place.replaceChildren(view);
  const bar = document.getElementById("meeting");
  bar?.replaceChildren();
  const meeting = bar && mountComponent(Meeting, { target: bar, props: { props, watch: room.watch } });
  flushSync(); // what is taken along has its place before it gets the focus back
  restoreFocus(place, handled.focus);
  return () => {
    room.close();
    void unmount(component);
    if (meeting) void unmount(meeting);
  };
}

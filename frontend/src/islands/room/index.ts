import { mount as mountComponent, unmount } from "svelte";
import type { RoomProps } from "./props";
import { Room, type Wire } from "./room.svelte";
import RoomView from "./RoomView.svelte";
import { readForms, restoreFocus } from "./takeover";

/** Takes over the server's ballot forms: what was chosen and focused there stays chosen and focused. */
export function mount(place: HTMLElement, given: unknown, wire: Wire = {}): () => void {
  const props = given as RoomProps;
  const handled = readForms(place);
  const room = new Room(props, handled.csrf, wire);
  const language = document.documentElement.lang || "en";
  const view = document.createElement("div");
  const component = mountComponent(RoomView, { target: view, props: { props, room, chosen: handled.chosen, written: handled.written, language } });
  place.replaceChildren(view);
  restoreFocus(place, handled.focus);
  return () => {
    room.close();
    void unmount(component);
  };
}

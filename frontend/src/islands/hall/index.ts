import { mount as mountComponent, unmount } from "svelte";
import { Watch, type Watched, type Wire } from "../../live/watch.svelte";
import HallView from "./HallView.svelte";

export interface HallProps extends Watched {
  /** The questions, by item. */
  titles: Record<string, string>;
}

/** Keeps the view for the hall up to date. */
export function mount(place: HTMLElement, given: unknown, wire: Wire = {}): () => void {
  const props = given as HallProps;
  const watch = new Watch(props, document.documentElement.lang || "en", "", wire);
  const view = document.createElement("div");
  const component = mountComponent(HallView, { target: view, props: { props, watch } });
  place.replaceChildren(view);
  return () => {
    watch.close();
    void unmount(component);
  };
}

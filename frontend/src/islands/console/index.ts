import { mount as mountComponent, unmount } from "svelte";
import type { Wire } from "../../live/watch.svelte";
import { Console, type ConsoleProps } from "./console.svelte";
import ConsoleView from "./ConsoleView.svelte";

/** Takes the place of the server's console: the same moves, and what happens in the hall as it happens. */
export function mount(place: HTMLElement, given: unknown, wire: Wire = {}): () => void {
  const props = given as ConsoleProps;
  const csrf = place.querySelector<HTMLInputElement>('input[name="csrfmiddlewaretoken"]')?.value ?? "";
  const console = new Console(props, csrf, document.documentElement.lang || "en", wire);
  const view = document.createElement("div");
  const component = mountComponent(ConsoleView, { target: view, props: { props, console } });
  place.replaceChildren(view);
  return () => {
    console.close();
    void unmount(component);
  };
}

import { mount as mountComponent, unmount } from "svelte";
import MatrixView from "./MatrixView.svelte";
import type { MatrixProps } from "./story";

/** Takes the place of the server's drawing: the same picture, on any day, with what moved each measure beside it. */
export function mount(place: HTMLElement, given: unknown): () => void {
  const view = document.createElement("div");
  view.className = "matrix-live";
  const component = mountComponent(MatrixView, { target: view, props: { props: given as MatrixProps } });
  place.replaceChildren(view);
  return () => void unmount(component);
}

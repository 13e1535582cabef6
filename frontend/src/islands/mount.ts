/** Finds `[data-island]` and lets each island take over. What fails leaves the server's page as it was. */

export interface IslandModule {
  /** Takes over `place`, which holds what the server rendered. Returns what undoes it. */
  mount(place: HTMLElement, props: unknown): () => void;
}

type Loaders = Record<string, () => Promise<IslandModule>>;

const found = import.meta.glob<IslandModule>("./*/index.ts");

export async function mountIslands(root: ParentNode, loaders: Loaders = found): Promise<void> {
  const places = [...root.querySelectorAll<HTMLElement>("[data-island]")];
  await Promise.all(places.map((place) => mountOne(place, loaders)));
}

async function mountOne(place: HTMLElement, loaders: Loaders): Promise<void> {
  const load = loaders[`./${place.dataset["island"]}/index.ts`];
  if (!load || place.dataset["mounted"]) return;
  try {
    const island = await load();
    island.mount(place, JSON.parse(place.dataset["props"] ?? "{}"));
    place.dataset["mounted"] = "yes";
  } catch (error) {
    console.error(`The island "${place.dataset["island"]}" did not start; the page works without it.`, error);
  }
}

/** The offer to vote as before, which the page shows above the room: it goes, question by question, once one has voted. */
export function votedOn(items: Iterable<string>, page: ParentNode = document): void {
  const offer = page.querySelector("#vote-before");
  for (const item of items) offer?.querySelector(`[data-item="${item}"]`)?.remove();
  if (offer && !offer.querySelector("[data-item]")) offer.remove();
}

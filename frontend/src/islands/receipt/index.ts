/** Takes over the form of the page that checks receipts: what it says is then computed in the browser. */

import { Refusal } from "../../verifier/refusal";
import { check } from "./check";

export function mount(place: HTMLElement): () => void {
  const form = place.querySelector("form");
  const result = place.querySelector<HTMLElement>("[data-result]");
  if (!form || !result) return () => undefined;
  const submitted = (event: SubmitEvent): void => {
    event.preventDefault();
    void show(form, result);
  };
  form.addEventListener("submit", submitted);
  return () => form.removeEventListener("submit", submitted);
}

async function show(form: HTMLFormElement, result: HTMLElement): Promise<void> {
  const value = (name: string): string => (form.elements.namedItem(name) as HTMLTextAreaElement).value;
  result.replaceChildren(line("p", "Checking …"));
  try {
    const { said, proof, seq } = await check(value("receipt"), value("key"));
    const list = line("ul");
    list.append(...said.map((words) => line("li", words)));
    const file = line("p", "", "small");
    file.append(proofFile(proof, seq), " (c2sp.org/tlog-proof@v1)");
    result.replaceChildren(line("h2", "It is in the record"), list, file, line("p", "Computed in your browser.", "small soft"));
    result.dataset["state"] = "good";
  } catch (error) {
    if (!(error instanceof Refusal)) console.error(error);
    const words = error instanceof Refusal ? error.message : "It could not be checked: the record could not be reached.";
    result.replaceChildren(line("h2", "Not proved"), line("p", words));
    result.dataset["state"] = "bad";
  }
  result.focus();
}

/** The very proof that was checked here, to keep. */
function proofFile(proof: string, seq: number): HTMLAnchorElement {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([proof], { type: "text/plain" }));
  link.download = `entry-${seq}.tlog-proof`;
  link.textContent = "The proof as a file, for other people’s programs";
  return link;
}

function line(tag: string, words = "", style = ""): HTMLElement {
  const made = document.createElement(tag);
  made.textContent = words;
  if (style) made.className = style;
  return made;
}

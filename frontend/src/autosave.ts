/** Forms with `data-autosave` keep what is typed in them: a moment after each change, quietly, and never over somebody else's. */

const PAUSE = 1500;

export function autosave(root: ParentNode, get: typeof fetch = fetch): void {
  for (const form of root.querySelectorAll<HTMLFormElement>("form[data-autosave]")) watch(form, get);
}

function watch(form: HTMLFormElement, get: typeof fetch): void {
  const said = form.querySelector<HTMLElement>("[data-autosave-said]");
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  const save = async (): Promise<void> => {
    const words = await keep(form, get);
    if (words.stop) stopped = true;
    if (said) said.textContent = words.said;
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(() => void save(), PAUSE);
  });
  form.addEventListener("submit", () => clearTimeout(timer));
}

/** Sends the form to be kept. A colleague's newer save stops it: what is typed stays in the page. */
async function keep(form: HTMLFormElement, get: typeof fetch): Promise<{ said: string; stop: boolean }> {
  const body = new FormData(form);
  body.set("keep", "quietly");
  try {
    const answer = await get(form.dataset["autosave"] ?? "", { method: "POST", body, headers: { Accept: "application/json" } });
    const told = (await answer.json()) as { number?: number; detail?: string };
    if (!answer.ok) return { said: told.detail ?? "It could not be saved.", stop: answer.status === 409 };
    const number = form.elements.namedItem("draft_number");
    if (number instanceof HTMLInputElement) number.value = String(told.number);
    return { said: "Saved for your group.", stop: false };
  } catch {
    return { said: "Not saved: the server cannot be reached. What you typed is still here.", stop: false };
  }
}

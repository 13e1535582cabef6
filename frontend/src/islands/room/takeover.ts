/** What the hand has already done to the server's form before the island took over. */

export interface Handled {
  /** Choices made in the page so far, by item. */
  chosen: Map<string, string>;
  /** Where the focus was: the item's form, and the value of the field (or the button). */
  focus: { item: string; value: string | null } | null;
  csrf: string;
}

export function readForms(place: HTMLElement): Handled {
  const chosen = new Map<string, string>();
  for (const form of place.querySelectorAll<HTMLFormElement>("form[data-ballot]")) {
    const checked = form.querySelector<HTMLInputElement>('input[name="choice"]:checked');
    if (checked && !checked.defaultChecked) chosen.set(form.dataset["ballot"] ?? "", checked.value);
  }
  return { chosen, focus: focusIn(place), csrf: csrfIn(place) };
}

function focusIn(place: HTMLElement): Handled["focus"] {
  const active = document.activeElement;
  const form = active?.closest<HTMLFormElement>("form[data-ballot]");
  if (!active || !form || !place.contains(form)) return null;
  return { item: form.dataset["ballot"] ?? "", value: active instanceof HTMLInputElement ? active.value : null };
}

function csrfIn(place: HTMLElement): string {
  const field = place.querySelector<HTMLInputElement>('input[name="csrfmiddlewaretoken"]');
  return field?.value ?? "";
}

/** Puts the focus back where it was, on the same field of the same ballot. */
export function restoreFocus(place: HTMLElement, focus: Handled["focus"]): void {
  if (!focus) return;
  const form = [...place.querySelectorAll<HTMLFormElement>("form[data-ballot]")].find((one) => one.dataset["ballot"] === focus.item);
  const fields = [...(form?.querySelectorAll<HTMLInputElement>('input[name="choice"]') ?? [])];
  const field = focus.value === null ? form?.querySelector<HTMLButtonElement>("button") : fields.find((one) => one.value === focus.value);
  field?.focus({ preventScroll: true });
}

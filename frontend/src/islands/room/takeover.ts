/** What the hand has already done to the server's form before the island took over. */
import { writeChoice, type Kind, type Values } from "./writing";

export interface Handled {
  /** Choices made in the page so far, by item. */
  chosen: Map<string, string>;
  /** Reasons written in the page so far, by item. */
  written: Map<string, string>;
  /** What exactly is voted on, as the server wrote it, by item: it stays with its ballot, open or folded as it was. */
  texts: Map<string, HTMLElement>;
  /** Where the focus was: the item's form, and the id of the field (null: the button), or what is taken along as it is. */
  focus: { item: string; field: string | HTMLElement | null } | null;
  csrf: string;
}

const FIELDS: Record<string, Kind> = { place: "ranking", score: "scores", approve: "approvals" };

export function readForms(place: HTMLElement): Handled {
  const chosen = new Map<string, string>();
  const written = new Map<string, string>();
  const texts = new Map<string, HTMLElement>();
  for (const form of place.querySelectorAll<HTMLFormElement>("form[data-ballot]")) {
    const fields = [...form.querySelectorAll<HTMLInputElement | HTMLSelectElement>("input:not([type=hidden]), select")];
    if (fields.some(touched)) chosen.set(form.dataset["ballot"] ?? "", choiceIn(fields));
    const text = form.querySelector<HTMLElement>(".ballot-text");
    if (text) texts.set(form.dataset["ballot"] ?? "", text);
    const why = form.querySelector("textarea");
    if (why && why.value !== why.defaultValue) written.set(form.dataset["ballot"] ?? "", why.value);
  }
  return { chosen, written, texts, focus: focusIn(place), csrf: csrfIn(place) };
}

/** Whether a field is not as the server sent it. */
function touched(field: HTMLInputElement | HTMLSelectElement): boolean {
  if (field instanceof HTMLSelectElement) return [...field.options].some((one) => one.selected && !one.defaultSelected && one.index > 0);
  return field.type === "number" ? field.value !== field.defaultValue : field.checked && !field.defaultChecked;
}

function choiceIn(fields: (HTMLInputElement | HTMLSelectElement)[]): string {
  const given = fields.filter((field) => (field instanceof HTMLInputElement && field.type !== "number" ? field.checked : field.value));
  const aside = given.find((field) => field.name === "instead" || field.name === "choice");
  if (aside) return aside.value;
  const values: Values = {};
  for (const { name, value } of given) values[name === "approve" ? value : name.slice(name.indexOf(":") + 1)] = name === "approve" ? "on" : value;
  const kind = FIELDS[(given[0]?.name ?? "").split(":")[0] ?? ""];
  return kind ? writeChoice(kind, Object.keys(values), values) : "";
}

function focusIn(place: HTMLElement): Handled["focus"] {
  const active = document.activeElement;
  const form = active?.closest<HTMLFormElement>("form[data-ballot]");
  if (!(active instanceof HTMLElement) || !form || !place.contains(form)) return null;
  if (active.closest(".ballot-text")) return { item: form.dataset["ballot"] ?? "", field: active };
  return { item: form.dataset["ballot"] ?? "", field: active instanceof HTMLButtonElement ? null : active.id };
}

function csrfIn(place: HTMLElement): string {
  const field = place.querySelector<HTMLInputElement>('input[name="csrfmiddlewaretoken"]');
  return field?.value ?? "";
}

/** Puts the focus back where it was, on the same field of the same ballot. */
export function restoreFocus(place: HTMLElement, focus: Handled["focus"]): void {
  if (!focus) return;
  const form = [...place.querySelectorAll<HTMLFormElement>("form[data-ballot]")].find((one) => one.dataset["ballot"] === focus.item);
  const fields = [...(form?.querySelectorAll<HTMLElement>("input, select, textarea") ?? [])];
  const at = focus.field;
  const field = at === null ? form?.querySelector<HTMLElement>(".buttons button") : (fields.find((one) => one.id === at) ?? at);
  if (field instanceof HTMLElement) field.focus({ preventScroll: true });
}

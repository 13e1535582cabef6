/** The page that travels in a dossier: choose the file, read what is proved and what is not. It opens no connection. */

import { utf8 } from "./bytes";
import { Refusal } from "./refusal";
import { isVerified, stateOf, TITLES, type Check, type Report } from "./report";
import { verifyArchive, verifyFiles, type Trust } from "./verify";
import "./page.css";

const FORM = `
<h1>Verify a dossier</h1>
<p>Choose the ZIP file as you downloaded it, or the folder you unpacked it to. Everything is computed here, on this machine:
this page cannot open a connection, and nothing leaves it.</p>
<form>
  <div class="field"><label for="file">The dossier (ZIP file)</label><input id="file" type="file" accept=".zip,application/zip"></div>
  <div class="field"><label for="folder">Or the folder it was unpacked to</label><input id="folder" type="file" webkitdirectory></div>
  <details><summary>What I trust already</summary>
    <div class="field"><label for="key">Public key of the record, from elsewhere</label>
      <p class="hint" id="key-hint">One to a line. Without it the key inside the dossier is used, which proves less.</p>
      <textarea id="key" rows="2" spellcheck="false" aria-describedby="key-hint"></textarea></div>
    <div class="field"><label for="kept">A checkpoint of the record that I kept</label>
      <p class="hint" id="kept-hint">The whole signed note, with its last lines.</p>
      <textarea id="kept" rows="5" spellcheck="false" aria-describedby="kept-hint"></textarea></div>
  </details>
  <button class="button">Verify</button>
</form>
<section id="report" tabindex="-1" aria-live="polite"></section>`;

const WORDS = { passed: "Proved", failed: "Wrong", nothing: "Nothing to check" };

export function start(main: HTMLElement): void {
  main.innerHTML = FORM;
  const form = main.querySelector("form")!;
  const place = main.querySelector<HTMLElement>("#report")!;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void verify(form, place);
  });
  for (const input of form.querySelectorAll<HTMLInputElement>("input")) input.addEventListener("change", () => void verify(form, place));
}

async function verify(form: HTMLFormElement, place: HTMLElement): Promise<void> {
  place.replaceChildren(element("p", "Verifying …"));
  place.dataset["state"] = "busy";
  try {
    const report = await reportOn(form);
    if (!report) place.replaceChildren(element("p", "Choose a file first."));
    else show(place, report);
    place.dataset["state"] = report ? (isVerified(report) ? "verified" : "wrong") : "";
  } catch (error) {
    if (!(error instanceof Refusal)) console.error(error);
    const words = error instanceof Refusal ? error.message : "This file cannot be read.";
    place.replaceChildren(element("h2", "Not verified", "wrong"), element("p", words));
    place.dataset["state"] = "wrong";
  }
  place.focus();
}

async function reportOn(form: HTMLFormElement): Promise<Report | null> {
  const [file, folder] = [...form.querySelectorAll<HTMLInputElement>("input")].map((input) => [...(input.files ?? [])]);
  const trust = trustOf(form);
  if (file?.[0]) return verifyArchive(await bytesOf(file[0]), trust);
  if (!folder?.length) return null;
  const files = new Map<string, Uint8Array>();
  for (const each of folder) {
    const name = each.webkitRelativePath.split("/").slice(1).join("/");
    if (!name.split("/").some((part) => part.startsWith(".") || part === "__pycache__")) files.set(name, await bytesOf(each));
  }
  return verifyFiles(files, trust);
}

function trustOf(form: HTMLFormElement): Trust {
  const text = (id: string): string => form.querySelector<HTMLTextAreaElement>(id)!.value.replaceAll("\r\n", "\n").trim();
  return { keys: text("#key").split(/\s+/).filter(Boolean), kept: text("#kept") ? [`${text("#kept")}\n`] : [] };
}

async function bytesOf(file: File): Promise<Uint8Array> {
  return new Uint8Array(await file.arrayBuffer());
}

function show(place: HTMLElement, report: Report): void {
  const good = isVerified(report);
  const faults = report.checks.reduce((sum, check) => sum + check.faults.length, 0);
  const verdict = good ? "Verified" : `Not verified: ${faults} ${faults === 1 ? "fault" : "faults"}`;
  const list = element("ol", "", "checks");
  list.append(...report.checks.map(item));
  const unproved = element("ul");
  unproved.append(...report.unproved.map((words) => element("li", words)));
  place.replaceChildren(
    element("h2", verdict, good ? "proved" : "wrong"),
    element("p", report.subject, "subject"),
    list,
    element("h3", "What this cannot prove"),
    unproved,
  );
}

function item(check: Check): HTMLElement {
  const state = stateOf(check);
  const line = element("li", "", state);
  line.append(element("p", `${WORDS[state]}: ${TITLES[check.key]}`, "check"));
  line.append(...check.faults.map((words) => element("p", words, "fault")));
  line.append(...check.said.map((words) => element("p", words)));
  return line;
}

function element(tag: string, words = "", style = ""): HTMLElement {
  const made = document.createElement(tag);
  made.textContent = words;
  if (style) made.className = style;
  return made;
}

const main = typeof document === "undefined" ? null : document.getElementById("verifier");
if (main) start(main);

// What tests hold against the Python that made the dossier.
export { unpack } from "./archive";
export { utf8, verifyArchive, verifyFiles };
export { readRule, tally } from "./counting/rule";
export { readHistory } from "./scoring/history";
export { RULES } from "./scoring/rule";
export { score } from "./scoring/score";
export { isVerified } from "./report";
export { multisetFaults } from "./secret";
export { readNote, signersOf, readKey, verifyCheckpoint } from "./note";
export { verifyConsistency, verifyInclusion } from "./tree";
export { readCanonical } from "./canonical";

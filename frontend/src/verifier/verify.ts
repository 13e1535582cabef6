/** Verifies a dossier: hashes, proofs, signatures, votes and verdict, from its files alone. The same steps as verify.py. */

import { isSealed, unpack } from "./archive";
import { fromBase64, joined, same, sha256Hex, textOf, utf8 } from "./bytes";
import { documentText, readJson, readObject, type Json, type JsonObject } from "./canonical";
import { byCodePoint } from "./counting/words";
import { readEntries, Told } from "./entries";
import { maySign, REPLACING } from "./keyring";
import { readManifest } from "./manifest";
import { readCheckpoint, readKey, readNote, readProof, signersOf, verifyCheckpoint, verifyProof, type Checkpoint, type Key } from "./note";
import { erasedBy, objects, readAbout, readWords, textRefs, type About } from "./reading";
import { refuse, Refusal } from "./refusal";
import { sentence, type Check, type CheckKey, type Report } from "./report";
import { ballotsTable, countedWords, readOpening, readRound, recount, roundFaults, type Opening, type Round } from "./rounds";
import { batchRoot, verifyConsistency } from "./tree";
import { historyOf, rescore, verdictFaults } from "./verdicts";

type Files = ReadonlyMap<string, Uint8Array>;

export interface Trust {
  /** Public keys one trusts, instead of the one in the dossier. */
  keys: string[];
  /** Checkpoints one has kept. */
  kept: string[];
}

const NOBODY: Trust = { keys: [], kept: [] };

/** Verifies a dossier as it was downloaded; refuses a file that is no dossier at all. */
export async function verifyArchive(packed: Uint8Array, trust = NOBODY): Promise<Report> {
  const { files, faults } = await unpack(packed);
  const whole: Check = { key: "archive", said: [], faults: [] };
  if (isSealed(packed)) whole.said.push(`All ${packed.length} bytes are those the archive was made of.`);
  else
    whole.faults.push(
      "The archive has been damaged, or packed anew, since it was made. If it was packed anew, unpack it and check the folder.",
    );
  whole.faults.push(...faults);
  return verifyFiles(files, trust, whole);
}

/** The same for the files of a dossier that has been unpacked. */
export function verifyFiles(files: Files, trust = NOBODY, whole: Check = { key: "archive", said: [], faults: [] }): Report {
  return new Verification(files, trust, whole).report();
}

class Verification {
  private readonly trusted: Key[];
  private about: About | null = null;
  private told = new Told();
  private head: Checkpoint | null = null;
  private witnessed: string[] = [];
  private secret = false;

  constructor(
    private readonly files: Files,
    private readonly trust: Trust,
    private readonly whole: Check,
  ) {
    this.trusted = trust.keys.map(readKey);
  }

  report(): Report {
    const steps: [CheckKey, (check: Check) => void][] = [
      ["contents", (check) => this.contents(check)],
      ["checkpoint", (check) => this.checkpoint(check)],
      ["entries", (check) => this.entries(check)],
      ["texts", (check) => this.texts(check)],
      ["ballots", (check) => this.ballots(check)],
      ["verdict", (check) => this.verdicts(check)],
      ["kept", (check) => this.kept(check)],
    ];
    const checks = steps.map(([key, step]) => run({ key, said: [], faults: [] }, step));
    const { about } = this;
    const subject = about ? `${about.kind}: ${about.title}` : "A dossier whose description cannot be read";
    return { subject, checks: [this.whole, ...checks], unproved: [...this.unproved()] };
  }

  private contents(check: Check): void {
    this.about = readAbout(this.file("dossier.json"));
    const note = readNote(textOf(this.file("manifest.txt")));
    signersOf(note, this.keys());
    const listed = this.listed(check, note.text);
    const names = new Set([...listed.keys(), ...this.files.keys()]);
    names.delete("manifest.txt");
    for (const name of [...names].sort(byCodePoint)) {
      const body = this.files.get(name);
      if (!body) check.faults.push(`${name} is missing.`);
      else if (!listed.has(name)) check.faults.push(`${name} does not belong to this dossier.`);
      else if (sha256Hex(body) !== listed.get(name)) check.faults.push(`${name} is not the file that was signed.`);
    }
    check.said.push(`${listed.size} files are listed and signed with the key ${this.keys()[0]!.vkey}.`);
  }

  /** The signed list: SHA-256 by name. */
  private listed(check: Check, text: string): Map<string, string> {
    const { origin, subject, digests } = readManifest(text);
    const about = this.described();
    if (origin !== about.origin || subject !== `${about.kind} ${about.id}`)
      check.faults.push("The list of contents is that of another dossier.");
    return digests;
  }

  private checkpoint(check: Check): void {
    const about = this.described();
    const witnesses = about.witnesses.map(readKey);
    const raw = textOf(this.file("checkpoint.txt"));
    const { checkpoint, signers } = verifyCheckpoint(raw, about.origin, this.keys(), witnesses);
    this.head = checkpoint;
    this.witnessed = witnesses.flatMap((key) => (signers.has(key.vkey) ? [key.name] : [])).sort(byCodePoint);
    check.said.push(`It is signed over ${checkpoint.size} entries of ${about.origin}.`);
    if (this.witnessed.length) check.said.push(`Witnesses have signed it too: ${this.witnessed.join(", ")}.`);
  }

  private entries(check: Check): void {
    const { log } = this.described();
    const { told, faults } = readEntries(this.file("entries.jsonl"), log);
    this.told = told;
    check.faults.push(...faults.map(sentence));
    const head = this.signedHead();
    const { hashes } = readObject(this.file("tree.json"));
    const root = batchRoot(head.size, told.leaves, (hashes as string[]).map(fromBase64));
    if (!same(root, head.root))
      check.faults.push("The entries here are not those in the signed record: at least one has been changed.");
    for (const name of [...this.files.keys()].sort(byCodePoint)) if (name.startsWith("proofs/")) this.single(check, name);
    check.said.push(`${told.entries.size} of its ${head.size} entries are here, as they were recorded.`);
  }

  private single(check: Check, name: string): void {
    const proof = readProof(textOf(this.file(name)));
    if (proof.checkpoint !== textOf(this.file("checkpoint.txt")) || name !== `proofs/${proof.index}.tlog-proof`)
      check.faults.push(`${name} does not belong to this dossier.`);
    else verifyProof(proof, this.told.leaves.get(proof.index) ?? new Uint8Array(), this.described().origin, this.keys());
  }

  private texts(check: Check): void {
    const lines = objects(this.file("texts.jsonl"), ["text", "salt", "body", "erased_at"]);
    const words = new Map(lines.map((line) => [line["text"] as string, readWords(line)]));
    const refs = new Map<string, { digest: string; seq: number }>();
    const removed = new Set<Json>();
    for (const entry of this.told.entries.values()) {
      for (const ref of textRefs(entry.data)) refs.set(ref["text"] as string, { digest: ref["sha256"] as string, seq: entry.seq });
      if (entry.type === "text.erased") for (const id of erasedBy(entry.data)) removed.add(id);
    }
    let gone = 0;
    for (const [id, { digest, seq }] of refs) {
      const known = words.get(id);
      if (!known) check.faults.push(`The text of entry ${seq} is missing.`);
      else if (known.salt === null || known.body === null) {
        gone++;
        if (!removed.has(id)) check.faults.push(`The text of entry ${seq} is gone, but no entry says that it was removed.`);
      } else if (known.salt.length !== 32) refuse("A salt has 32 bytes.");
      else if (sha256Hex(joined(known.salt, utf8(known.body))) !== digest)
        check.faults.push(`The text of entry ${seq} is not the one that was recorded.`);
    }
    for (const id of [...words.keys()].sort(byCodePoint)) if (!refs.has(id)) check.faults.push(`No entry here speaks of the text ${id}.`);
    if (refs.size) check.said.push(`${refs.size - gone} texts are word for word those that were recorded.`);
    if (gone) check.said.push(`${gone} texts have been removed since; their entries stand.`);
  }

  private ballots(check: Check): void {
    const openings = new Map(objects(this.file("opened.jsonl"), ["seq", "choice", "salt"]).map(readOpening));
    const expected = new Map<string, string>();
    for (const entry of this.told.of(["round.tallied"])) {
      const round = this.count(check, entry, openings);
      if (!round) continue;
      expected.set(`ballots/${round.id}.csv`, table(...ballotsTable(round)));
      const seats = Object.entries(round.entitled).map(([group, held]) => [group, String(held)]);
      expected.set(`ballots/${round.id}.entitled.csv`, table(["group", "seats"], seats));
      expected.set(`ballots/${round.id}.rule.json`, documentText(round.rule.document));
    }
    this.compare(check, expected, (name) => name.startsWith("ballots/"));
  }

  private count(check: Check, entry: Parameters<typeof readRound>[1], openings: ReadonlyMap<number, Opening>): Round | null {
    try {
      const round = readRound(this.told, entry, openings);
      const result = recount(round);
      const faults = roundFaults(this.told, round, result);
      check.faults.push(...faults.map((fault) => `${round.title}: ${sentence(fault)}`));
      if (!faults.length) check.said.push(countedWords(round, result));
      this.secret ||= round.secret;
      return round;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      check.faults.push(`Round counted in entry ${entry.seq}: ${sentence(error.message)}`);
      return null;
    }
  }

  private verdicts(check: Check): void {
    for (const entry of this.told.of(["verdict.recorded"])) {
      const scored = rescore(this.told, entry);
      const faults = verdictFaults(entry, scored);
      check.faults.push(...faults.map((fault) => `Verdict of entry ${entry.seq}: ${sentence(fault)}`));
      const now = scored.document["current"] as JsonObject;
      if (!faults.length)
        check.said.push(`Entry ${entry.seq}: ${scored.label.join(" and ")} (NI ${shown(now["NI"])}, PE ${shown(now["PE"])}).`);
    }
    const last = this.told.of(["verdict.recorded"], { element: this.described().id }).at(-1);
    const expected = new Map<string, string>();
    if (last) {
      expected.set("history.json", documentText(historyOf(this.told, last)));
      expected.set("verdict.json", documentText(last.data));
    }
    this.compare(check, expected, (name) => name === "history.json" || name === "verdict.json");
  }

  private kept(check: Check): void {
    const head = this.signedHead();
    const earlier = new Map<string, string[]>();
    for (const each of readJson(this.file("checkpoints-before.json")) as JsonObject[]) {
      const [note, hashes] = [each["checkpoint"] as string, each["hashes"] as string[]];
      earlier.set(note, hashes);
      this.holds(check, note, hashes, "published before", head);
    }
    if (earlier.size)
      check.said.push(`${earlier.size} checkpoints published before lead to this one: nothing was rewritten between.`);
    this.trust.kept.forEach((note, place) => {
      const mine = this.checkpointOf(note);
      const alike = [...earlier.keys()].find((known) => readNote(known).text === mine.text);
      if (mine.size === head.size || alike) {
        this.holds(check, note, (alike && earlier.get(alike)) || [], `you kept (number ${place + 1})`, head);
        check.said.push(`The checkpoint you kept, of ${mine.size} entries, is part of this record.`);
      } else
        check.faults.push(
          `The checkpoint you kept, of ${mine.size} entries, cannot be held against this file: it is not among those it carries.` +
            " Ask the record for a consistency proof, or for a newer dossier.",
        );
    });
  }

  private holds(check: Check, note: string, hashes: string[], which: string, head: Checkpoint): void {
    const old = this.checkpointOf(note);
    if (!verifyConsistency(old.size, old.root, head.size, head.root, hashes.map(fromBase64)))
      check.faults.push(`The checkpoint ${which}, of ${old.size} entries, shows another history than this file.`);
  }

  private *unproved(): Generator<string> {
    const kind = this.about?.kind ?? "subject";
    yield "Who sat at the keyboard: an entry names a seat, and a person by a number that means nothing elsewhere.";
    yield `That everything about this ${kind} is here: whoever keeps the record chose what went in. Votes are the exception:` +
      " the entry that closed a round says how many there were.";
    if (this.secret)
      yield "That the votes counted in secret rounds are those people cast: the ballots were deleted at the count, and what is" +
        " left fits the number of seats that voted. While such a round was open, whoever runs the server could have read" +
        " them; copies kept from that time may still hold them.";
    if (!this.trusted.length)
      yield "That the signing key is the keeper's: compare it with the one you had from elsewhere, or give yours.";
    if (!this.witnessed.length && !this.trust.kept.length)
      yield "That everybody is shown the same record: nobody else has signed this checkpoint, and you gave none that you kept.";
    yield "That the story in words (story.html) tells it well: it was written by the keeper from these entries.";
  }

  /** Tables and documents that follow from the entries must be what they are made of again here. */
  private compare(check: Check, expected: ReadonlyMap<string, string>, concerns: (name: string) => boolean): void {
    const names = new Set([...expected.keys(), ...[...this.files.keys()].filter(concerns)]);
    for (const name of [...names].sort(byCodePoint)) {
      const body = this.files.get(name);
      const text = expected.get(name);
      if (!body || text === undefined || !same(body, utf8(text))) check.faults.push(`${name} says something else than the entries.`);
    }
  }

  /** An earlier checkpoint, signed by a key that was in use then: the entries here say which have been replaced since. */
  private checkpointOf(note: string): Checkpoint {
    const { size } = readCheckpoint(readNote(note).text);
    return verifyCheckpoint(note, this.described().origin, maySign(size, this.keys(), this.told.of(REPLACING))).checkpoint;
  }

  private keys(): Key[] {
    return this.trusted.length ? this.trusted : this.described().keys.map(readKey);
  }

  private described(): About {
    return this.about ?? refuse("Dossier.json cannot be read.");
  }

  private signedHead(): Checkpoint {
    return this.head ?? refuse("There is no signed checkpoint to hold it against.");
  }

  private file(name: string): Uint8Array {
    return this.files.get(name) ?? refuse(`${name} is missing`);
  }
}

function run(check: Check, step: (check: Check) => void): Check {
  try {
    step(check);
  } catch (error) {
    const known = error instanceof Refusal;
    check.faults.push(known ? sentence(error.message) : "Something in it is not as it must be, so it could not be checked to the end.");
  }
  return check;
}

function table(header: string[], rows: string[][]): string {
  const quoted = (cell: string): string => (/[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const ordered = rows.map((row) => row.join("\u0000")).sort(byCodePoint).map((row) => row.split("\u0000"));
  return [header, ...ordered].map((row) => `${row.map(quoted).join(",")}\n`).join("");
}

function shown(value: Json | undefined): string {
  return value === null || value === undefined ? "None" : String(value);
}

/** The signed list of contents, in its one form: apps/exchange/domain/manifest.py. */

import { byCodePoint } from "./counting/words";
import { refuse } from "./refusal";

const HEADER = "negotiator dossier v1";
const LINE = /^([0-9a-f]{64}) {2}([ -~]+)$/;
const SUBJECT = /^(measure|element|proposal|round|edition) [0-9a-z-]+$/;

export interface Manifest {
  origin: string;
  subject: string;
  /** SHA-256 of every other file by name. */
  digests: Map<string, string>;
}

export function readManifest(text: string): Manifest {
  const [header, origin = "", subject = "", ...lines] = text.replace(/\n$/, "").split("\n");
  const found = lines.filter(Boolean).map((line) => LINE.exec(line) ?? malformed());
  if (header !== HEADER || !origin.startsWith("log ") || !SUBJECT.test(subject)) malformed();
  const digests = new Map(found.map(([, digest, name]) => [name!, digest!]));
  const listed = [...digests].sort(([one], [other]) => byCodePoint(one, other)).map(([name, digest]) => `${digest}  ${name}`);
  if ([HEADER, origin, subject, ...listed].map((line) => `${line}\n`).join("") !== text) malformed();
  return { origin: origin.slice(4), subject, digests };
}

function malformed(): never {
  return refuse("The list of contents is not one of a dossier.");
}

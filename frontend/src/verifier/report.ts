/** What a verification says: one check after the other, in plain words, and what remains unproved. */

export const TITLES = {
  archive: "The file is whole",
  contents: "Every part is the one the keeper of the record signed",
  checkpoint: "The record was signed as it stood",
  entries: "Every entry stands in the record",
  texts: "The words are those that were recorded",
  ballots: "The votes, counted again",
  verdict: "Where it stands, computed again",
  kept: "Held against checkpoints kept elsewhere",
} as const;

export type CheckKey = keyof typeof TITLES;

/** `said` is what a check found to be so, `faults` what is wrong. Without either it had nothing to do. */
export interface Check {
  key: CheckKey;
  said: string[];
  faults: string[];
}

export interface Report {
  subject: string;
  checks: Check[];
  unproved: string[];
}

export function isVerified(report: Report): boolean {
  return report.checks.every((check) => !check.faults.length);
}

export function stateOf(check: Check): "failed" | "passed" | "nothing" {
  if (check.faults.length) return "failed";
  return check.said.length ? "passed" : "nothing";
}

export function sentence(words: string): string {
  const capital = words.charAt(0).toUpperCase() + words.slice(1);
  return /[.?]$/.test(capital) ? capital : `${capital}.`;
}

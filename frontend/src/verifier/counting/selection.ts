/** Selections: which of several alternatives is chosen. All ballots on the item count together. */

import { sha256Hex, utf8 } from "../bytes";
import type { Json, JsonObject } from "../canonical";
import { refuse } from "../refusal";
import { countIrv } from "./irv";
import { range, select, type Contest, type Counter, type Selected } from "./contest";
import { ApprovalForm, RankingForm, ScoreForm, type Form } from "./forms";
import { countMeek } from "./meek";
import { countRankedPairs, countSchulze } from "./pairwise";
import { countEqualShares, countPhragmen, countSequentialPav } from "./proportional";
import { countApproval, countBorda, countMajorityJudgment, countScore, countStar } from "./scored";
import { countScottish } from "./scottish";
import { ABSTAIN, byCodePoint, total, UNABLE, type Judgement, type Method, type Votes } from "./words";

export class Selection implements Method {
  constructor(
    readonly kind: string,
    // The ballots of a form are counted by a counter of the same form; which one does not matter here.
    private readonly form: Form<never>,
    private readonly counter: Counter<never>,
    private readonly seats: number,
    private readonly tieOrder: number[] | null,
    private readonly tieBreak: string | null,
  ) {}

  canonical(choice: string): string {
    if (choice === "" || choice === ABSTAIN) return ABSTAIN;
    return choice === UNABLE && this.form instanceof ScoreForm ? UNABLE : this.form.canonical(choice);
  }

  judge(votes: Votes, seats: number): Judgement {
    const [present, abstain] = [total(votes), votes.get(ABSTAIN) ?? 0];
    const counts = { abstain, present, cast: present - abstain, entitled: seats };
    const selected = this.select(votes);
    const names = (numbers: number[]): string[] => numbers.map((number) => this.form.alternatives[number]!);
    const statistics: JsonObject = { winners: names(selected.winners), ties: selected.ties.map(names), stages: selected.stages };
    if (selected.ties.length && this.tieBreak) statistics["ties_broken_by"] = this.tieBreak;
    const side = selected.decided && selected.winners.length ? "for" : "open";
    return { counts, shares: {}, side, support: [0, 0], statistics };
  }

  /** How many ballots put at least one of these alternatives first. */
  withFirst(votes: Votes, names: readonly string[]): number {
    let many = 0;
    for (const [choice, count] of votes) {
      if (choice === ABSTAIN || choice === UNABLE) continue;
      if (this.form.first(choice).some((name) => names.includes(name))) many += count;
    }
    return many;
  }

  private select(votes: Votes): Selected {
    const cast = [...votes].filter(([choice, many]) => many && choice !== ABSTAIN && choice !== UNABLE);
    cast.sort(([one], [other]) => byCodePoint(one, other));
    if (!cast.length) return { winners: [], ties: [], stages: [], decided: false };
    const ballots = cast.map(([choice, many]): [never, number] => [this.form.read(choice), many]);
    const contest: Contest<never> = { names: this.form.alternatives, seats: this.seats, ballots };
    return select(this.counter, contest, this.tieOrder);
  }
}

type Built = [Form<never>, Counter<never>];
type Builder = (document: JsonObject, alternatives: string[]) => Built;

function built<Ballot>(form: Form<Ballot>, counter: Counter<Ballot>): Built {
  return [form as unknown as Form<never>, counter as unknown as Counter<never>];
}

function scoreForm(document: JsonObject, alternatives: string[]): ScoreForm {
  const [low, high] = (document["scale"] ?? [0, 5]) as [number, number];
  return new ScoreForm(alternatives, low, high);
}

const BUILDERS: Record<string, Builder> = {
  approval: (_, names) => built(new ApprovalForm(names), countApproval),
  score: (document, names) => {
    const form = scoreForm(document, names);
    return built(form, (contest, ties) => countScore(contest, ties, form.low));
  },
  borda: (document, names) =>
    built(new RankingForm(names), (contest, ties) => countBorda(contest, ties, document["truncated"] !== "zero")),
  star: (document, names) => {
    const form = scoreForm(document, names);
    return built(form, (contest, ties) => countStar(contest, ties, form.low, form.high));
  },
  majority_judgment: (document, names) => {
    const form = scoreForm(document, names);
    const blank = document["blank"] === "excluded" ? null : form.low;
    return built(form, (contest, ties) => countMajorityJudgment(contest, ties, blank));
  },
  irv: (_, names) => built(new RankingForm(names), countIrv),
  schulze: (_, names) => built(new RankingForm(names), countSchulze),
  ranked_pairs: (_, names) => built(new RankingForm(names), countRankedPairs),
  stv: (document, names) => built(new RankingForm(names), document["variant"] === "meek" ? countMeek : countScottish),
  sequential_pav: (_, names) => built(new ApprovalForm(names), countSequentialPav),
  phragmen: (_, names) => built(new ApprovalForm(names), countPhragmen),
  equal_shares: (document, names) =>
    built(new ApprovalForm(names), (contest, ties) => countEqualShares(contest, ties, document["completion"] !== "none")),
};

export function readSelection(document: JsonObject): Selection {
  const kind = String(document["kind"]);
  const names = document["alternatives"] as string[];
  const [form, counter] = (BUILDERS[kind] ?? refuse(`The method '${kind}' is not known.`))(document, names);
  const [order, words] = readTieBreak(document["tie_break"] ?? null, names);
  return new Selection(kind, form, counter, (document["seats"] ?? 1) as number, order, words);
}

function readTieBreak(value: Json, names: string[]): [number[] | null, string | null] {
  if (value === null) return [null, null];
  if (value === "listed") return [range(names.length), "listed"];
  const seed = (value as JsonObject)["lot"] as string;
  const drawn = names.map((name) => sha256Hex(utf8(`${seed}\n${name}`)));
  const order = range(names.length).sort((one, other) => byCodePoint(drawn[one]!, drawn[other]!));
  return [order, `lot drawn from '${seed}'`];
}

import { SvelteMap } from "svelte/reactivity";
import { post, type Answer } from "../../api/http";
import type { Receipt } from "../../live/protocol";
import { Watch, type Wire } from "../../live/watch.svelte";
import { Talk } from "./talk.svelte";
import { Caster } from "./caster";
import type { BallotItem, Kept, RoomProps } from "./props";

/** The room as the page sees it: the round as it stands, and one way to vote. */
export class Room {
  readonly watch: Watch;
  /** Receipts of one's own votes, by item. */
  readonly receipts = new SvelteMap<string, Kept>();
  /** One's own reasons so far, by item. */
  readonly reasons = new SvelteMap<string, string>();
  readonly talks: Talk[];
  private readonly caster: Caster;

  constructor(
    private readonly props: RoomProps,
    private readonly csrf: string,
    language: string,
    private readonly wire: Wire = {},
  ) {
    this.talks = props.said.map((text) => new Talk(text, props.cursor, csrf, wire.fetch));
    for (const { item, own, why } of props.ballots) {
      if (own) this.receipts.set(item, own.receipt);
      this.reasons.set(item, why);
    }
    this.caster = new Caster({
      round: props.round.id,
      castUrl: props.castUrl,
      csrf,
      send: (message) => this.watch.send(message),
      ...(wire.fetch && { fetch: wire.fetch }),
    });
    this.watch = new Watch(props, language, csrf, wire, {
      seat: props.voice?.seat ?? null,
      heard: (frame) => this.caster.heard(frame),
      lost: () => this.caster.lineLost(),
    });
  }

  async cast(item: string, choice: string): Promise<Answer<Receipt>> {
    const answer = await this.caster.cast(item, choice);
    if (answer.ok) this.receipts.set(item, answer.value);
    return answer;
  }

  /** A question with one's own answer as it stands now. */
  asStands(ballot: BallotItem): BallotItem {
    const receipt = this.receipts.get(ballot.item);
    return { ...ballot, own: receipt ? { choice: receipt.choice, receipt } : null, why: this.reasons.get(ballot.item) ?? "" };
  }

  /** Keeps why one voted as one did; empty words take it back. */
  async explain(item: string, words: string): Promise<Answer<{ words: string }>> {
    const answer = await post<{ words: string }>(this.props.reasonUrl, { item, words }, this.csrf, this.wire.fetch);
    if (answer.ok) this.reasons.set(item, answer.value.words);
    return answer;
  }

  close(): void {
    this.watch.close();
  }
}

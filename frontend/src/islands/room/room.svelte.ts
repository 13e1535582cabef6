import { SvelteMap } from "svelte/reactivity";
import { post, type Answer } from "../../api/http";
import { Link, type LinkOptions, type LinkStatus } from "../../live/link";
import type { Receipt, ServerMessage } from "../../live/protocol";
import { apply, type RoomState } from "../../live/state";
import { Caster } from "./caster";
import type { BallotItem, Kept, RoomProps } from "./props";

export type Wire = Pick<LinkOptions, "openSocket" | "fetch">;

/** The room as the page sees it: one state, one line to the server, one way to vote. */
export class Room {
  state: RoomState = $state.raw() as RoomState;
  status: LinkStatus = $state("connecting");
  wasAway = $state(false);
  /** Receipts of one's own votes, by item. */
  readonly receipts = new SvelteMap<string, Kept>();
  /** One's own reasons so far, by item. */
  readonly reasons = new SvelteMap<string, string>();
  private readonly caster: Caster;
  private readonly link: Link;

  constructor(private readonly props: RoomProps, private readonly csrf: string, private readonly wire: Wire = {}) {
    const { cursor, round, turnout, results } = props;
    this.state = { cursor, at: cursor, round, turnout, results, present: [], items: [], live: "immediate" };
    for (const { item, own, why } of props.ballots) {
      if (own) this.receipts.set(item, own.receipt);
      this.reasons.set(item, why);
    }
    this.caster = new Caster({
      round: round.id,
      castUrl: props.castUrl,
      csrf,
      send: (message) => this.link.send(message),
      ...(wire.fetch && { fetch: wire.fetch }),
    });
    this.link = new Link({
      ...wire,
      socketUrl: absolute(props.socketUrl),
      changesUrl: props.changesUrl,
      cursor: () => this.state.cursor,
      onFrame: (frame) => this.heard(frame),
      onStatus: (status) => this.changed(status),
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
    this.link.close();
  }

  private heard(frame: ServerMessage): void {
    this.caster.heard(frame);
    const { state, missing } = apply(this.state, frame);
    this.state = state;
    if (state.live === "delayed") this.wasAway = true;
    if (missing !== null) void this.link.ask(missing);
  }

  private changed(status: LinkStatus): void {
    this.status = status;
    if (status !== "live") this.caster.lineLost();
    if (status === "delayed" || status === "offline" || status === "shut") this.wasAway = true;
  }
}

/** ws: or wss:, like the page. */
function absolute(url: string): string {
  const whole = new URL(url, location.href);
  whole.protocol = whole.protocol.replace("http", "ws");
  return whole.href;
}

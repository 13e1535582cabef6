import { Asker, type Said } from "./asker";
import { Herald } from "./herald.svelte";
import { Link, type LinkOptions, type LinkStatus } from "./link";
import { news } from "./news";
import type { ClientMessage, Floor, GroupReady, ItemResult, ItemTurnout, RoundNow, ServerMessage } from "./protocol";
import { apply, type RoomState } from "./state";
import type { RuleLine } from "../ui/rule";

export type Wire = Pick<LinkOptions, "openSocket" | "fetch">;

/** A stop on a round's way: a phase of its plan, the vote ("decide"), the count ("result"). */
export interface Stop {
  key: string;
  label: string;
  takes: string;
}

/** What the server puts into `data-props` of every island that follows a round. */
export interface Watched {
  socketUrl: string;
  changesUrl: string;
  /** The size of the record when the page was made. */
  cursor: number;
  round: RoundNow;
  turnout: ItemTurnout[];
  results: ItemResult[];
  floor: Floor;
  ready: GroupReady[];
  /** Where things are said on the floor without a socket. */
  floorUrl: string;
  /** What the rule asks of each group. */
  rule: RuleLine[];
  course: Stop[];
}

/** Who listens: the seat whose turn concerns it; and what else wants to hear what comes, and that the line is lost. */
export interface Listener {
  seat?: string | null;
  heard?: (frame: ServerMessage) => void;
  lost?: () => void;
}

/** A clock that differs by less is right. */
const NEAR = 1500;

/** A round as it stands, kept up to date, with a voice that says what happens. */
export class Watch {
  state: RoomState = $state.raw() as RoomState;
  status: LinkStatus = $state("connecting");
  wasAway = $state(false);
  /** Milliseconds by which the server's clock is ahead of this device's. */
  ahead = $state(0);
  readonly herald = new Herald();
  readonly seat: string | null;
  private readonly link: Link;
  private readonly asker: Asker;

  constructor(
    props: Watched,
    readonly language: string,
    csrf: string,
    wire: Wire = {},
    private readonly listener: Listener = {},
  ) {
    const { cursor, round, turnout, results, floor, ready } = props;
    this.state = { cursor, at: cursor, round, turnout, results, floor, ready, everybody: false, present: [], items: [], live: "immediate" };
    this.seat = listener.seat ?? null;
    this.asker = new Asker({ floorUrl: props.floorUrl, csrf, send: (message) => this.send(message), ...(wire.fetch && { fetch: wire.fetch }) });
    this.link = new Link({
      ...wire,
      socketUrl: absolute(props.socketUrl),
      changesUrl: props.changesUrl,
      cursor: () => this.state.cursor,
      onFrame: (frame) => this.heard(frame),
      onStatus: (status) => this.changed(status),
    });
  }

  /** True if the message left by the socket. */
  send(message: ClientMessage): boolean {
    return this.link.send(message);
  }

  /** Says something on the floor; returns why it was not done, "" if it was. */
  say(said: Said): Promise<string> {
    return this.asker.say(said);
  }

  close(): void {
    this.link.close();
    this.herald.close();
  }

  private heard(frame: ServerMessage): void {
    this.asker.heard(frame);
    this.listener.heard?.(frame);
    if (frame.t === "hello") this.setClock(frame.now);
    const { state, missing } = apply(this.state, frame);
    for (const sentence of news(this.state, state, this.language, this.seat)) this.herald.say(sentence);
    this.state = state;
    if (state.live === "delayed") this.wasAway = true;
    if (missing !== null) void this.link.ask(missing);
  }

  private changed(status: LinkStatus): void {
    this.status = status;
    if (status !== "live") {
      this.asker.lineLost();
      this.listener.lost?.();
    }
    if (status === "delayed" || status === "offline" || status === "shut") this.wasAway = true;
  }

  private setClock(now: string): void {
    const ahead = Date.parse(now) - Date.now();
    this.ahead = Math.abs(ahead) < NEAR ? 0 : ahead;
  }
}

/** ws: or wss:, like the page. */
function absolute(url: string): string {
  const whole = new URL(url, location.href);
  whole.protocol = whole.protocol.replace("http", "ws");
  return whole.href;
}

import { sendForm, type Problem } from "../../api/http";
import type { ServerMessage } from "../../live/protocol";
import { Settling } from "../../live/settling.svelte";
import { Watch, type Watched, type Wire } from "../../live/watch.svelte";

/** What the convenor can do next, as the server offers it; `sends` goes with it. `near`: kept at hand. */
export interface Move {
  button: string;
  sentence: string;
  url: string;
  asks: string;
  name: string;
  near: boolean;
  /** The rules to choose from, that of the round first. */
  rules: [id: string, title: string][];
  sends: Record<string, string>;
}

export interface Step {
  label: string;
  url: string;
}

/** What can be done next, here and on other pages; and who had said to come, in a sentence. */
export interface Offered {
  moves: Move[];
  links: Step[];
  coming: string;
}

export interface ConsoleProps extends Watched, Offered {
  movesUrl: string;
  /** The questions, by item. */
  titles: Record<string, string>;
}

const AGAIN = 3000;

/** The console: the round as it stands, and the moves that its server offers now. */
export class Console {
  readonly watch: Watch;
  moves: Move[] = $state.raw([]);
  links: Step[] = $state.raw([]);
  coming = $state("");
  /** What came of the last press. */
  said = $state("");
  refused = $state(false);
  private busy = $state(false);
  private readonly settling = new Settling();
  private shown: string;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly get: typeof fetch;

  constructor(
    private readonly props: ConsoleProps,
    readonly csrf: string,
    language: string,
    wire: Wire = {},
  ) {
    this.moves = props.moves;
    this.links = props.links;
    this.coming = props.coming;
    this.get = wire.fetch ?? ((url, init) => fetch(url, init));
    this.watch = new Watch(props, language, csrf, wire, { heard: (frame) => this.heard(frame) });
    this.shown = this.stand();
  }

  /** Whether a press would do anything: not while one is under way, nor on a button that has only just changed. */
  get locked(): boolean {
    return this.busy || this.settling.locked;
  }

  async press(form: HTMLFormElement): Promise<void> {
    if (this.locked) return;
    this.busy = true;
    const answer = await sendForm<{ said: string; to: string }>(form, this.get);
    this.busy = false;
    this.refused = !answer.ok;
    this.said = answer.ok ? answer.value.said : words(answer.problem);
    if (answer.ok && answer.value.to !== location.pathname) location.assign(answer.value.to);
    else void this.refresh();
  }

  close(): void {
    clearTimeout(this.timer);
    this.settling.close();
    this.watch.close();
  }

  private heard(frame: ServerMessage): void {
    if (frame.t === "state") queueMicrotask(() => this.stand() !== this.shown && void this.refresh());
  }

  /** What the moves depend on. */
  private stand(): string {
    const { status, phase, paused, closes } = this.watch.state.round;
    return [status, phase, paused, closes !== null].join();
  }

  private async refresh(): Promise<void> {
    clearTimeout(this.timer);
    const stand = this.stand();
    try {
      const answer = await this.get(this.props.movesUrl, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(answer.statusText);
      this.show((await answer.json()) as Offered);
      this.shown = stand;
    } catch {
      this.timer = setTimeout(() => void this.refresh(), AGAIN);
    }
  }

  private show({ moves, links, coming }: Offered): void {
    this.links = links;
    this.coming = coming;
    if (JSON.stringify(moves) === JSON.stringify(this.moves)) return;
    this.moves = moves;
    this.settling.changed();
  }
}

function words(problem: Problem): string {
  return problem.code === "network.unreachable" ? "The server could not be reached. Nothing was done; try again in a moment." : problem.message;
}

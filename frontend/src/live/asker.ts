import { sendFields } from "../api/http";
import { newKey } from "../api/key";
import type { Call, RaiseHand, Rest, SayReady, ServerMessage } from "./protocol";

type Without<T> = T extends unknown ? Omit<T, "id"> : never;
/** What is said on the floor. */
export type Said = Without<RaiseHand | SayReady | Call | Rest>;

export interface AskerOptions {
  floorUrl: string;
  csrf: string;
  /** By socket; false if there is none open. */
  send: (message: RaiseHand | SayReady | Call | Rest) => boolean;
  fetch?: typeof fetch;
}

const PATIENCE = 6000;

/** Says things on the floor by socket or, where no answer comes that way, by the page's form: saying one twice is saying it once. */
export class Asker {
  private readonly waiting = new Map<string, (problem: string | null) => void>();

  constructor(private readonly options: AskerOptions) {}

  /** Returns why it was not done; "" if it was. */
  async say(said: Said): Promise<string> {
    return (await this.bySocket(said)) ?? (await this.byForm(said));
  }

  heard(frame: ServerMessage): void {
    if (frame.t === "done") this.waiting.get(frame.id)?.("");
    if (frame.t === "refused") this.waiting.get(frame.id)?.(frame.message);
  }

  lineLost(): void {
    for (const settle of [...this.waiting.values()]) settle(null);
  }

  private bySocket(said: Said): Promise<string | null> {
    const message = { ...said, id: newKey() };
    if (!this.options.send(message)) return Promise.resolve(null);
    return new Promise((resolve) => {
      const settle = (problem: string | null) => {
        clearTimeout(timer);
        this.waiting.delete(message.id);
        resolve(problem);
      };
      const timer = setTimeout(() => settle(null), PATIENCE);
      this.waiting.set(message.id, settle);
    });
  }

  private async byForm(said: Said): Promise<string> {
    const { floorUrl, csrf, fetch: get } = this.options;
    const answer = await sendFields(floorUrl, { csrfmiddlewaretoken: csrf, ...fields(said) }, get);
    if (answer.ok) return "";
    return answer.problem.code === "network.unreachable" ? "There is no connection just now. Try again in a moment." : answer.problem.message;
  }
}

function fields(said: Said): Record<string, string> {
  if (said.t === "hand") return { say: said.up ? "raise" : "lower" };
  if (said.t === "ready") return { say: said.ready ? "ready" : "unready" };
  if (said.t === "rest") return { say: "rest" };
  return { say: "call", seat: said.seat ?? "", seconds: String(said.seconds ?? "") };
}

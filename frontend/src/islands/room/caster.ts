import { post, type Answer, type Problem } from "../../api/http";
import { newKey } from "../../api/key";
import type { Cast, Receipt, Recorded, Refused, ServerMessage } from "../../live/protocol";

export interface CasterOptions {
  round: string;
  castUrl: string;
  csrf: string;
  /** By socket; false if there is none open. */
  send: (message: Cast) => boolean;
  fetch?: typeof fetch;
  patience?: number;
}

/** null: no answer will come this way. */
type Waiting = (answer: Answer<Receipt> | null) => void;

/** Sends a ballot by socket and, where no answer comes, again by POST under the same key: it counts once. */
export class Caster {
  private readonly waiting = new Map<string, Waiting>();
  private readonly keys = new Map<string, string>();

  constructor(private readonly options: CasterOptions) {}

  async cast(item: string, choice: string): Promise<Answer<Receipt>> {
    const message = this.message(item, choice);
    const answer = (await this.bySocket(message)) ?? (await this.byPost(message));
    if (answer.ok) this.keys.delete(`${item} ${choice}`);
    return answer;
  }

  /** Takes the answers to own ballots out of the stream of frames. */
  heard(frame: ServerMessage): void {
    if (frame.t === "receipt") this.settle(frame, { ok: true, value: frame.receipt });
    if (frame.t === "refused") this.settle(frame, { ok: false, problem: asProblem(frame) });
  }

  /** The socket is gone: whatever waits for an answer goes by POST now. */
  lineLost(): void {
    for (const settle of [...this.waiting.values()]) settle(null);
  }

  private message(item: string, choice: string): Cast {
    const name = `${item} ${choice}`;
    const key = this.keys.get(name) ?? newKey();
    this.keys.set(name, key);
    return { t: "cast", id: newKey(), item, choice, key };
  }

  private bySocket(message: Cast): Promise<Answer<Receipt> | null> {
    if (!this.options.send(message)) return Promise.resolve(null);
    return new Promise((resolve) => {
      const settle = (answer: Answer<Receipt> | null) => {
        clearTimeout(timer);
        this.waiting.delete(message.id);
        resolve(answer);
      };
      const timer = setTimeout(() => settle(null), this.options.patience ?? 6000);
      this.waiting.set(message.id, settle);
    });
  }

  private async byPost({ key, item, choice }: Cast): Promise<Answer<Receipt>> {
    const { round, castUrl, csrf } = this.options;
    const answer = await post<{ receipt: Receipt }>(castUrl, { key, round, item, choice }, csrf, this.options.fetch);
    return answer.ok ? { ok: true, value: answer.value.receipt } : answer;
  }

  private settle(frame: Recorded | Refused, answer: Answer<Receipt>): void {
    this.waiting.get(frame.id)?.(answer);
  }
}

function asProblem(frame: Refused): Problem {
  return { code: frame.code, message: frame.message, fields: frame.fields };
}

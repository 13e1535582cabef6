import { wait } from "./backoff";
import type { ClientMessage, ServerMessage } from "./protocol";

/** live: the socket is open. delayed: changes are fetched every few seconds. offline: neither works. shut: the server lets nobody in here. */
export type LinkStatus = "connecting" | "live" | "delayed" | "offline" | "shut";

export interface LinkOptions {
  socketUrl: string;
  /** GET `{changesUrl}?from=n` answers `{"frames": [...]}`. */
  changesUrl: string;
  cursor: () => number;
  onFrame: (frame: ServerMessage) => void;
  onStatus: (status: LinkStatus) => void;
  openSocket?: (url: string) => WebSocket;
  fetch?: typeof fetch;
}

const POLL_EVERY = 3000;
const PATIENCE = 10_000;
/** Not or no longer signed in, not our page, no such round for this person: coming back would not help. */
const SHUT = [4401, 4403, 4404];

/** One room's line to the server: a socket that comes back, and fetching while it is away. */
export class Link {
  private socket: WebSocket | null = null;
  private attempt = 0;
  private closed = false;
  private asking = false;
  private askAgain = false;
  private reconnectTimer: ReturnType<typeof setTimeout> | undefined;
  private pollTimer: ReturnType<typeof setTimeout> | undefined;
  private status: LinkStatus | null = null;
  private readonly wake = () => this.comeBack();

  constructor(private readonly options: LinkOptions) {
    this.say("connecting");
    addEventListener("online", this.wake);
    this.connect();
  }

  /** True if the message left by the socket. */
  send(message: ClientMessage): boolean {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(message));
    return true;
  }

  /** Fetches what is missing from entry `from` on: one question at a time, and once more if another gap showed meanwhile. */
  async ask(from: number): Promise<boolean> {
    if (this.asking) {
      this.askAgain = true;
      return true;
    }
    this.asking = true;
    const answered = await this.fetchChanges(from);
    this.asking = false;
    if (!this.askAgain || !answered) return answered;
    this.askAgain = false;
    return this.ask(this.options.cursor());
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.reconnectTimer);
    clearTimeout(this.pollTimer);
    removeEventListener("online", this.wake);
    this.socket?.close();
  }

  private connect(): void {
    const open = this.options.openSocket ?? ((url: string) => new WebSocket(url));
    const socket = open(this.options.socketUrl);
    this.socket = socket;
    const tooLong = setTimeout(() => socket.close(), PATIENCE);
    socket.onopen = () => {
      clearTimeout(tooLong);
      this.opened(socket);
    };
    socket.onmessage = (event: MessageEvent<string>) => this.options.onFrame(JSON.parse(event.data) as ServerMessage);
    socket.onclose = (event: CloseEvent) => {
      clearTimeout(tooLong);
      this.lost(socket, event.code);
    };
  }

  private opened(socket: WebSocket): void {
    if (socket !== this.socket || this.closed) return;
    this.attempt = 0;
    clearTimeout(this.pollTimer);
    this.pollTimer = undefined;
    this.say("live");
    this.send({ t: "resume", from: this.options.cursor() });
  }

  private lost(socket: WebSocket, code: number): void {
    if (socket !== this.socket || this.closed) return;
    this.socket = null;
    if (SHUT.includes(code)) {
      this.close();
      this.say("shut");
      return;
    }
    this.say("connecting");
    this.reconnectTimer = setTimeout(() => this.connect(), wait(this.attempt++));
    if (this.pollTimer === undefined) this.poll();
  }

  private poll(): void {
    void this.ask(this.options.cursor()).then((answered) => {
      if (this.closed || this.socket?.readyState === WebSocket.OPEN) return;
      this.say(answered ? "delayed" : "offline");
      this.pollTimer = setTimeout(() => this.poll(), POLL_EVERY);
    });
  }

  private async fetchChanges(from: number): Promise<boolean> {
    const get = this.options.fetch ?? fetch;
    try {
      const answer = await get(`${this.options.changesUrl}?from=${from}`, { headers: { Accept: "application/json" } });
      if (!answer.ok) return false;
      const { frames } = (await answer.json()) as { frames: ServerMessage[] };
      if (!this.closed) frames.forEach(this.options.onFrame);
      return true;
    } catch {
      return false;
    }
  }

  private comeBack(): void {
    if (this.closed || this.socket) return;
    clearTimeout(this.reconnectTimer);
    this.attempt = 0;
    this.connect();
  }

  private say(status: LinkStatus): void {
    if (status === this.status) return;
    this.status = status;
    this.options.onStatus(status);
  }
}

import { post } from "../../api/http";
import type { Item } from "../../live/protocol";
import type { TextSaid } from "./props";

export interface Comment {
  id: string;
  on_number: number;
  field: string;
  kind: "comment" | "question" | "evidence";
  group: string | null;
  words: string | null;
  answers: string | null;
}

const KINDS = ["comment.made", "comment.taken_back"];
/** Pieces of a list that are fetched at most. */
const PIECES = 5;
/** Milliseconds within which a room reads on, each at its own moment: not all at once. */
const SPREAD = 2000;

/** What is said about one text: fetched when somebody opens it, and read on when more is said. */
export class Talk {
  /** Null until fetched; oldest first, so that what comes in moves nothing that stands. */
  comments: Comment[] | null = $state.raw(null);
  problem = $state("");
  private seen: number;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly text: TextSaid,
    cursor: number,
    private readonly csrf: string,
    private readonly get: typeof fetch = (url, init) => fetch(url, init),
  ) {
    this.seen = cursor - 1;
  }

  /** How much is said at a field; before it was fetched, as the page knew it and what has been heard since. */
  count(field: string, items: Item[]): number {
    if (this.comments) return this.at(field).length;
    const known = this.text.fields.find((one) => one.key === field)?.count ?? 0;
    return known + items.filter((item) => item.type === "comment.made" && this.concerns(item) && (item.data["field"] ?? "") === field).length;
  }

  at(field: string): Comment[] {
    return (this.comments ?? []).filter((comment) => comment.field === field);
  }

  async open(): Promise<void> {
    if (!this.comments) await this.fetch();
  }

  /** More has been said: who has it open reads on. */
  heard(items: Item[]): void {
    const newest = items.find((item) => KINDS.includes(item.type) && this.concerns(item))?.seq ?? -1;
    if (!this.comments || newest <= this.seen) return;
    this.seen = newest;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.fetch(), Math.random() * SPREAD);
  }

  /** Says something at a field; returns why it was not said, "" if it was. */
  async say(field: string, words: string): Promise<string> {
    const body = { words, field, on_number: this.text.number };
    const answer = await post<Comment>(this.text.url, body, this.csrf, this.get);
    if (!answer.ok) return answer.problem.code === "network.unreachable" ? "There is no connection just now. What you wrote is kept; try again." : answer.problem.message;
    if (this.comments && !this.comments.some((one) => one.id === answer.value.id)) this.comments = [...this.comments, answer.value];
    return "";
  }

  private concerns(item: Item): boolean {
    return item.on["proposal"] === this.text.proposal;
  }

  private async fetch(): Promise<void> {
    try {
      this.comments = await this.pieces();
      this.problem = "";
    } catch {
      this.problem = "What is said could not be fetched. Close this and open it again.";
    }
  }

  private async pieces(): Promise<Comment[]> {
    const found: Comment[] = [];
    let after: string | null = "";
    for (let piece = 0; piece < PIECES && after !== null; piece++) {
      const answer = await this.get(`${this.text.url}?limit=100${after && `&after=${encodeURIComponent(after)}`}`, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(answer.statusText);
      const { items, next } = (await answer.json()) as { items: Comment[]; next: string | null };
      found.push(...items);
      after = next;
    }
    return found;
  }
}

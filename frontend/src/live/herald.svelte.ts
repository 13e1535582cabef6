const PAUSE = 2000;

/** What a screen reader is told: one sentence after the other, each with time to be spoken, none twice in a row. */
export class Herald {
  words = $state("");
  private readonly waiting: string[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;

  say(sentence: string): void {
    if (!sentence || sentence === (this.waiting.at(-1) ?? this.words)) return;
    this.waiting.push(sentence);
    if (this.timer === undefined) this.next();
  }

  close(): void {
    clearTimeout(this.timer);
  }

  private next(): void {
    const sentence = this.waiting.shift();
    this.timer = sentence === undefined ? undefined : setTimeout(() => this.next(), PAUSE);
    if (sentence !== undefined) this.words = sentence;
  }
}

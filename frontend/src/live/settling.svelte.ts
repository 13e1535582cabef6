const SETTLES = 1000;

/** Keeps a press from landing on what has only just come under the hand: for a second after a change nothing is taken. */
export class Settling {
  locked = $state(false);
  private timer: ReturnType<typeof setTimeout> | undefined;

  changed(): void {
    this.locked = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (this.locked = false), SETTLES);
  }

  close(): void {
    clearTimeout(this.timer);
  }
}

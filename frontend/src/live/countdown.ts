/** Time that is left, in words. */

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** When it is told how much time is left. */
const TOLD = [5 * MINUTE, MINUTE];

/** Milliseconds from `now` by this device to a moment by the server, whose clock is `ahead` of the device's. */
export function left(closes: string, now: number, ahead: number): number {
  return Math.max(0, Date.parse(closes) - now - ahead);
}

/** "4:32", "1 h 05 min"; nothing for more than a day, which is better told by its date. */
export function leftWords(ms: number): string {
  if (ms > DAY) return "";
  if (ms >= HOUR) return `${Math.floor(ms / HOUR)} h ${two(Math.floor((ms % HOUR) / MINUTE))} min`;
  const seconds = Math.ceil(ms / SECOND);
  return `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
}

/** What is said when the time that is left goes from one value to another: little, and only when it helps. */
export function told(before: number, now: number): string {
  const passed = TOLD.filter((mark) => now <= mark && mark < before).at(-1);
  if (passed === undefined || now === 0) return "";
  return passed === MINUTE ? "One minute is left." : `${passed / MINUTE} minutes are left.`;
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}

/** How long to wait before attempt number `attempt` (from 0), in milliseconds: doubling, capped, spread so that a full room does not return at once. */
export function wait(attempt: number, random: () => number = Math.random): number {
  const whole = Math.min(30_000, 500 * 2 ** Math.min(attempt, 6));
  return Math.round(whole / 2 + (whole / 2) * random());
}

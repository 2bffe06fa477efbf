/** Time comes in through a parameter, so that tests never wait. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

/** The machine's time. */
export const systemClock: Clock = { now: () => Date.now() };

/** A moment as `metav1.Time` is written: UTC, whole seconds, `2026-11-24T10:00:00Z`. */
export function formatTime(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

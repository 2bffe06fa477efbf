/** Time comes in through a parameter, so that tests never wait. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

/** The machine's time. */
export const systemClock: Clock = { now: () => Date.now() };

let latest = { second: Number.NaN, text: '' };

/** A moment as `metav1.Time` is written: UTC, whole seconds, `2026-11-24T10:00:00Z`. Most are written many times within their second. */
export function formatTime(milliseconds: number): string {
  const second = Math.floor(milliseconds / 1000);
  if (second !== latest.second)
    latest = { second, text: `${new Date(milliseconds).toISOString().slice(0, 19)}Z` };
  return latest.text;
}

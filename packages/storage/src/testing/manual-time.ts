import type { Clock } from '@keelson/api-machinery';
import type { Timer, Timers } from '../timers.ts';

interface Alarm {
  readonly due: number;
  readonly run: () => void;
}

/** Time that passes when a test says so. */
export class ManualTime implements Clock, Timers {
  readonly #alarms = new Set<Alarm>();
  #now: number;

  constructor(now = Date.UTC(2026, 0, 1)) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  /** How many timers are under way. */
  get pending(): number {
    return this.#alarms.size;
  }

  start(milliseconds: number, run: () => void): Timer {
    const alarm = { due: this.#now + milliseconds, run };
    this.#alarms.add(alarm);
    return { stop: () => this.#alarms.delete(alarm) };
  }

  /** Lets time pass: runs what is due, in order, and lets what follows from each settle. */
  async pass(milliseconds: number): Promise<void> {
    const until = this.#now + milliseconds;
    for (;;) {
      await settle();
      const next = [...this.#alarms]
        .filter(({ due }) => due <= until)
        .sort((a, b) => a.due - b.due)[0];
      if (next === undefined) break;
      this.#alarms.delete(next);
      this.#now = Math.max(this.#now, next.due);
      next.run();
    }
    this.#now = until;
    await settle();
  }
}

/** Lets everything that is ready to run, run. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
}

import type { Clock } from './clock.ts';
import type { Commit } from './commit.ts';
import { keyOf } from './commit.ts';

/** Keys whose time ends within the same second go together, as under one lease. */
const grain = 1000;
/** How long to wait for a sweep's deletions before it is tried again (a full disk may have refused them). */
const retryAfter = 1000;

/** Which keys delete themselves, and when: one timer, set for the earliest. */
export class Expiries {
  readonly #clock: Clock;
  readonly #sweep: (keys: readonly string[]) => void;
  readonly #deadlines = new Map<string, number>();
  readonly #keys = new Map<number, Set<string>>();
  /** The deadline that the timer is set for. */
  #next = -Infinity;
  #cancel: (() => void) | undefined;

  /** `sweep` is to delete the keys; each is forgotten when its deletion is applied and not before. */
  constructor(clock: Clock, sweep: (keys: readonly string[]) => void) {
    this.#clock = clock;
    this.#sweep = sweep;
  }

  /** The time at which a key that is put now is to go. */
  deadline(ttlSeconds: number): number {
    return Math.ceil((this.#clock.now() + ttlSeconds * 1000) / grain) * grain;
  }

  /** When a key is to go; `undefined` when it stays. */
  get(key: string): number | undefined {
    return this.#deadlines.get(key);
  }

  /** Takes note of what a write did to its keys. Any put without a time takes the key's earlier one away. */
  apply(commit: Commit): void {
    if (commit.expiries === undefined && this.#deadlines.size === 0) return;
    for (const event of commit.events) this.set(keyOf(event), commit.expiries?.get(keyOf(event)));
  }

  set(key: string, deadline: number | undefined): void {
    const before = this.#deadlines.get(key);
    if (before === deadline) return;
    if (before !== undefined) this.#forget(key, before);
    if (deadline === undefined) return;
    this.#deadlines.set(key, deadline);
    const keys = this.#keys.get(deadline) ?? new Set();
    this.#keys.set(deadline, keys.add(key));
    if (deadline < this.#next) this.#arm(deadline, deadline - this.#clock.now());
  }

  /** Begins to sweep; before that, deadlines are only noted. */
  start(): void {
    this.#next = Infinity;
    this.#armEarliest(this.#clock.now());
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#next = -Infinity;
  }

  #forget(key: string, deadline: number): void {
    this.#deadlines.delete(key);
    const keys = this.#keys.get(deadline);
    keys?.delete(key);
    if (keys?.size === 0) this.#keys.delete(deadline);
  }

  #arm(deadline: number, delay: number): void {
    this.#cancel?.();
    this.#next = deadline;
    this.#cancel = this.#clock.after(delay, () => this.#fire());
  }

  #fire(): void {
    // Nothing is armed by what the sweep applies: that is done once, below.
    this.#next = -Infinity;
    const now = this.#clock.now();
    const due: string[] = [];
    for (const [deadline, keys] of this.#keys) {
      if (deadline <= now) due.push(...keys);
    }
    if (due.length > 0) this.#sweep(due);
    if (this.#cancel === undefined) return;
    this.#next = Infinity;
    this.#armEarliest(now);
  }

  #armEarliest(now: number): void {
    let earliest = Infinity;
    for (const deadline of this.#keys.keys()) earliest = Math.min(earliest, deadline);
    if (earliest === Infinity) return;
    this.#arm(earliest, earliest > now ? earliest - now : retryAfter);
  }
}

import type { Revision } from '@keelson/storage-backend';
import { tooLargeResourceVersionError } from './resource-version.ts';
import type { Timer, Timers } from './timers.ts';

/** How long a read waits for the cache. Behaviour: k8s.io/apiserver cacher blockTimeout. */
const patience = 3000;
/** How often the backend is asked how far it is while somebody waits. Behaviour: cacher progressRequestPeriod. */
const progressPeriod = 100;

interface Waiter {
  readonly revision: Revision;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
  readonly timer: Timer;
}

/** How far the cache is, and who waits for it to be further. */
export class Freshness {
  readonly #timers: Timers;
  readonly #requestProgress: () => void;
  readonly #waiters = new Set<Waiter>();
  #revision: Revision = 0;
  #progressTimer: Timer | undefined;
  #nudgeTimer: Timer | undefined;

  constructor(timers: Timers, requestProgress: () => void) {
    this.#timers = timers;
    this.#requestProgress = requestProgress;
  }

  /** Everything up to and including this revision is in the cache. */
  get revision(): Revision {
    return this.#revision;
  }

  advance(revision: Revision): void {
    this.#endNudge();
    if (revision <= this.#revision) return;
    this.#revision = revision;
    for (const waiter of this.#waiters) {
      if (waiter.revision <= this.#revision) this.#settle(waiter).resolve();
    }
    if (this.#waiters.size > 0) this.#requestProgress();
  }

  /** `undefined` when the cache is there already. Rejects with 504 ResourceVersionTooLarge after three seconds. */
  until(revision: Revision): Promise<void> | undefined {
    if (revision <= this.#revision) return undefined;
    return new Promise((resolve, reject) => {
      const giveUp = (): void => {
        this.#settle(waiter);
        reject(tooLargeResourceVersionError(revision, this.#revision, 1));
      };
      const waiter: Waiter = {
        revision,
        resolve,
        reject,
        timer: this.#timers.start(patience, giveUp),
      };
      this.#waiters.add(waiter);
      if (this.#progressTimer === undefined) this.#askForProgress();
    });
  }

  /** Lets the cache learn how far it is, for those who come later. Nobody waits for the answer; meanwhile it is not asked again. */
  nudge(): void {
    if (this.#nudgeTimer !== undefined) return;
    this.#nudgeTimer = this.#timers.start(progressPeriod, () => this.#endNudge());
    this.#requestProgress();
  }

  /** Fails all who wait. */
  close(error: unknown): void {
    for (const waiter of this.#waiters) this.#settle(waiter).reject(error);
    this.#progressTimer?.stop();
    this.#progressTimer = undefined;
    this.#endNudge();
  }

  #endNudge(): void {
    this.#nudgeTimer?.stop();
    this.#nudgeTimer = undefined;
  }

  #settle(waiter: Waiter): Waiter {
    this.#waiters.delete(waiter);
    waiter.timer.stop();
    return waiter;
  }

  #askForProgress(): void {
    this.#progressTimer = undefined;
    if (this.#waiters.size === 0) return;
    this.#progressTimer = this.#timers.start(progressPeriod, () => this.#askForProgress());
    this.#requestProgress();
  }
}

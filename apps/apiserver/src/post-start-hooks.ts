import type { HealthCheck } from '@keelson/server';
import type { Logger } from 'pino';

/** How long to wait before a hook that failed is tried again, in milliseconds. */
const retryAfter = 1_000;

/** What happens once the server listens. Each hook is a health check of its own until it is done. */
export class PostStartHooks implements AsyncDisposable {
  readonly #done = new Map<string, boolean>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #running = new Set<Promise<void>>();
  readonly #logger: Logger;
  #stopped = false;

  constructor(logger: Logger, names: readonly string[]) {
    this.#logger = logger;
    for (const name of names) this.#done.set(name, false);
  }

  /** The checks `poststarthook/NAME`, in the order of the names. */
  get checks(): readonly HealthCheck[] {
    return [...this.#done.keys()].map((name) => ({
      name: `poststarthook/${name}`,
      check: () => {
        if (this.#done.get(name) !== true) throw new Error('not finished');
      },
    }));
  }

  /** Runs a hook until it succeeds once, and then again and again. Resolves when it has succeeded; only then is it done. */
  async finish(name: string, hook: () => Promise<void>, everyMs: number): Promise<void> {
    while (!this.#stopped && !(await this.#attempt(name, hook))) await this.#pause(retryAfter);
    this.#done.set(name, true);
    if (this.#stopped) return;
    const timer = setInterval(() => void this.#attempt(name, hook), everyMs);
    timer.unref();
    this.#timers.add(timer);
  }

  /** As `finish`, in the background: what it does is not waited for. */
  begin(name: string, hook: () => Promise<void>, everyMs: number): void {
    void this.finish(name, hook, everyMs);
    this.#done.set(name, true);
  }

  /** There is nothing to do. */
  skip(name: string): void {
    this.#done.set(name, true);
  }

  async #attempt(name: string, hook: () => Promise<void>): Promise<boolean> {
    const attempt = hook();
    const settled = attempt.then(
      () => undefined,
      () => undefined,
    );
    this.#running.add(settled);
    try {
      await attempt;
      return true;
    } catch (error) {
      if (!this.#stopped)
        this.#logger.warn(
          { err: error, hook: name },
          'a post-start hook failed; it is tried again',
        );
      return false;
    } finally {
      this.#running.delete(settled);
    }
  }

  #pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => void setTimeout(resolve, milliseconds).unref());
  }

  /** Ends repetitions; resolves when none is under way. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopped = true;
    for (const timer of this.#timers) clearInterval(timer);
    await Promise.all(this.#running);
  }
}

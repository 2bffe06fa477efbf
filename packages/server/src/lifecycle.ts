/** Which requests are under way, and whether new ones are taken. */
export class Lifecycle {
  readonly #stopping = new AbortController();
  readonly #idle = new Set<() => void>();
  #active = 0;

  /** Aborts when the server begins to stop: watches end then. */
  get stopping(): AbortSignal {
    return this.#stopping.signal;
  }

  enter(): void {
    this.#active++;
  }

  leave(): void {
    if (--this.#active > 0) return;
    for (const resolve of this.#idle) resolve();
    this.#idle.clear();
  }

  /** Takes no more requests; resolves when those under way are answered. */
  async drain(): Promise<void> {
    this.#stopping.abort();
    if (this.#active === 0) return;
    await new Promise<void>((resolve) => this.#idle.add(resolve));
  }
}

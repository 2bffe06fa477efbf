type Phase = 'serving' | 'leaving' | 'draining';

/** Which requests are under way, and whether new ones are taken. */
export class Lifecycle {
  #phase: Phase = 'serving';
  #short = 0;
  /** How to end each stream, in the order in which they began. */
  readonly #streams = new Set<() => void>();
  #changed = Promise.withResolvers<void>();
  /** Called when no request is under way any more that ends by itself. */
  onIdle: () => void = () => undefined;

  /** False once the server is about to stop: `readyz` fails, so that clients go elsewhere. */
  get isReady(): boolean {
    return this.#phase === 'serving';
  }

  /** How many requests that end by themselves are. */
  get underWay(): number {
    return this.#short;
  }

  /** Whether new requests are refused. */
  get isDraining(): boolean {
    return this.#phase === 'draining';
  }

  /** Counts a request that ends by itself; call what it returns when it has. */
  enter(): () => void {
    this.#short++;
    return () => {
      if (--this.#short === 0) this.onIdle();
      this.#notify();
    };
  }

  /** Counts a stream; `end` is called when the server stops. Call what it returns when it has ended. */
  enterStream(end: () => void): () => void {
    this.#streams.add(end);
    return () => {
      this.#streams.delete(end);
      this.#notify();
    };
  }

  /** The server is about to stop, and still serves. */
  leave(): void {
    if (this.#phase === 'serving') this.#phase = 'leaving';
  }

  /**
   * Takes no more requests. Those under way finish first, so that streams still see what they write; then streams end, the
   * oldest first. Resolves when nothing is under way.
   */
  async drain(): Promise<void> {
    this.#phase = 'draining';
    while (this.#short > 0) await this.#changed.promise;
    for (const end of this.#streams) end();
    while (this.#streams.size > 0) await this.#changed.promise;
  }

  #notify(): void {
    if (this.#phase !== 'draining') return;
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }
}

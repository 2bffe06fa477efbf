import { tooManyRequestsError, type Clock, type StatusError } from '@keelson/api-machinery';

/**
 * Whether the cache can be asked, and when to come again otherwise.
 * Behaviour: k8s.io/apiserver cacher ready.go and util.go.
 */
export class Readiness {
  readonly #clock: Clock;
  readonly #lastError: () => unknown;
  #state: 'pending' | 'ready' | 'stopped' = 'pending';
  #since: number;

  constructor(clock: Clock, lastError: () => unknown) {
    this.#clock = clock;
    this.#since = clock.now();
    this.#lastError = lastError;
  }

  get ready(): boolean {
    return this.#state === 'ready';
  }

  /** The cache is loaded. */
  open(): void {
    this.#become('ready');
  }

  /** For good. */
  stop(): void {
    this.#become('stopped');
  }

  /** 429: waits grow with the time that it has not been ready. */
  notReadyError(): StatusError {
    const seconds = (this.#clock.now() - this.#since) / 1000;
    const retryAfter = Math.floor(Math.min(30, Math.max(1, Math.exp(0.06 * seconds))));
    return tooManyRequestsError(
      this.#state === 'stopped' ? 'apiserver cacher is stopped' : this.#pendingText(),
      retryAfter,
    );
  }

  #pendingText(): string {
    const error = this.#lastError();
    return `storage is (re)initializing${error instanceof Error ? `: ${error.message}` : ''}`;
  }

  #become(state: 'ready' | 'stopped'): void {
    if (this.#state === 'stopped') return;
    this.#state = state;
    this.#since = this.#clock.now();
  }
}

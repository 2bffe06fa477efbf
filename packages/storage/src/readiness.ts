import { tooManyRequestsError, type Clock, type StatusError } from '@keelson/api-machinery';

/** Tells callers of a cache that is not loaded yet when to come again. Behaviour: k8s.io/apiserver cacher ready.go and util.go. */
export class Readiness {
  readonly #clock: Clock;
  readonly #since: number;
  readonly #lastError: () => unknown;

  constructor(clock: Clock, lastError: () => unknown) {
    this.#clock = clock;
    this.#since = clock.now();
    this.#lastError = lastError;
  }

  notReadyError(): StatusError {
    const seconds = (this.#clock.now() - this.#since) / 1000;
    const error = this.#lastError();
    const why = error === undefined ? '' : `: ${error instanceof Error ? error.message : String(error)}`;
    return tooManyRequestsError(`storage is (re)initializing${why}`, Math.floor(Math.min(30, Math.max(1, Math.exp(0.06 * seconds)))));
  }
}

import { ageOf } from '@keelson/api-machinery';
import type { ContainerStatus } from '@keelson/kubernetes-api/core/v1';

/** How often containers were restarted, and when one ended last. */
export class Restarts {
  #count = 0;
  #last: string | undefined;

  count({ restartCount, lastState }: ContainerStatus): void {
    this.#count += restartCount;
    const finished = lastState.terminated?.finishedAt;
    if (finished && (this.#last === undefined || Date.parse(finished) > Date.parse(this.#last)))
      this.#last = finished;
  }

  /** `3 (2m ago)`. */
  text(now: number): string {
    return this.#count > 0 && this.#last !== undefined
      ? `${this.#count} (${ageOf(this.#last, now)} ago)`
      : `${this.#count}`;
  }
}

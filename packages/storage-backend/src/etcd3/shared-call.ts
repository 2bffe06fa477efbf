import { setImmediate as nextTurn, setTimeout } from 'node:timers/promises';

/** For how long those who ask wait for the call under way before they get one of their own, in milliseconds. */
const patience = 1000;
/** Where so many shared the last call, the next one waits for so many milliseconds, so that more share it: calls cost more than answers. */
const many = 6;
const moment = 2;

/** What a shared call knows of time; tests bring their own. */
interface Timing {
  readonly now: () => number;
  readonly pause: () => Promise<unknown>;
}

const realTiming: Timing = { now: () => performance.now(), pause: () => setTimeout(moment) };

/**
 * One call for all who ask at about the same time. An answer is only for those who asked before its call began, so that it is
 * as fresh as a call of their own: who asks while one is under way shares the next one, and so do all whose requests the same
 * turn of the event loop brings; under load, those of a moment.
 */
export class SharedCall<T> {
  readonly #run: () => Promise<T>;
  readonly #timing: Timing;
  #current: Promise<T> | undefined;
  #next: Promise<T> | undefined;
  #began = 0;
  /** How many share the next call, and shared the last one. */
  #asking = 0;
  #shared = 0;

  constructor(run: () => Promise<T>, timing = realTiming) {
    this.#run = run;
    this.#timing = timing;
  }

  get(): Promise<T> {
    const isSlow = this.#current !== undefined && this.#timing.now() - this.#began > patience;
    if (isSlow) return this.#begin();
    this.#asking++;
    return (this.#next ??= this.#gather());
  }

  async #gather(): Promise<T> {
    // Its failure is told to those who asked for it.
    await this.#current?.catch(() => undefined);
    await (this.#shared < many ? nextTurn() : this.#timing.pause());
    this.#next = undefined;
    this.#shared = this.#asking;
    this.#asking = 0;
    return await this.#begin();
  }

  #begin(): Promise<T> {
    const call = this.#run();
    this.#current = call;
    this.#began = this.#timing.now();
    const ended = (): void => {
      if (this.#current === call) this.#current = undefined;
    };
    call.then(ended, ended);
    return call;
  }
}

import { setImmediate as nextTurn } from 'node:timers/promises';

/** For how long those who ask wait for the call under way before they get one of their own, in milliseconds. */
const patience = 1000;

/**
 * One call for all who ask at about the same time. An answer is only for those who asked before its call began, so that it is
 * as fresh as a call of their own: who asks while one is under way shares the next one, and so do all whose requests the same
 * turn of the event loop brings.
 */
export class SharedCall<T> {
  readonly #run: () => Promise<T>;
  readonly #now: () => number;
  #current: Promise<T> | undefined;
  #next: Promise<T> | undefined;
  #began = 0;

  constructor(run: () => Promise<T>, now: () => number = () => performance.now()) {
    this.#run = run;
    this.#now = now;
  }

  get(): Promise<T> {
    const isSlow = this.#current !== undefined && this.#now() - this.#began > patience;
    return isSlow ? this.#begin() : (this.#next ??= this.#gather());
  }

  async #gather(): Promise<T> {
    // Its failure is told to those who asked for it.
    await this.#current?.catch(() => undefined);
    await nextTurn();
    this.#next = undefined;
    return await this.#begin();
  }

  #begin(): Promise<T> {
    const call = this.#run();
    this.#current = call;
    this.#began = this.#now();
    const ended = (): void => {
      if (this.#current === call) this.#current = undefined;
    };
    call.then(ended, ended);
    return call;
  }
}

/** Milliseconds. Nobody who asks meanwhile waits longer. */
const length = 1;
/** A client of Go's asks for more after every four kilobytes of a stream, and of its connection: some eight packets for as much as this. */
const bytesPerRest = 16 * 1024;
/** What is written in a burst need not be rested for all at once. */
const mostOwed = 64 * bytesPerRest;

/**
 * Lets the event loop rest after much was written and while nobody waits for an answer, a millisecond at a time. Clients ask for more in
 * many small packets; each of them wakes the process when it waits for it, and costs more than it holds. After a rest they are read together.
 */
export class EventLoopRest {
  readonly #isAwaited: () => boolean;
  readonly #pause: (milliseconds: number) => void;
  #owed = 0;
  #isPlanned = false;

  /** @param isAwaited whether somebody waits for an answer; call `resume` when nobody does any more */
  constructor(isAwaited: () => boolean, pause = blockThread) {
    this.#isAwaited = isAwaited;
    this.#pause = pause;
  }

  /** Bytes were handed to a connection. */
  wrote(bytes: number): void {
    this.#owed = Math.min(this.#owed + bytes, mostOwed);
    this.#plan();
  }

  resume(): void {
    this.#plan();
  }

  #plan(): void {
    if (this.#isPlanned || this.#owed < bytesPerRest || this.#isAwaited()) return;
    this.#isPlanned = true;
    setImmediate(this.#rest);
  }

  readonly #rest = (): void => {
    this.#isPlanned = false;
    if (this.#isAwaited()) return;
    this.#pause(length);
    this.#owed -= bytesPerRest;
    this.#plan();
  };
}

const never = new Int32Array(new SharedArrayBuffer(4));

/** The thread costs nothing meanwhile. */
const blockThread = (milliseconds: number): void => void Atomics.wait(never, 0, 0, milliseconds);

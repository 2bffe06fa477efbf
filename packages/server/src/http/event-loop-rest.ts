/** Milliseconds. Nobody who asks meanwhile waits longer. */
const length = 1;
/** Writes in a turn of the loop from which on it rests for them. With fewer watchers whoever writes next waits for more than is saved. */
const many = 250;
/** A client of Go's asks for more after every four kilobytes of a stream, and of its connection: some eight packets for as much as this. */
const bytesPerRest = 16 * 1024;
/** What is written in a burst need not be rested for all at once. */
const mostOwed = 64 * bytesPerRest;

/**
 * Lets the event loop rest after it wrote to many watches and while nobody waits for an answer, a millisecond at a time. Clients ask for more in
 * many small packets; each of them wakes the process when it waits for it, and costs more than it holds. After a rest they are read together.
 */
export class EventLoopRest {
  readonly #isAwaited: () => boolean;
  readonly #pause: (milliseconds: number) => void;
  #writes = 0;
  #written = 0;
  #owed = 0;
  #isPlanned = false;

  /** @param isAwaited whether somebody waits for an answer; call `resume` when nobody does any more */
  constructor(isAwaited: () => boolean, pause = blockThread) {
    this.#isAwaited = isAwaited;
    this.#pause = pause;
  }

  /** Bytes were handed to a connection. */
  wrote(bytes: number): void {
    this.#writes++;
    this.#written += bytes;
    this.#plan();
  }

  resume(): void {
    if (this.#owed > 0) this.#plan();
  }

  #plan(): void {
    if (this.#isPlanned) return;
    this.#isPlanned = true;
    setImmediate(this.#endTurn);
  }

  readonly #endTurn = (): void => {
    this.#isPlanned = false;
    if (this.#writes >= many) this.#owed = Math.min(this.#owed + this.#written, mostOwed);
    this.#writes = this.#written = 0;
    if (this.#owed === 0 || this.#isAwaited()) return;
    this.#pause(length);
    this.#owed = Math.max(this.#owed - bytesPerRest, 0);
    if (this.#owed > 0) this.#plan();
  };
}

const never = new Int32Array(new SharedArrayBuffer(4));

/** The thread costs nothing meanwhile. */
const blockThread = (milliseconds: number): void => void Atomics.wait(never, 0, 0, milliseconds);

import { stat } from 'node:fs';

/** How long a write may wait for a wake-up that was lost. */
const everyMs = 250;

/**
 * Wakes the threads that do file operations, now and then, until disposed of.
 *
 * glibc before 2.41 may lose the wake-up of a thread that waits for work (https://sourceware.org/bugzilla/show_bug.cgi?id=25847):
 * an operation then stays in libuv's queue, with all threads asleep, until another one is queued. Seen here after some 200,000
 * commits in a row: a store that nobody else shares the process with would wait for ever.
 */
export function keepWorkersAwake(): Disposable {
  const timer = setInterval(() => stat('/', ignore), everyMs);
  timer.unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

function ignore(): void {
  // What the operation finds is of no interest.
}

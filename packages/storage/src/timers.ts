/** A timer under way. */
export interface Timer {
  /** Idempotent; does nothing once it has run. */
  stop(): void;
}

/** Where waiting comes from, so that tests need not wait. */
export interface Timers {
  /** Runs `run` once, after about so many milliseconds. */
  start(milliseconds: number, run: () => void): Timer;
}

/** The machine's timers. They do not keep the process alive. */
export const systemTimers: Timers = {
  start(milliseconds, run) {
    const handle = setTimeout(run, milliseconds);
    handle.unref();
    return { stop: () => clearTimeout(handle) };
  },
};

import type { Clock } from '@keelson/api-machinery';
import { BTree, type SortedTree } from './btree.ts';
import type { Timer, Timers } from './timers.ts';

type Task = () => void;

/** Any number of appointments on one timer. */
export class Timetable {
  readonly #clock: Clock;
  readonly #timers: Timers;
  readonly #tasks: SortedTree<number, Set<Task>> = new BTree(
    undefined,
    (a: number, b: number) => a - b,
  );
  #timer: Timer | undefined;
  #timerDue = Infinity;

  constructor(clock: Clock, timers: Timers) {
    this.#clock = clock;
    this.#timers = timers;
  }

  /** Runs `task` once the clock has reached `time`. */
  at(time: number, task: Task): Timer {
    const due = this.#tasks.get(time) ?? new Set();
    if (due.size === 0) this.#tasks.set(time, due);
    due.add(task);
    this.#arm();
    return { stop: () => this.#cancel(time, task) };
  }

  /** Runs `task` after so many milliseconds. */
  in(milliseconds: number, task: Task): Timer {
    return this.at(this.#clock.now() + milliseconds, task);
  }

  close(): void {
    this.#timer?.stop();
    this.#timer = undefined;
  }

  #cancel(time: number, task: Task): void {
    const due = this.#tasks.get(time);
    if (due?.delete(task) && due.size === 0) this.#tasks.delete(time);
  }

  #arm(): void {
    const next = this.#tasks.minKey();
    if (next === undefined || next >= this.#timerDue) return;
    this.#timer?.stop();
    this.#timerDue = next;
    this.#timer = this.#timers.start(Math.max(0, next - this.#clock.now()), () => this.#run());
  }

  #run(): void {
    this.#timerDue = Infinity;
    const now = this.#clock.now();
    for (
      let next = this.#tasks.minKey();
      next !== undefined && next <= now;
      next = this.#tasks.minKey()
    ) {
      const due = this.#tasks.get(next) ?? [];
      this.#tasks.delete(next);
      for (const task of due) task();
    }
    this.#arm();
  }
}

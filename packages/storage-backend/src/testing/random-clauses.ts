import { expect } from 'chai';
import type { Operation, StorageBackend, Transaction } from '../storage-backend.ts';
import type { ClauseGroup } from './clause.ts';
import { Random, chooseSeed } from './random.ts';
import { Trial, bytes } from './trial.ts';
import { TwinStores } from './twin-stores.ts';

const steps = 1500;
const folders = ['a/', 'a', 'b/', 'b/c/', 'é/', '😀/', ''];
const leaves = ['1', '2', '3', '～', '😁', 'x'];

/** One run of random operations on a backend and on the memory backend. */
class RandomRun {
  readonly #random: Random;
  readonly #trial: Trial;
  readonly #twins: TwinStores;
  #written = 0;

  constructor(seed: number, trial: Trial, twins: TwinStores) {
    this.#random = new Random(seed);
    this.#trial = trial;
    this.#twins = twins;
  }

  async step(): Promise<void> {
    const dice = this.#random.below(100);
    if (dice < 55) await this.#twins.transact(await this.#transaction());
    else if (dice < 70) await this.#twins.get(this.#key(), this.#revision());
    else if (dice < 88) await this.#list();
    else if (dice < 95) await this.#twins.count(this.#prefix());
    else if (dice < 99) await this.#replay();
    else await this.#compact();
  }

  async #transaction(): Promise<Transaction> {
    const keys = new Set(Array.from({ length: 1 + this.#random.below(4) }, () => this.#key()));
    const then = Array.from(keys, (key): Operation => {
      if (this.#random.chance(30)) return { type: 'delete', key };
      return { type: 'put', key, value: bytes(`v${this.#written++}`) };
    });
    const compare = [];
    for (const key of keys) {
      const entry = await this.#twins.model.get(key);
      const stale = this.#random.chance(10) ? 1 : 0;
      if (this.#random.chance(60)) compare.push({ key, revision: (entry?.revision ?? 0) + stale });
    }
    return { compare, then };
  }

  async #list(): Promise<void> {
    const prefix = this.#prefix();
    await this.#twins.list(prefix, {
      at: this.#revision(),
      limit: this.#random.chance(60) ? 1 + this.#random.below(12) : undefined,
      start: this.#random.chance(40) ? prefix + this.#random.pick(leaves) : undefined,
    });
  }

  async #replay(): Promise<void> {
    const prefix = this.#prefix();
    const after = this.#revision() ?? 1;
    const { model } = this.#twins;
    if (after > (await model.revision())) return;
    let count = 0;
    const stop = new AbortController();
    if (after >= (await model.compactedRevision())) {
      const newest = await model.revision();
      const watch = model.watch(prefix, { after, signal: stop.signal })[Symbol.asyncIterator]();
      for (let reached = after; reached < newest;) {
        const next = watch.next();
        model.requestProgress(prefix);
        const step = await next;
        count += step.value.events.length;
        reached = step.value.events.length === 0 ? newest : step.value.revision;
      }
      stop.abort();
    } else count = 1;
    await this.#twins.replay(prefix, after, count);
  }

  async #compact(): Promise<void> {
    const { model } = this.#twins;
    const [from, to] = [await model.compactedRevision(), await model.revision()];
    await this.#twins.compact(from + 1 + this.#random.below(Math.max(1, to - from + 1)));
  }

  #key(): string {
    return this.#trial.key(this.#random.pick(folders) + this.#random.pick(leaves));
  }

  #prefix(): string {
    return this.#trial.key(this.#random.pick(folders));
  }

  /** None, or one that may be compacted or not have happened yet. */
  #revision(): number | undefined {
    return this.#random.chance(50) ? undefined : 2 + this.#random.below(this.#written + 2);
  }
}

/** Does random operations on a backend and on the memory backend, and throws, naming the seed, where their answers differ. */
export async function compareWithMemory(
  backend: StorageBackend,
  { seed, steps, onStep }: { seed: number; steps: number; onStep?: (step: number) => void },
): Promise<void> {
  const trial = new Trial(backend);
  await using twins = await TwinStores.open(trial);
  const run = new RandomRun(seed, trial, twins);
  for (let step = 0; step < steps; step++) {
    try {
      await run.step();
    } catch (error) {
      throw new Error(`STORAGE_SEED=${seed}: step ${step} differs`, { cause: error });
    }
    onStep?.(step);
  }
  const keys = await twins.model.count(trial.prefix);
  expect(await backend.count(trial.prefix), `STORAGE_SEED=${seed}`).to.equal(keys);
}

export const randomClauses: ClauseGroup = {
  name: 'random operations',
  clauses: [
    {
      name: 'gives the answers that the memory backend gives',
      run: ({ backend }) => compareWithMemory(backend, { seed: chooseSeed(), steps }),
    },
  ],
};

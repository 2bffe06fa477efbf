import { expect } from 'chai';
import { MemoryBackend } from '../memory/memory-backend.ts';
import type {
  BackendEvent,
  Entry,
  ListOptions,
  Revision,
  StorageBackend,
  Transaction,
} from '../storage-backend.ts';
import { StorageError } from '../storage-error.ts';
import type { Trial } from './trial.ts';
import { revisionOf } from './watch-reader.ts';

/**
 * A backend and the memory backend, given the same operations and expected to give the same answers. Revisions are those of
 * the memory backend; the other store's are as far ahead as it was written to before.
 */
export class TwinStores implements AsyncDisposable {
  readonly model = new MemoryBackend();
  readonly #trial: Trial;
  readonly #offset: Revision;

  static async open(trial: Trial): Promise<TwinStores> {
    return new TwinStores(trial, (await trial.backend.revision()) - 1);
  }

  private constructor(trial: Trial, offset: Revision) {
    this.#trial = trial;
    this.#offset = offset;
  }

  async transact(transaction: Transaction): Promise<void> {
    const compare = transaction.compare.map(({ key, revision }) => ({
      key,
      revision: revision === 0 ? 0 : revision + this.#offset,
    }));
    await this.#both(
      async () => {
        const result = await this.model.transact(transaction);
        return result.succeeded ? result : { ...result, current: result.current.map(showEntry(0)) };
      },
      async (other) => {
        const result = await other.transact({ ...transaction, compare });
        const revision = result.revision - this.#offset;
        if (result.succeeded) return { ...result, revision };
        return { ...result, revision, current: result.current.map(showEntry(this.#offset)) };
      },
    );
  }

  async get(key: string, at: Revision | undefined): Promise<void> {
    await this.#both(
      async () => showEntry(0)(await this.model.get(key, { at })),
      async (other) => showEntry(this.#offset)(await other.get(key, { at: this.#shift(at) })),
    );
  }

  async list(prefix: string, options: ListOptions): Promise<void> {
    const at = this.#shift(options.at);
    const show = (offset: Revision) => async (store: StorageBackend) => {
      const page = await store.list(prefix, offset === 0 ? options : { ...options, at });
      const entries = page.entries.map(showEntry(offset));
      return { entries, revision: page.revision - offset, remaining: page.remaining };
    };
    await this.#both(() => show(0)(this.model), show(this.#offset));
  }

  async count(prefix: string): Promise<void> {
    await this.#both(
      () => this.model.count(prefix),
      (other) => other.count(prefix),
    );
  }

  async compact(revision: Revision): Promise<void> {
    await this.#both(
      () => this.model.compact(revision),
      (other) => other.compact(revision + this.#offset),
    );
  }

  /** Replays all changes under a prefix after a revision up to the newest. */
  async replay(prefix: string, after: Revision, count: number): Promise<void> {
    const show = (offset: Revision) => async (store: StorageBackend) => {
      const lines: string[] = [];
      if (count === 0) return lines;
      for await (const batch of store.watch(prefix, { after: after + offset })) {
        lines.push(...batch.events.map((event) => showEvent(event, offset)));
        if (lines.length >= count) break;
      }
      return lines;
    };
    await this.#both(() => show(0)(this.model), show(this.#offset));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.model[Symbol.asyncDispose]();
  }

  #shift(revision: Revision | undefined): Revision | undefined {
    return revision === undefined ? undefined : revision + this.#offset;
  }

  async #both(
    ofModel: () => Promise<unknown>,
    ofOther: (other: StorageBackend) => Promise<unknown>,
  ): Promise<void> {
    const expected = await outcome(ofModel());
    expect(await outcome(ofOther(this.#trial.backend))).to.deep.equal(expected);
  }
}

/** The answer, or the code of the error. */
async function outcome(answer: Promise<unknown>): Promise<unknown> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof StorageError) return { code: error.code };
    throw error;
  }
}

function showEntry(offset: Revision) {
  return (entry: Entry | undefined) =>
    entry && `${entry.key}=${Buffer.from(entry.value).toString()}@${entry.revision - offset}`;
}

function showEvent(event: BackendEvent, offset: Revision): string {
  const what = event.type === 'put' ? showEntry(offset)(event.entry) : event.key;
  const before = showEntry(offset)(event.previous) ?? 'nothing';
  return `${event.type} ${what} at ${revisionOf(event) - offset} after ${before}`;
}

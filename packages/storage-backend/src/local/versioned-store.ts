import type {
  BackendEvent,
  Comparison,
  Entry,
  ListOptions,
  Page,
  Revision,
  TransactionResult,
} from '../storage-backend.ts';
import { StorageError } from '../storage-error.ts';
import type { Change, Commit } from './commit.ts';
import { keyOf } from './commit.ts';
import { History } from './history.ts';
import { afterPrefix, compareKeys } from './key-order.ts';
import { LiveBytes, Quota } from './quota.ts';
import type { Tree } from './tree.ts';
import { createTree, entryOf } from './tree.ts';

/** Where a store begins: the first write takes the revision after it. */
const emptyRevision: Revision = 1;

export interface StoreState {
  readonly revision: Revision;
  /** History before this is given up. */
  readonly compacted: Revision;
  readonly tree: Tree;
}

export interface StoreOptions {
  /** What the store begins with; empty when absent. */
  readonly state?: StoreState;
  /** About how many bytes of memory replaced values and past events may take; beyond that the oldest are given up. 64 MiB when absent. */
  readonly historyBytes?: number;
}

const defaultHistoryBytes = 64 * 1024 * 1024;

/** What a transaction comes to: a commit that is to be published, or an answer at once. */
export type Staged =
  | { readonly commit: Commit; readonly result: TransactionResult }
  | { readonly commit?: undefined; readonly result: TransactionResult };

/**
 * The state machine behind the local backends, without time and without input or output. A transaction is first staged:
 * checked against everything staged before it. Readers and watchers see it when it is published, which may be later (once
 * it is on disk), in the order of staging.
 */
export class VersionedStore {
  readonly #tree: Tree;
  readonly history: History;
  readonly #historyBytes: number;
  #revision: Revision;
  #stagedRevision: Revision;
  #quota: Quota | undefined;
  readonly #live: LiveBytes;
  /** What staged, unpublished commits hold; `undefined` for a deleted key. */
  readonly #staged = new Map<string, { readonly revision: Revision; readonly entry?: Entry }>();

  constructor({ state = emptyState(), historyBytes = defaultHistoryBytes }: StoreOptions = {}) {
    this.#historyBytes = historyBytes;
    this.#tree = state.tree;
    this.#live = new LiveBytes(state.tree);
    this.#revision = state.revision;
    this.#stagedRevision = state.revision;
    this.history = new History(state.revision, state.compacted);
  }

  /** From here on, refuses with `no-space` what would let the store and its history grow beyond so many bytes. */
  limitTo(bytes: number): void {
    this.#quota = new Quota(bytes);
  }

  /** About what live keys and values take. */
  get liveBytes(): number {
    return this.#live.bytes;
  }

  /** The newest published revision. */
  get revision(): Revision {
    return this.#revision;
  }

  get(key: string, at?: Revision): Entry | undefined {
    return this.#at(at).get(key);
  }

  list(prefix: string, { at, limit = Infinity, start = prefix }: ListOptions): Page {
    const tree = this.#at(at);
    const range = { start, end: afterPrefix(prefix) };
    const entries: Entry[] = [];
    const stopped = visitEntries(tree, range, (entry) => entries.push(entry) < limit);
    const remaining = stopped ? countKeys(tree, range) - entries.length : 0;
    return { entries, revision: at ?? this.#revision, remaining };
  }

  count(prefix: string): number {
    return countKeys(this.#tree, { start: prefix, end: afterPrefix(prefix) });
  }

  stage(compare: readonly Comparison[], changes: readonly Change[]): Staged {
    if (!compare.every((comparison) => this.#holds(comparison))) {
      const current = compare.map(({ key }) => this.#newest(key));
      return { result: { succeeded: false, revision: this.#stagedRevision, current } };
    }
    const revision = this.#stagedRevision + 1;
    const events = changes.flatMap((change) => this.#eventOf(change, revision) ?? []);
    if (events.length === 0) {
      return { result: { succeeded: true, revision: this.#stagedRevision } };
    }
    const commit = { revision, events, expiries: expiriesOf(changes) };
    this.#quota?.stage(commit, this.#live.bytes + this.history.bytes);
    this.#stagedRevision = revision;
    for (const event of events) {
      this.#staged.set(keyOf(event), {
        revision,
        entry: event.type === 'put' ? event.entry : undefined,
      });
    }
    return { commit, result: { succeeded: true, revision } };
  }

  /** Whether a key has a write that is staged and not yet published. */
  isStaged(key: string): boolean {
    return this.#staged.has(key);
  }

  publish(commit: Commit): void {
    for (const event of commit.events) {
      const key = keyOf(event);
      if (event.type === 'put') this.#tree.set(key, event.entry);
      else this.#tree.delete(key);
      if (this.#staged.get(key)?.revision === commit.revision) this.#staged.delete(key);
    }
    this.#quota?.publish(commit);
    this.#live.apply(commit);
    this.#revision = commit.revision;
    if (this.#stagedRevision < commit.revision) this.#stagedRevision = commit.revision;
    this.history.append(commit, this.#tree);
    // An eighth at a time, so that not every write compacts.
    if (this.history.bytes > this.#historyBytes) {
      this.history.compact(this.history.revisionWithin(this.#historyBytes * 0.875));
    }
  }

  /** The store as it stood at a revision, as a map of its own that later writes leave alone. */
  treeAt(revision: Revision): Tree {
    return this.#at(revision).clone();
  }

  /** Forgets what is staged and not published: it did not happen. */
  discard(): void {
    this.#staged.clear();
    this.#quota?.discard();
    this.#stagedRevision = this.#revision;
  }

  /** Throws `future-revision` for one that has not happened; compacting to the past does nothing. */
  compact(revision: Revision): void {
    if (revision > this.#revision) throw this.#future();
    this.history.compact(revision);
  }

  #at(revision: Revision | undefined): Tree {
    if (revision === undefined || revision === this.#revision) return this.#tree;
    if (revision > this.#revision) throw this.#future();
    if (revision < this.history.compacted || revision < this.history.base) {
      throw new StorageError('compacted', { revision: this.#revision });
    }
    return this.history.treeAt(revision, this.#tree);
  }

  #future(): StorageError {
    return new StorageError('future-revision', { revision: this.#revision });
  }

  #newest(key: string): Entry | undefined {
    const staged = this.#staged.get(key);
    return staged ? staged.entry : this.#tree.get(key);
  }

  #holds({ key, revision }: Comparison): boolean {
    return (this.#newest(key)?.revision ?? 0) === revision;
  }

  /** Deleting what is not there is no change. */
  #eventOf(change: Change, revision: Revision): BackendEvent | undefined {
    const { key } = change;
    const previous = this.#newest(key);
    if (change.type === 'put') {
      return { type: 'put', entry: entryOf(key, change.value, revision), previous };
    }
    return previous && { type: 'delete', key, revision, previous };
  }
}

function emptyState(): StoreState {
  return { revision: emptyRevision, compacted: 0, tree: createTree() };
}

function expiriesOf(changes: readonly Change[]): Map<string, number> | undefined {
  let expiries: Map<string, number> | undefined;
  for (const change of changes) {
    if (change.type !== 'put' || change.deadline === undefined) continue;
    expiries ??= new Map();
    expiries.set(change.key, change.deadline);
  }
  return expiries;
}

/** From `start` up to and without `end`. */
interface KeyRange {
  readonly start: string;
  readonly end: string;
}

const stop = { break: true };

/** Visits entries until the visitor returns false; returns whether it did. */
function visitEntries(
  tree: Tree,
  { start, end }: KeyRange,
  visit: (entry: Entry) => boolean,
): boolean {
  let stopped = false;
  tree.forRange(start, end, false, (_key, entry) => {
    stopped = !visit(entry);
    return stopped ? stop : undefined;
  });
  return stopped;
}

/** Adds up the sizes of leaves, without a visit to each key. */
function countKeys(tree: Tree, { start, end }: KeyRange): number {
  return compareKeys(start, end) < 0 ? tree.forRange(start, end, false) : 0;
}

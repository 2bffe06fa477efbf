import type { BackendEvent, Entry, EventBatch, Revision } from '@keelson/storage-backend';
import type { Clock } from '@keelson/api-machinery';
import { AttributeIndex } from './attribute-index.ts';
import { Change } from './change.ts';
import { differences } from './differences.ts';
import type { Freshness } from './freshness.ts';
import type { Handover } from './handover.ts';
import type { History } from './history.ts';
import { KeptStates } from './kept-states.ts';
import { RecentRanges } from './recent-ranges.ts';
import type { Snapshot } from './snapshot.ts';
import { SnapshotMap } from './snapshot-map.ts';
import type { Timetable } from './timetable.ts';
import { StoredSnapshot, type ObjectForm } from './stored-snapshot.ts';

/** What a watch cache is made of. */
export interface WatchCacheParts<T> {
  readonly form: ObjectForm<T>;
  readonly history: History<T>;
  readonly freshness: Freshness;
  readonly handover: Handover<T>;
  readonly clock: Clock;
  readonly timetable: Timetable;
  /** Gets the changes of every batch after the cache has taken them. */
  readonly dispatch: (changes: readonly Change<T>[]) => void;
}

/** The newest known state of one resource, the way there, and some states of the past. */
export class WatchCache<T> {
  readonly history: History<T>;
  /** Of the live state. */
  readonly attributes = new AttributeIndex<T>();
  readonly ranges = new RecentRanges<T>();
  readonly #parts: WatchCacheParts<T>;
  readonly #kept: KeptStates<T>;
  #state = new SnapshotMap<T>();

  constructor(parts: WatchCacheParts<T>) {
    this.#parts = parts;
    this.history = parts.history;
    this.#kept = new KeptStates(parts.history, parts.timetable);
  }

  get revision(): Revision {
    return this.#parts.freshness.revision;
  }

  /** The live state: to be read before anything else happens. */
  get state(): SnapshotMap<T> {
    return this.#state;
  }

  /** Keeps the newest state for pages to come. */
  keep(): void {
    this.#kept.keep(this.revision, this.#state);
  }

  /** The state at a revision that is not in the future; `undefined` when the cache cannot tell. */
  stateAt(revision: Revision): SnapshotMap<T> | undefined {
    if (revision === this.revision) return this.#state;
    return this.#kept.at(revision, this.#state);
  }

  /** The snapshot of an entry: the one that is there already when it is the same. */
  snapshotOf(entry: Entry): StoredSnapshot<T> {
    const known = this.#state.get(entry.key);
    if (known?.revision === entry.revision) return known;
    return this.#parts.handover.peek(entry.key, entry.revision) ?? this.#newSnapshot(entry);
  }

  /** Takes the first list. */
  load(entries: readonly Entry[], revision: Revision): void {
    for (const entry of entries) this.#state.set(this.#newSnapshot(entry));
    this.attributes.clear();
    this.ranges.clear();
    this.history.reset(revision);
    this.#parts.freshness.advance(revision);
  }

  /** Takes what happened next. Events that it has already are left out. */
  apply(batch: EventBatch): void {
    const changes: Change<T>[] = [];
    const known = this.revision;
    for (const event of batch.events) {
      const change = this.#changeOf(event);
      if (change === undefined || change.revision <= known) continue;
      this.#take(change);
      changes.push(change);
    }
    this.#parts.freshness.advance(batch.revision);
    if (changes.length > 0) this.#parts.dispatch(changes);
    this.#parts.handover.reached(this.revision);
  }

  /** Takes a whole list, read after history was lost: the differences become changes. */
  replace(entries: readonly Entry[], revision: Revision): void {
    const before = [...this.#state.all()];
    const events = differences(before, {
      entries,
      revision,
      isAnother: (entry, known) => differ(uidOf(known), uidOf(this.snapshotOf(entry))),
    });
    this.apply({ revision, events });
    this.#kept.forgetBefore(revision);
  }

  #take(change: Change<T>): void {
    this.history.add(change);
    this.attributes.take(change);
    this.ranges.clear();
    if (change.current === undefined) this.#state.delete(change.key);
    else this.#state.set(change.current);
  }

  #changeOf(event: BackendEvent): Change<T> | undefined {
    const time = this.#parts.clock.now();
    if (event.type === 'put') {
      const { key, revision } = event.entry;
      const current = this.#parts.handover.take(event.entry) ?? this.#newSnapshot(event.entry);
      return new Change({ key, revision, time, current, previous: this.#state.get(key) });
    }
    const { key, revision } = event;
    const previous = this.#state.get(key);
    if (previous === undefined) return undefined;
    const change = new Change({ key, revision, time, current: undefined, previous });
    const removed = this.#parts.handover.takeRemoved(key, revision);
    if (removed !== undefined) change.adoptRemoved(removed);
    return change;
  }

  #newSnapshot(entry: Entry): StoredSnapshot<T> {
    return new StoredSnapshot(this.#parts.form, entry.key, entry.revision, entry.value);
  }
}

function uidOf(snapshot: Snapshot): string | undefined {
  try {
    return (snapshot.object as { metadata?: { uid?: string } }).metadata?.uid;
  } catch {
    // A value that cannot be read has no uid; whoever asks for the object is told.
    return undefined;
  }
}

function differ(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && a !== b;
}

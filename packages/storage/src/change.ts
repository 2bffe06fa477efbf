import type { Revision } from '@keelson/storage-backend';
import type { ObjectEvent, WatchEventType } from './object-storage.ts';
import type { StoredSnapshot } from './stored-snapshot.ts';

/** An event with the encodings that were made of it. */
export class SharedEvent<T> implements ObjectEvent<T> {
  readonly type: WatchEventType;
  readonly revision: Revision;
  readonly snapshot: StoredSnapshot<T>;
  #encodings: Map<string, Uint8Array> | undefined;

  constructor(type: WatchEventType, snapshot: StoredSnapshot<T>) {
    this.type = type;
    this.revision = snapshot.revision;
    this.snapshot = snapshot;
  }

  encoded(encoding: string, make: (event: ObjectEvent<T>) => Uint8Array): Uint8Array {
    const known = this.#encodings?.get(encoding);
    if (known !== undefined) return known;
    const made = make(this);
    (this.#encodings ??= new Map()).set(encoding, made);
    return made;
  }

  /** They are made again when somebody asks. */
  forgetEncodings(): void {
    this.#encodings = undefined;
  }
}

/** What a change looks like to a watch, by which of its two states the watch selects. Each event is made once. */
export class Change<T> {
  readonly key: string;
  readonly revision: Revision;
  /** When the cache got it, in the clock's milliseconds. */
  readonly time: number;
  /** `undefined` for a deletion. */
  readonly current: StoredSnapshot<T> | undefined;
  /** `undefined` for a creation. */
  readonly previous: StoredSnapshot<T> | undefined;
  #added: SharedEvent<T> | undefined;
  #modified: SharedEvent<T> | undefined;
  #deleted: SharedEvent<T> | undefined;

  constructor(init: Pick<Change<T>, 'key' | 'revision' | 'time' | 'current' | 'previous'>) {
    this.key = init.key;
    this.revision = init.revision;
    this.time = init.time;
    this.current = init.current;
    this.previous = init.previous;
  }

  /** `undefined` when neither state is selected. */
  event(selectsCurrent: boolean, selectsPrevious: boolean): SharedEvent<T> | undefined {
    if (selectsCurrent && this.current !== undefined) {
      if (selectsPrevious) return (this.#modified ??= new SharedEvent('MODIFIED', this.current));
      return (this.#added ??= new SharedEvent('ADDED', this.current));
    }
    return selectsPrevious ? this.#deletion() : undefined;
  }

  /** The last state at the revision of the deletion; only for changes that have a previous state. */
  get removed(): StoredSnapshot<T> | undefined {
    return this.#deletion()?.snapshot;
  }

  /** Gives what a write has already handed to its caller as the state that the deletion removed. */
  adoptRemoved(snapshot: StoredSnapshot<T>): void {
    this.#deleted ??= new SharedEvent('DELETED', snapshot);
  }

  #deletion(): SharedEvent<T> | undefined {
    if (this.previous === undefined) return undefined;
    return (this.#deleted ??= new SharedEvent('DELETED', this.previous.at(this.revision)));
  }

  /** Drops the events and with them their encodings; who holds one keeps it. */
  forgetEvents(): void {
    this.#added = this.#modified = this.#deleted = undefined;
  }
}

import { StorageError, type Revision } from '@keelson/storage-backend';
import type { RecentObjects } from './recent-objects.ts';
import type { Attributes, Snapshot } from './snapshot.ts';
import { spliceResourceVersion } from './splice-resource-version.ts';

/** What a storage knows of its objects, shared by all of its snapshots. */
export interface ObjectForm<T> {
  parse(bytes: Uint8Array): T;
  /** Makes JSON of a value that begins like none; the same bytes when it cannot. */
  translate(bytes: Uint8Array): Uint8Array;
  attributes(object: T): Attributes;
  readonly recent: RecentObjects;
}

/**
 * A snapshot over a stored value. It holds the bytes once (as they are stored, or as they are served once somebody asked) and
 * its attributes; the parsed object only while it is among the recent ones, for it costs several times its JSON.
 */
export class StoredSnapshot<T> implements Snapshot<T> {
  readonly key: string;
  readonly revision: Revision;
  readonly #form: ObjectForm<T>;
  #bytes: Uint8Array;
  #served = false;
  #object: T | undefined;
  #attributes: Attributes | undefined;
  #encodings: Map<string, Uint8Array> | undefined;

  constructor(form: ObjectForm<T>, key: string, revision: Revision, stored: Uint8Array) {
    this.#form = form;
    this.key = key;
    this.revision = revision;
    this.#bytes = stored;
  }

  /** How many bytes it stands for. */
  get size(): number {
    return this.#bytes.length;
  }

  get json(): Uint8Array {
    if (!this.#served) {
      this.check();
      const served = spliceResourceVersion(this.#bytes, this.revision);
      if (served === undefined) throw corruptError(this.key, this.#bytes);
      this.#bytes = served;
      this.#served = true;
    }
    return this.#bytes;
  }

  get object(): T {
    if (this.#object !== undefined) return this.#object;
    const parsed = this.#parse();
    this.adopt(parsed);
    return parsed;
  }

  get attributes(): Attributes {
    return (this.#attributes ??= this.#form.attributes(this.object));
  }

  /** Throws `corrupt` for a value that is visibly no JSON object, and that nobody can make one of, without looking further. */
  check(): void {
    if (this.#served || this.#bytes[0] === openBrace) return;
    this.#bytes = this.#readable(() => this.#form.translate(this.#bytes));
    if (this.#bytes[0] !== openBrace) throw corruptError(this.key, this.#bytes);
  }

  /** Takes over what the value was encoded from. Does nothing when the object is there already. */
  adopt(object: T): void {
    if (this.#object !== undefined) return;
    stampRevision(object, this.revision);
    this.#object = object;
    this.#form.recent.hold(this);
  }

  /** Gives up the parsed object. What selectors need stays. */
  forgetObject(): void {
    if (this.#object === undefined) return;
    this.#attributes ??= this.#form.attributes(this.#object);
    this.#object = undefined;
  }

  encoded(encoding: string, make: (snapshot: Snapshot<T>) => Uint8Array): Uint8Array {
    const known = this.#encodings?.get(encoding);
    if (known !== undefined) return known;
    const made = make(this);
    (this.#encodings ??= new Map()).set(encoding, made);
    return made;
  }

  /** The same state at a later revision: what the deletion at `revision` removed. */
  at(revision: Revision): StoredSnapshot<T> {
    const moved = new StoredSnapshot(this.#form, this.key, revision, this.#bytes);
    moved.#attributes = this.#attributes;
    if (this.#object !== undefined) moved.adopt(copyWithMetadata(this.#object));
    return moved;
  }

  #parse(): T {
    this.check();
    return this.#readable(() => this.#form.parse(this.#bytes));
  }

  #readable<R>(read: () => R): R {
    try {
      return read();
    } catch (error) {
      throw new StorageError('corrupt', {
        message: `the value of ${this.key} cannot be read: ${messageOf(error)}`,
        key: this.key,
        cause: error,
      });
    }
  }
}

const openBrace = 0x7b;

function corruptError(key: string, bytes: Uint8Array): StorageError {
  const start = Buffer.from(bytes.subarray(0, 4)).toString('latin1');
  const what =
    start === 'k8s\0'
      ? 'is in the protobuf encoding, which nothing reads here'
      : 'is not the JSON of an object';
  return new StorageError('corrupt', { message: `the value of ${key} ${what}`, key });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

interface WithMetadata {
  metadata?: { resourceVersion?: string };
}

function stampRevision(object: unknown, revision: Revision): void {
  const { metadata } = object as WithMetadata;
  if (metadata !== undefined) metadata.resourceVersion = String(revision);
}

/** A copy that may get a resourceVersion of its own; all else is shared. */
function copyWithMetadata<T>(object: T): T {
  return { ...object, metadata: { ...(object as WithMetadata).metadata } };
}

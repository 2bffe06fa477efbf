import type { BackendEvent, Entry, EventBatch, Revision } from '../storage-backend.ts';
import { StorageError } from '../storage-error.ts';
import { entryOf, keyOf } from './entry.ts';
import type { WatchEvent, WatchResponse } from './messages.ts';
import { toNumber } from './messages.ts';

const deletion = 1;

/** Turns what a watch's stream says into batches of whole revisions, each of them once. */
export class WatchEvents {
  /** Everything up to here was handed out. */
  #position: Revision;
  /** The events of a revision that may not be whole yet. */
  #held: readonly WatchEvent[] = [];

  constructor(after: Revision) {
    this.#position = after;
  }

  get position(): Revision {
    return this.#position;
  }

  /** Forgets what a stream that broke left unfinished: the next one says it again. */
  restart(): void {
    this.#held = [];
  }

  /** What is to be handed out now, if anything. Throws `compacted` when what a key held before is no longer known. */
  take(response: WatchResponse): EventBatch | undefined {
    if (response.created) return undefined;
    if (response.events.length > 0) return this.#takeEvents(response);
    if (this.#held.length > 0 || response.fragment) return undefined;
    return this.#advance({ revision: toNumber(response.header.revision), events: [] });
  }

  #takeEvents({ events, fragment }: WatchResponse): EventBatch | undefined {
    const all = [...this.#held, ...events];
    const last = revisionOf(all.at(-1)!);
    const isHeld = (event: WatchEvent): boolean => fragment && revisionOf(event) === last;
    this.#held = all.filter(isHeld);
    const whole = all.filter((event) => !isHeld(event) && revisionOf(event) > this.#position);
    if (whole.length === 0) return undefined;
    return this.#advance({ revision: revisionOf(whole.at(-1)!), events: whole.map(toEvent) });
  }

  #advance(batch: EventBatch): EventBatch | undefined {
    if (batch.revision < this.#position) return undefined;
    this.#position = batch.revision;
    return batch;
  }
}

function revisionOf(event: WatchEvent): Revision {
  return toNumber(event.kv.modRevision);
}

function toEvent(event: WatchEvent): BackendEvent {
  const previous = previousOf(event);
  if (event.type !== deletion) return { type: 'put', entry: entryOf(event.kv), ...previous };
  return { type: 'delete', key: keyOf(event.kv), revision: revisionOf(event), ...previous };
}

/** etcd leaves it out, without a word, when it was compacted before the event was sent. */
function previousOf({ type, kv, prevKv }: WatchEvent): { readonly previous?: Entry } {
  if (prevKv) return { previous: entryOf(prevKv) };
  if (type !== deletion && toNumber(kv.version) === 1) return {};
  throw new StorageError('compacted', {
    message: 'what a key held before a change was compacted before the change was delivered',
    key: keyOf(kv),
  });
}

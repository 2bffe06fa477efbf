import type { BackendEvent, Revision, StorageBackend } from '@keelson/storage-backend';
import type { Acknowledged } from './workload.ts';

interface Held {
  readonly value: string;
  readonly revision: Revision;
}

const text = (value: Uint8Array): string => new TextDecoder().decode(value);

/** What a store held when it was last looked at, and what it must hold after it was killed. */
export class Model {
  /** Everything up to here was checked. */
  revision: Revision;
  #held: Map<string, Held>;
  /** How many transactions were found that nobody had been told of. */
  unacknowledged = 0;

  static async of(store: StorageBackend): Promise<Model> {
    const { entries, revision } = await store.list('/');
    const held = new Map(
      entries.map((one) => [one.key, { value: text(one.value), revision: one.revision }]),
    );
    return new Model(revision, held);
  }

  private constructor(revision: Revision, held: Map<string, Held>) {
    this.revision = revision;
    this.#held = held;
  }

  /**
   * Resumes a watch where the last check ended, and follows it to the present. Every acknowledged write must be in it at its
   * revision, no transaction may be torn, no revision missing, and the store must hold what the changes come to.
   */
  async check(store: StorageBackend, acknowledged: readonly Acknowledged[]): Promise<void> {
    const newest = await store.revision();
    const changes = await changesBetween(store, this.revision, newest);
    for (let revision = this.revision + 1; revision <= newest; revision++) {
      this.#apply(revision, changes.get(revision));
    }
    const effective = acknowledged.filter(({ revision }) => revision > this.revision);
    for (const done of effective) checkThere(done, changes.get(done.revision));
    this.unacknowledged += changes.size - new Set(effective.map((one) => one.revision)).size;
    this.revision = newest;
    await this.#compare(store);
  }

  #apply(revision: Revision, events: readonly BackendEvent[] | undefined): void {
    if (!events) throw new Error(`the watch has a gap at revision ${revision}`);
    if (events.length !== 2) throw new Error(`revision ${revision} is torn: ${show(events)}`);
    const pair = events.map((event) => show([event]).replace(/^\/(left|right)/, ''));
    if (pair[0] !== pair[1]) throw new Error(`revision ${revision} is torn: ${show(events)}`);
    for (const event of events) {
      if (event.type === 'delete') this.#held.delete(event.key);
      else this.#held.set(event.entry.key, { value: text(event.entry.value), revision });
    }
  }

  async #compare(store: StorageBackend): Promise<void> {
    const { entries } = await store.list('/');
    if (entries.length !== this.#held.size) {
      throw new Error(`the store holds ${entries.length} keys instead of ${this.#held.size}`);
    }
    for (const { key, value, revision } of entries) {
      const held = this.#held.get(key);
      if (held?.revision !== revision || held.value !== text(value)) {
        throw new Error(`${key} is not what the watch says that it is: ${revision}`);
      }
    }
  }
}

async function changesBetween(
  store: StorageBackend,
  after: Revision,
  newest: Revision,
): Promise<Map<Revision, BackendEvent[]>> {
  const changes = new Map<Revision, BackendEvent[]>();
  if (after >= newest) return changes;
  for await (const batch of store.watch('/', { after })) {
    for (const event of batch.events) {
      const revision = event.type === 'put' ? event.entry.revision : event.revision;
      if (revision > newest) return changes;
      const others = changes.get(revision);
      if (others) others.push(event);
      else changes.set(revision, [event]);
    }
    if (batch.revision >= newest) break;
  }
  return changes;
}

function checkThere(
  { revision, writes }: Acknowledged,
  events: readonly BackendEvent[] = [],
): void {
  const expected = writes.map(([key, value]) => `${key}=${value ?? 'deleted'}`).join(' ');
  const found = show(events);
  // Deleting what was not there is no change: it is answered with the revision that it was true at.
  if (found === expected || writes.every(([, value]) => value === null)) return;
  throw new Error(`revision ${revision} was acknowledged as ${expected} and is ${found}`);
}

function show(events: readonly BackendEvent[]): string {
  return events
    .map((event) =>
      event.type === 'put'
        ? `${event.entry.key}=${text(event.entry.value)}`
        : `${event.key}=deleted`,
    )
    .join(' ');
}

import type { BackendEvent, Entry, Revision } from '@keelson/storage-backend';
import type { Snapshot } from './snapshot.ts';

/** A later state, listed whole. */
export interface Listing<S> {
  readonly entries: readonly Entry[];
  readonly revision: Revision;
  /** Whether an entry is not a later state of the object that had its key, but another object. */
  isAnother(entry: Entry, known: S): boolean;
}

/**
 * The events that lead from a state to a later one, both in key order. What came and went in between is unknown and left
 * out; a deletion whose revision is unknown happens at that of the later state.
 */
export function differences<S extends Snapshot>(
  before: readonly S[],
  after: Listing<S>,
): BackendEvent[] {
  const { entries, revision } = after;
  const remaining = new Map(before.map((snapshot) => [snapshot.key, snapshot]));
  const events: BackendEvent[] = [];
  for (const entry of entries) {
    const known = remaining.get(entry.key);
    remaining.delete(entry.key);
    if (known?.revision === entry.revision) continue;
    // The deletion was at some revision before that of the creation.
    if (known !== undefined && after.isAnother(entry, known))
      events.push({ type: 'delete', key: entry.key, revision: entry.revision - 1 });
    events.push({ type: 'put', entry });
  }
  events.sort((a, b) => revisionOf(a) - revisionOf(b));
  for (const key of remaining.keys()) events.push({ type: 'delete', key, revision });
  return events;
}

function revisionOf(event: BackendEvent): Revision {
  return event.type === 'put' ? event.entry.revision : event.revision;
}

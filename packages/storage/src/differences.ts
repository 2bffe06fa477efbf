import type { BackendEvent, Entry, Revision } from '@keelson/storage-backend';
import type { Snapshot } from './snapshot.ts';

/**
 * The events that lead from a state to a later one, both in key order. What came and went in between is unknown and left
 * out; a deletion whose revision is unknown happens at that of the later state.
 */
export function differences(before: readonly Snapshot[], after: readonly Entry[], revision: Revision): BackendEvent[] {
  const remaining = new Map(before.map((snapshot) => [snapshot.key, snapshot]));
  const events: BackendEvent[] = [];
  for (const entry of after) {
    const known = remaining.get(entry.key);
    remaining.delete(entry.key);
    if (known?.revision !== entry.revision) events.push({ type: 'put', entry });
  }
  events.sort((a, b) => revisionOf(a) - revisionOf(b));
  for (const key of remaining.keys()) events.push({ type: 'delete', key, revision });
  return events;
}

function revisionOf(event: BackendEvent): Revision {
  return event.type === 'put' ? event.entry.revision : event.revision;
}

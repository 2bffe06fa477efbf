import type { BackendEvent, EventBatch } from '../storage-backend.ts';

/** What one write transaction did: its events, and when the keys that it put are to delete themselves. */
export interface Commit extends EventBatch {
  /** Milliseconds since 1970 by key; a key that was put and is not in here stays for good. */
  readonly expiries?: ReadonlyMap<string, number>;
}

export function keyOf(event: BackendEvent): string {
  return event.type === 'put' ? event.entry.key : event.key;
}

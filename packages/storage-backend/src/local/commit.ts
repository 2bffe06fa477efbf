import type { BackendEvent, EventBatch } from '../storage-backend.ts';

/** A step of a write, with the time (in milliseconds since 1970) at which what it puts is to go. */
export type Change =
  | {
      readonly type: 'put';
      readonly key: string;
      readonly value: Uint8Array;
      readonly deadline?: number;
    }
  | { readonly type: 'delete'; readonly key: string };

/** What one write transaction did: its events, and when the keys that it put are to delete themselves. */
export interface Commit extends EventBatch {
  /** Deadlines by key; a key that was put and is not in here stays for good. */
  readonly expiries?: ReadonlyMap<string, number>;
}

export function keyOf(event: BackendEvent): string {
  return event.type === 'put' ? event.entry.key : event.key;
}

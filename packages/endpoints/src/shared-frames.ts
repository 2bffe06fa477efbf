import type { KubernetesObject } from '@keelson/api-machinery';
import type { WatchEvent } from '@keelson/rest-interfaces';

type Events = readonly WatchEvent<KubernetesObject>[];

/** The bytes of one event. */
export type Frame = (event: WatchEvent<KubernetesObject>) => Uint8Array;

/** The bytes of several events, at least one. */
export type Frames = (events: Events) => Uint8Array;

const made = new WeakMap<Events, Map<string, Uint8Array>>();

/** Many clients get the very same array of events: its bytes are made once for all that ask for the same encoding. */
export function sharedFrames(encoding: string, frame: Frame): Frames {
  const join = joinedFrames(frame);
  return (events) => {
    if (events.length === 1) return join(events);
    const encodings = made.get(events) ?? new Map<string, Uint8Array>();
    const bytes = encodings.get(encoding) ?? join(events);
    made.set(events, encodings.set(encoding, bytes));
    return bytes;
  };
}

/** The bytes of events that are made for one client alone. */
export function joinedFrames(frame: Frame): Frames {
  return (events) => {
    const [first, ...others] = events.map(frame);
    return first !== undefined && others.length === 0
      ? first
      : Buffer.concat([first ?? new Uint8Array(), ...others]);
  };
}

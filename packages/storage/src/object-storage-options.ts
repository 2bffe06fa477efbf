import type { Clock } from '@keelson/api-machinery';
import type { StorageBackend } from '@keelson/storage-backend';
import type { Attributes } from './snapshot.ts';
import type { Timers } from './timers.ts';

/** How many events a watch cache remembers. Between the bounds it keeps about `milliseconds` of them. */
export interface HistoryLimits {
  readonly minimum: number;
  readonly maximum: number;
  readonly milliseconds: number;
}

/** What an object storage is made of. */
export interface ObjectStorageOptions<T> {
  readonly backend: StorageBackend;
  /** Where the resource's objects live; ends with a slash: `/registry/pods/`. */
  readonly prefix: string;
  /** Reads a stored value. What it throws becomes a StorageError `corrupt` that names the key. */
  parse(bytes: Uint8Array): T;
  /**
   * Makes JSON, as it would be stored, of a value that something else stored in another encoding: kube-apiserver keeps protobuf. What it
   * throws becomes `corrupt`, too. Absent: only JSON can be read.
   */
  translate?(bytes: Uint8Array): Uint8Array;
  /** What selectors see of an object. What it returns is kept as long as the object is: it must not hold on to the whole object. */
  attributes(object: T): Attributes;
  /** Selectable fields that many watches ask for with an exact value, such as `spec.nodeName`: their events go to nobody else. */
  readonly indexedFields?: readonly string[];
  /**
   * Whether reads are answered as kube-apiserver does without a watch cache: limits count at `resourceVersion=0` too, a
   * revision to come is refused at once, and watches may begin wherever the backend still has history. False when absent. They are as
   * fast either way.
   */
  readonly direct?: boolean;
  readonly clock: Clock;
  readonly timers?: Timers;
  readonly historyLimits?: Partial<HistoryLimits>;
}

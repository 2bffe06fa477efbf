import type { Revision } from '@keelson/storage-backend';

/** What selectors see of an object. */
export interface Attributes {
  readonly labels: Readonly<Record<string, string>>;
  /** The selectable fields by name, `metadata.name` and `metadata.namespace` among them. */
  readonly fields: Readonly<Record<string, string>>;
}

/**
 * An object as it stood at one revision. It never changes, and everybody shares it: nobody may change what it gives out.
 * What it can be turned into is made on first use and kept.
 */
export interface Snapshot<T = unknown> {
  /** The key below the backend's root, e.g. `/registry/pods/default/web`. */
  readonly key: string;
  readonly revision: Revision;
  /** The object's JSON in the version that it is served in, `metadata.resourceVersion` in place, without a newline at the end. */
  readonly json: Uint8Array;
  /** The parsed object, `metadata.resourceVersion` in place. Read only. */
  readonly object: T;
  readonly attributes: Attributes;
  /** The object in another encoding: `make` is called once per encoding and its result kept. */
  encoded(encoding: string, make: (snapshot: Snapshot<T>) => Uint8Array): Uint8Array;
}

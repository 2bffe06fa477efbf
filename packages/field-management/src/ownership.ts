import { parseGroupVersion } from '@keelson/api-machinery';
import { changedOf, compare, type CompareOptions } from './compare.ts';
import { isEmptySet, type FieldSet } from './field-set.ts';
import { fitToSchema } from './fit-to-schema.ts';
import type { Managers } from './managers.ts';
import { difference, intersection } from './set-algebra.ts';
import { TypedValueError } from './typed-value-error.ts';
import { inVersion, type Converter, type VersionedValue } from './versions.ts';

/** How field management sees one kind. */
export interface OwnershipOptions extends CompareOptions {
  readonly convert: Converter;
  /** Takes out of a set what this kind of write cannot change: nobody comes to own it, or loses it, through one. */
  readonly reset: (set: FieldSet, apiVersion: string) => FieldSet;
}

/** What a write did, in one version. */
export interface Change {
  /** Paths that are new or hold something else. */
  readonly changed: FieldSet;
  readonly removed: FieldSet;
}

/** Fits what managers own to the types as they are now, in place. Managers of versions that are gone go. Throws TypedValueError. */
export function fitManagers(
  managers: Managers,
  live: VersionedValue,
  { convert }: OwnershipOptions,
): void {
  for (const [identity, manager] of managers) {
    const converted = inKnownVersion(live, manager.apiVersion, convert);
    if (converted === undefined) managers.delete(identity);
    else {
      const set = fitToSchema(manager.set, converted.schema);
      if (set !== manager.set) managers.set(identity, { ...manager, set });
    }
  }
}

function inKnownVersion(
  live: VersionedValue,
  apiVersion: string,
  convert: Converter,
): VersionedValue | undefined {
  if (parseGroupVersion(apiVersion) === undefined)
    throw new TypedValueError([
      { path: '', message: `unexpected GroupVersion string: ${apiVersion}` },
    ]);
  return inVersion(live, apiVersion, convert);
}

/** What a write did, in every version that somebody asks for. */
export class Changes {
  readonly #before: VersionedValue;
  readonly #after: VersionedValue;
  readonly #options: OwnershipOptions;
  readonly #known = new Map<string, Change | undefined>();

  constructor(before: VersionedValue, after: VersionedValue, options: OwnershipOptions) {
    this.#before = before;
    this.#after = after;
    this.#options = options;
  }

  /** Undefined for a version that there is not. */
  in(apiVersion: string): Change | undefined {
    if (!this.#known.has(apiVersion)) this.#known.set(apiVersion, this.#compareIn(apiVersion));
    return this.#known.get(apiVersion);
  }

  #compareIn(apiVersion: string): Change | undefined {
    const { convert, reset } = this.#options;
    const before = inVersion(this.#before, apiVersion, convert);
    const after = inVersion(this.#after, apiVersion, convert);
    if (before === undefined || after === undefined) return undefined;
    const comparison = compare(before.value, after.value, before.schema, this.#options);
    return {
      changed: reset(changedOf(comparison), apiVersion),
      removed: reset(comparison.removed, apiVersion),
    };
  }
}

/** What others own of what a write changed, by their identity. `own` may change what it likes. */
export function conflictsOf(
  managers: Managers,
  changes: Changes,
  own?: string,
): Map<string, FieldSet> {
  const conflicts = new Map<string, FieldSet>();
  for (const [identity, { set, apiVersion }] of managers) {
    if (identity === own) continue;
    const change = changes.in(apiVersion);
    if (change === undefined) continue;
    const conflict = intersection(set, change.changed);
    if (!isEmptySet(conflict)) conflicts.set(identity, conflict);
  }
  return conflicts;
}

/** Takes from all but `own` what a write changed or removed, in place. Behaviour: structured-merge-diff merge Updater.update. */
export function takeFromOthers(managers: Managers, changes: Changes, own?: string): void {
  for (const [identity, manager] of managers) {
    if (identity !== own) {
      const change = changes.in(manager.apiVersion);
      if (change === undefined) {
        managers.delete(identity);
        continue;
      }
      const set = difference(difference(manager.set, change.changed), change.removed);
      if (set !== manager.set) managers.set(identity, { ...manager, set });
    }
    if (isEmptySet(managers.get(identity)?.set ?? manager.set)) managers.delete(identity);
  }
}

import { exactValueOf, type ExactValue } from './exact-value.ts';
import type { Selection } from './object-storage.ts';
import { selectionTest } from './selection.ts';
import type { Snapshot } from './snapshot.ts';

/** What a watch is about, and where its group is found. */
export interface WatchTarget {
  /** The same for equal targets. */
  readonly identity: string;
  readonly prefix: string;
  /** The one key, when there is only one. */
  readonly key: string | undefined;
  /** `undefined` when the prefix or the key says it all. */
  readonly test: ((snapshot: Snapshot) => boolean) | undefined;
  /** The narrowest place of the index that holds all changes of concern. */
  readonly place: IndexPlace;
}

/**
 * Exact keys, prefixes, names in any namespace, and exact values of fields and labels below a prefix. The latter two need the
 * object's attributes, which may need parsing.
 */
export type IndexPlace =
  | { readonly type: 'key' | 'prefix' | 'name'; readonly value: string }
  | (ExactValue & { readonly prefix: string });

/** What is the same for all watches of a storage. */
export interface WatchScope {
  readonly prefix: string;
  readonly indexedFields: readonly string[];
}

/** Works out the target of a watch below `prefix`, which ends with a slash. */
export function watchTarget(
  scope: WatchScope,
  prefix: string,
  selection: Selection | undefined,
): WatchTarget {
  const name = selection?.fields?.exactValue('metadata.name');
  const namespace =
    prefix === scope.prefix ? selection?.fields?.exactValue('metadata.namespace') : undefined;
  const narrowed =
    namespace !== undefined && /^[^/]+$/.test(namespace) ? `${prefix}${namespace}/` : prefix;
  const key = name !== undefined && narrowed !== scope.prefix ? narrowed + name : undefined;
  const nameOnly = key !== undefined && selection?.fields?.requirements.length === 1;
  return {
    identity: `${narrowed}\n${selectionText(selection)}`,
    prefix: narrowed,
    key,
    test: selectionTest(nameOnly ? withoutFields(selection) : selection),
    place: placeOf(scope, { narrowed, key, name }, selection),
  };
}

function withoutFields(selection: Selection | undefined): Selection {
  return selection?.labels === undefined ? {} : { labels: selection.labels };
}

interface Narrowing {
  readonly narrowed: string;
  readonly key: string | undefined;
  readonly name: string | undefined;
}

function placeOf(
  scope: WatchScope,
  { narrowed, key, name }: Narrowing,
  selection: Selection | undefined,
): IndexPlace {
  if (key !== undefined) return { type: 'key', value: key };
  if (name !== undefined) return { type: 'name', value: name };
  const exact = exactValueOf(selection, scope.indexedFields);
  return exact === undefined ? { type: 'prefix', value: narrowed } : { ...exact, prefix: narrowed };
}

/** `nothing` and `everything` have the same text, but only one of them is empty. */
function selectionText({ labels, fields }: Selection = {}): string {
  const labelText = labels === undefined || labels.empty ? '' : `labels ${labels.toString()}`;
  return `${labelText}\n${fields?.toString() ?? ''}`;
}

import { badRequestError, StatusError } from '@keelson/api-machinery';
import type { Revision } from '@keelson/storage-backend';
import { decodeContinue } from './continue-token.ts';
import { exactValueOf, type ExactValue } from './exact-value.ts';
import type { ListQuery } from './object-storage.ts';
import { parseResourceVersion } from './resource-version.ts';
import { selectionTest, selectionText } from './selection.ts';
import type { StoredSnapshot } from './stored-snapshot.ts';

/** Which state a list wants to see. */
export type WantedState =
  /** At least as new as the moment of the request. */
  | { readonly type: 'newest' }
  | { readonly type: 'exactly' | 'not-older-than'; readonly revision: Revision };

/** A list query, understood. */
export interface ListPlan<T> {
  readonly prefix: string;
  readonly wanted: WantedState;
  /** The first key, when the list goes on from a page. */
  readonly start: string | undefined;
  readonly limit: number | undefined;
  /** Which snapshots are asked for; `undefined` for all. */
  readonly accept: ((snapshot: StoredSnapshot<T>) => boolean) | undefined;
  /** The selectors' texts, when they tell all that `accept` asks. */
  readonly selected: readonly string[] | undefined;
  /** The label or field of which one value is asked for. */
  readonly exact: ExactValue | undefined;
  /** The one name that is asked for. */
  readonly name: string | undefined;
}

/**
 * Makes out what a list query wants; throws 400 for a resourceVersion or a continue token that is none. Combinations that
 * validation refuses never get here.
 * Behaviour: k8s.io/apiserver storage.ValidateListOptions and cacher waitUntilFreshAndList, v1.37.
 */
export function planList<T>(prefix: string, query: ListQuery, direct: boolean): ListPlan<T> {
  const { resourceVersion = '', continue: token = '', limit = 0, selection } = query;
  const position = token === '' ? undefined : decodeContinue(token, prefix);
  if (position !== undefined && resourceVersion !== '' && resourceVersion !== '0') {
    throw badRequestError('specifying resource version is not allowed when using continue');
  }
  return {
    prefix,
    wanted: position === undefined ? wantedState(query) : continuedState(position.revision),
    start: position?.startKey,
    limit: limit > 0 && (direct || resourceVersion !== '0') ? limit : undefined,
    accept: selectionTest(selection),
    selected: selectionText(selection),
    exact: exactValueOf(selection, []),
    name: position === undefined ? selection?.fields?.exactValue('metadata.name') : undefined,
  };
}

function continuedState(revision: Revision): WantedState {
  return revision < 0 ? { type: 'newest' } : { type: 'exactly', revision };
}

function wantedState({
  resourceVersion = '',
  resourceVersionMatch = '',
  limit = 0,
}: ListQuery): WantedState {
  const parsed = parseResourceVersion(resourceVersion);
  if ('problem' in parsed) throw badRequestError(`invalid resource version: ${parsed.problem}`);
  const { revision } = parsed;
  switch (resourceVersionMatch) {
    case 'Exact':
      return { type: 'exactly', revision };
    case 'NotOlderThan':
      return { type: 'not-older-than', revision };
    case '':
      if (resourceVersion === '') return { type: 'newest' };
      return { type: limit > 0 && revision > 0 ? 'exactly' : 'not-older-than', revision };
    default:
      throw new StatusError({
        code: 500,
        reason: '',
        message: `unknown ResourceVersionMatch value: ${resourceVersionMatch}`,
      });
  }
}

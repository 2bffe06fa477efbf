import { badRequestError, FieldSelector, invalidError } from '@keelson/api-machinery';
import type { ListOptions, WatchOptions } from '@keelson/rest-interfaces';
import type { Exchange } from './endpoint.ts';
import { validateListQuery } from './list-query-validation.ts';
import { booleanOf, integerOf } from './query-values.ts';
import { knownFields, parseSelectors, type Selectors } from './selectors.ts';

/** What the query of a list, a watch or the deletion of a collection says. */
export interface ListQuery extends Selectors {
  readonly watch: boolean;
  readonly allowWatchBookmarks: boolean;
  readonly resourceVersion: string;
  readonly resourceVersionMatch: string;
  readonly timeoutSeconds: number | undefined;
  readonly limit: number;
  readonly continue: string;
  readonly sendInitialEvents: boolean | undefined;
}

/** Throws 400 for what cannot be understood, 422 for what makes no sense together. Behaviour: k8s.io/apiserver handlers listOpts. */
export function listQuery({ request, scope }: Exchange): ListQuery {
  const query = withDefaults(valuesOf(request.query));
  const errors = validateListQuery(query);
  if (errors.length > 0)
    throw invalidError({ group: 'meta.k8s.io', kind: 'ListOptions' }, '', errors);
  if (query.fieldSelector !== undefined) knownFields(query.fieldSelector, scope.storage);
  const { info } = request;
  return info.parts.length > 1 ? ofName(query, info.name) : query;
}

/** Values are read in upstream's order, so that of several that are wrong the same one is told. */
function valuesOf(query: URLSearchParams): ListQuery {
  const values = {
    watch: booleanOf(query, 'watch') === true,
    allowWatchBookmarks: booleanOf(query, 'allowWatchBookmarks') === true,
    resourceVersion: query.get('resourceVersion') ?? '',
    resourceVersionMatch: query.get('resourceVersionMatch') ?? '',
    timeoutSeconds: integerOf(query, 'timeoutSeconds'),
    limit: integerOf(query, 'limit') ?? 0,
    continue: query.get('continue') ?? '',
    sendInitialEvents: booleanOf(query, 'sendInitialEvents'),
  };
  return { ...values, ...parseSelectors(query) };
}

/** A watch from nowhere in particular asks for initial events without saying so. */
function withDefaults(query: ListQuery): ListQuery {
  const { watch, resourceVersion, resourceVersionMatch, sendInitialEvents } = query;
  const anywhere = resourceVersion === '' || resourceVersion === '0';
  return watch && anywhere && resourceVersionMatch === '' && sendInitialEvents === undefined
    ? { ...query, sendInitialEvents: true, resourceVersionMatch: 'NotOlderThan' }
    : query;
}

/** The old path of a watch names one object; a selector may say the same again. */
function ofName(query: ListQuery, name: string): ListQuery {
  const { fieldSelector } = query;
  if (fieldSelector === undefined || fieldSelector.empty) {
    const requirement = { field: 'metadata.name', equal: true, value: name };
    return { ...query, fieldSelector: new FieldSelector([requirement]) };
  }
  if (fieldSelector.exactValue('metadata.name') === name) return query;
  throw badRequestError("fieldSelector metadata.name doesn't match requested name");
}

/** What a list's storage gets of it. */
export function listOptions(query: ListQuery): ListOptions {
  const { resourceVersion, resourceVersionMatch, limit } = query;
  return {
    ...selectorsOf(query),
    ...(resourceVersion === '' ? {} : { resourceVersion }),
    ...(resourceVersionMatch === '' ? {} : { resourceVersionMatch }),
    ...(query.continue === '' ? {} : { continue: query.continue }),
    ...(limit > 0 ? { limit } : {}),
  };
}

/** What a watch's storage gets of it, but for its length. */
export function watchOptions(query: ListQuery): WatchOptions {
  const { resourceVersion, sendInitialEvents, allowWatchBookmarks } = query;
  return {
    ...selectorsOf(query),
    ...(resourceVersion === '' ? {} : { resourceVersion }),
    ...(sendInitialEvents === undefined ? {} : { sendInitialEvents }),
    allowWatchBookmarks,
  };
}

function selectorsOf({ labelSelector, fieldSelector }: Selectors): Selectors {
  return {
    ...(labelSelector === undefined ? {} : { labelSelector }),
    ...(fieldSelector === undefined ? {} : { fieldSelector }),
  };
}

import {
  isCollectionDeleter,
  isCreater,
  isGetter,
  isGracefulDeleter,
  isLister,
  isPatcher,
  isUpdater,
  isWatcher,
} from '@keelson/rest-interfaces';
import { create } from './create.ts';
import { deleteCollection, deleteOne } from './delete.ts';
import type { Exchange } from './endpoint.ts';
import { get } from './get.ts';
import type { ApiResponse } from './http.ts';
import { list } from './list.ts';
import { patch } from './patch.ts';
import { booleanOf } from './query-values.ts';
import type { RequestInfo } from './request-info.ts';
import type { Scope } from './scope.ts';
import { update } from './update.ts';
import { watch } from './watch.ts';

/** One method at one path, and what serves it. */
export interface Route {
  readonly method: string;
  /** Whether it may answer with a stream. */
  readonly streams: boolean;
  serve(exchange: Exchange): Promise<ApiResponse>;
}

/** The paths that a resource or subresource has: its collection, one of it, all namespaces' collections together, and the old paths of their watches. */
export interface ScopeRoutes {
  readonly collection: readonly Route[];
  readonly item: readonly Route[];
  readonly everywhere: readonly Route[];
  readonly watchCollection: readonly Route[];
  readonly watchItem: readonly Route[];
  readonly watchEverywhere: readonly Route[];
}

type Serve = Route['serve'];
const route = (method: string, serve: Serve, streams = false): readonly Route[] => [
  { method, serve, streams },
];
const none: readonly Route[] = [];

/** Asks a storage what it can do. Behaviour: k8s.io/apiserver endpoints APIInstaller registerResourceHandlers. */
export function routesOf({ storage, subresource, namespaced }: Scope): ScopeRoutes {
  const whole = subresource === '';
  const watched: Serve | undefined = isWatcher(storage)
    ? (exchange) => watch(exchange, storage)
    : undefined;
  const listed: readonly Route[] = !isLister(storage)
    ? none
    : route('GET', listOrWatch(storage, watched), true);
  const created = isCreater(storage)
    ? route('POST', (exchange) => create(exchange, storage))
    : none;
  const watchedList =
    watched !== undefined && isLister(storage) ? route('GET', watched, true) : none;
  return {
    collection: whole ? [...listed, ...created, ...deletesAll(storage)] : none,
    item: [...itemRoutes(storage), ...(whole ? none : created)],
    everywhere: whole && namespaced ? listed : none,
    watchCollection: whole ? watchedList : none,
    watchItem: watched === undefined ? none : route('GET', watched, true),
    watchEverywhere: whole && namespaced ? watchedList : none,
  };
}

function listOrWatch(storage: Parameters<typeof list>[1], watched: Serve | undefined): Serve {
  return (exchange) =>
    watched !== undefined && booleanOf(exchange.request.query, 'watch') === true
      ? watched(exchange)
      : list(exchange, storage);
}

function itemRoutes(storage: Scope['storage']): readonly Route[] {
  return [
    ...(isGetter(storage) ? route('GET', (exchange) => get(exchange, storage)) : none),
    ...(isUpdater(storage) ? route('PUT', (exchange) => update(exchange, storage)) : none),
    ...(isPatcher(storage) ? route('PATCH', (exchange) => patch(exchange, storage)) : none),
    ...(isGracefulDeleter(storage)
      ? route('DELETE', (exchange) => deleteOne(exchange, storage))
      : none),
  ];
}

const deletesAll = (storage: Scope['storage']): readonly Route[] =>
  isCollectionDeleter(storage) && isLister(storage)
    ? route('DELETE', (exchange) => deleteCollection(exchange, storage))
    : none;

/** What the methods at a request's path are; none when the path is no path of the scope. */
export function routesAt(
  { verbInPath, inNamespace, parts }: RequestInfo,
  { namespaced, subresource }: Scope,
  routes: ScopeRoutes,
): readonly Route[] {
  if (verbInPath === 'proxy') return none;
  const watching = verbInPath === 'watch';
  const depth = parts.length - (subresource === '' ? 0 : 1);
  if (depth === 1 && namespaced && !inNamespace)
    return watching ? routes.watchEverywhere : routes.everywhere;
  if (inNamespace !== namespaced) return none;
  if (depth === 1) return watching ? routes.watchCollection : routes.collection;
  if (depth === 2) return watching ? routes.watchItem : routes.item;
  return none;
}

import type { KubernetesObject } from '@keelson/api-machinery';
import type {
  ListOptions,
  ListResult,
  RequestContext,
  WatchHandle,
  WatchOptions,
  WatchSink,
} from '@keelson/rest-interfaces';
import type { Selection } from '@keelson/storage';
import { corruptCause, storageReadError } from './storage-errors.ts';
import type { StoreParts } from './store-parts.ts';

/** The objects of the request's namespace that the options select. */
export async function list<T extends KubernetesObject>(
  parts: StoreParts<T>,
  options: ListOptions,
  context: RequestContext,
): Promise<ListResult<T>> {
  const { labelSelector: _labels, fieldSelector: _fields, limit, ...query } = options;
  const namespace = narrowed(options, context);
  const prefix = parts.keys.collection(namespace);
  const { revision, ...result } = await readable(parts, () =>
    parts.storage.list(prefix, {
      ...query,
      ...(limit === undefined || isOfOne(parts, options, namespace) ? {} : { limit }),
      selection: selectionOf(options),
    }),
  );
  return { ...result, resourceVersion: String(revision) };
}

async function readable<T extends KubernetesObject, R>(
  { groupResource }: StoreParts<T>,
  read: () => Promise<R>,
): Promise<R> {
  try {
    return await read();
  } catch (error) {
    const cause = corruptCause(error);
    throw cause === undefined ? error : storageReadError(groupResource.resource, cause);
  }
}

/** Starts a watch over what `list` would give. */
export async function watch<T extends KubernetesObject>(
  parts: StoreParts<T>,
  options: WatchOptions,
  sink: WatchSink<T>,
  context: RequestContext,
): Promise<WatchHandle> {
  const { labelSelector: _labels, fieldSelector: _fields, ...query } = options;
  const prefix = parts.keys.collection(narrowed(options, context));
  return await parts.storage.watch(prefix, { ...query, selection: selectionOf(options) }, sink);
}

/** Whether a list is the read of one object, which knows no limits. Behaviour: registry/generic Store.ListPredicate. */
function isOfOne<T extends KubernetesObject>(
  { strategy }: StoreParts<T>,
  { fieldSelector, continue: token }: ListOptions,
  namespace: string,
): boolean {
  const name = fieldSelector?.exactValue('metadata.name');
  return name !== undefined && token === undefined && (namespace !== '' || !strategy.namespaced);
}

function selectionOf({ labelSelector, fieldSelector }: ListOptions | WatchOptions): Selection {
  return {
    ...(labelSelector === undefined ? {} : { labels: labelSelector }),
    ...(fieldSelector === undefined ? {} : { fields: fieldSelector }),
  };
}

/** A request over all namespaces that selects one by field is a request in that one. */
function narrowed(
  { fieldSelector }: ListOptions | WatchOptions,
  { namespace }: RequestContext,
): string {
  if (namespace !== '') return namespace;
  const selected = fieldSelector?.exactValue('metadata.namespace');
  return selected !== undefined && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(selected) ? selected : '';
}

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
import type { StoreParts } from './store-parts.ts';

/** The objects of the request's namespace that the options select. */
export async function list<T extends KubernetesObject>(
  parts: StoreParts<T>,
  options: ListOptions,
  context: RequestContext,
): Promise<ListResult<T>> {
  const { labelSelector: _labels, fieldSelector: _fields, ...query } = options;
  const prefix = parts.keys.collection(narrowed(options, context));
  const { revision, ...result } = await parts.storage.list(prefix, {
    ...query,
    selection: selectionOf(options),
  });
  return { ...result, resourceVersion: String(revision) };
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

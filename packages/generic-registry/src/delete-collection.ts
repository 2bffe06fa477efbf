import { StatusError, type KubernetesObject } from '@keelson/api-machinery';
import type {
  DeleteOptions,
  ListOptions,
  ListResult,
  RequestContext,
} from '@keelson/rest-interfaces';
import { deleteObject } from './delete.ts';
import { list } from './list.ts';
import type { StoreParts } from './store-parts.ts';

/** How many objects are listed at a time. Behaviour: registry/generic deleteCollectionPageSize. */
const pageSize = 10_000;

/**
 * Deletes what a list gives, one by one; objects that others delete meanwhile are fine.
 * Behaviour: k8s.io/apiserver registry/generic Store.DeleteCollection, v1.37.
 */
export async function deleteCollection<T extends KubernetesObject>(
  parts: StoreParts<T>,
  options: DeleteOptions<T>,
  listOptions: ListOptions,
  context: RequestContext,
): Promise<ListResult<T>> {
  const limited = (listOptions.limit ?? 0) > 0;
  const first = await list(
    parts,
    limited ? listOptions : { ...listOptions, limit: pageSize },
    context,
  );
  const items = [...first.items];
  for (let page = first; ;) {
    for (const item of page.items) await deleteListed(parts, item.object, options, context);
    if (limited) return first;
    if (page.continue === undefined) break;
    const { resourceVersion: _, resourceVersionMatch: __, ...rest } = listOptions;
    page = await list(parts, { ...rest, limit: pageSize, continue: page.continue }, context);
    items.push(...page.items);
  }
  return { items, resourceVersion: first.resourceVersion };
}

async function deleteListed<T extends KubernetesObject>(
  parts: StoreParts<T>,
  object: T,
  options: DeleteOptions<T>,
  context: RequestContext,
): Promise<void> {
  try {
    const { name = '', namespace = '' } = object.metadata;
    await deleteObject(parts, name, options, {
      ...context,
      namespace,
      warn: (text) => context.warn(text),
    });
  } catch (error) {
    if (!(error instanceof StatusError) || error.reason !== 'NotFound') throw error;
  }
}

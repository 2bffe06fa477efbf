import { expiredError } from '@keelson/api-machinery';
import {
  StorageError,
  type Page,
  type Revision,
  type StorageBackend,
} from '@keelson/storage-backend';
import { encodeContinue, encodeInconsistentContinue } from './continue-token.ts';
import type { ListPlan } from './list-plan.ts';
import type { SnapshotList } from './object-storage.ts';
import { tooLargeResourceVersionError } from './resource-version.ts';
import type { StoredSnapshot } from './stored-snapshot.ts';
import type { WatchCache } from './watch-cache.ts';

/** The largest page asked of the backend while a selector drops most of what it gives. Behaviour: k8s.io/apiserver etcd3 maxLimit. */
const largestPage = 10_000;

/** What backend lists read from. */
export interface BackendListParts<T> {
  readonly backend: StorageBackend;
  readonly cache: WatchCache<T>;
}

/** Answers a list that the cache cannot. Behaviour: k8s.io/apiserver etcd3 store.GetList. */
export async function listFromBackend<T>(
  parts: BackendListParts<T>,
  plan: ListPlan<T>,
): Promise<SnapshotList<T>> {
  const { cache } = parts;
  const { prefix, limit, accept } = plan;
  const items: StoredSnapshot<T>[] = [];
  let at = plan.wanted.type === 'exactly' ? plan.wanted.revision : undefined;
  let start = plan.start;
  let pageSize = limit;
  for (;;) {
    const page = await readPage(parts, plan, { at, start, limit: pageSize });
    at ??= page.revision;
    for (const [index, entry] of page.entries.entries()) {
      const snapshot = cache.snapshotOf(entry);
      snapshot.check();
      if (accept?.(snapshot) === false) continue;
      items.push(snapshot);
      const remaining = page.entries.length - 1 - index + page.remaining;
      if (items.length === limit && remaining > 0) {
        const token = encodeContinue(prefix, entry.key, at);
        return {
          items,
          revision: at,
          continue: token,
          ...(accept === undefined ? { remainingItemCount: remaining } : {}),
        };
      }
    }
    const last = page.entries.at(-1);
    if (page.remaining === 0 || last === undefined) return { items, revision: at };
    start = `${last.key}\u0000`;
    if (pageSize !== undefined) pageSize = Math.min(pageSize * 2, Math.max(largestPage, pageSize));
  }
}

interface PageRequest {
  readonly at: Revision | undefined;
  readonly start: string | undefined;
  readonly limit: number | undefined;
}

async function readPage<T>(
  { backend }: BackendListParts<T>,
  plan: ListPlan<T>,
  request: PageRequest,
): Promise<Page> {
  try {
    return await backend.list(plan.prefix, request);
  } catch (error) {
    throw listError(error, plan, request);
  }
}

function listError<T>(error: unknown, plan: ListPlan<T>, request: PageRequest): unknown {
  if (!(error instanceof StorageError)) return error;
  if (error.code === 'future-revision')
    return tooLargeResourceVersionError(request.at ?? 0, error.revision ?? 0);
  if (error.code !== 'compacted') return error;
  if (plan.start === undefined)
    return expiredError('The resourceVersion for the provided list is too old.');
  return expiredError(
    inconsistentContinue,
    encodeInconsistentContinue(plan.prefix, request.start ?? plan.start),
  );
}

// Upstream's words: clients show them.
const inconsistentContinue =
  'The provided continue parameter is too old to display a consistent list result. You can start a new list without ' +
  'the continue parameter, or use the continue token in this response to retrieve the remainder of the results. ' +
  'Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted ' +
  'between the time the first chunk was returned and now may show up in the list.';

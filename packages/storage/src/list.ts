import type { Revision, StorageBackend } from '@keelson/storage-backend';
import { listFromBackend } from './backend-list.ts';
import type { Compaction } from './compaction.ts';
import { encodeContinue } from './continue-token.ts';
import type { Freshness } from './freshness.ts';
import { planList, type ListPlan } from './list-plan.ts';
import type { ListQuery, SnapshotList } from './object-storage.ts';
import type { Readiness } from './readiness.ts';
import { checkReached, isTooLargeResourceVersion } from './resource-version.ts';
import type { Range, SnapshotMap } from './snapshot-map.ts';
import type { StoredSnapshot } from './stored-snapshot.ts';
import type { WatchCache } from './watch-cache.ts';

/** What lists read from. */
export interface ListParts<T> {
  readonly backend: StorageBackend;
  readonly cache: WatchCache<T>;
  readonly freshness: Freshness;
  readonly readiness: Readiness;
  readonly compaction: Compaction;
  /** See `ObjectStorageOptions.direct`. */
  readonly direct: boolean;
}

/** Answers a list from the cache, or from the backend where the cache cannot. */
export async function list<T>(
  parts: ListParts<T>,
  prefix: string,
  query: ListQuery,
): Promise<SnapshotList<T>> {
  const { cache, backend, direct } = parts;
  const plan = planList<T>(prefix, query, direct);
  if (!parts.readiness.ready) {
    if (plan.accept !== undefined || plan.limit === undefined)
      throw parts.readiness.notReadyError();
    return listFromBackend(parts, plan);
  }
  if (direct && plan.wanted.type !== 'newest') await checkReached(backend, plan.wanted.revision);
  if (plan.wanted.type !== 'newest' && isOutOfReach(parts, plan.wanted.revision)) {
    await checkReached(backend, plan.wanted.revision);
    return listFromBackend(parts, plan);
  }
  switch (plan.wanted.type) {
    case 'newest':
      return listNewest(parts, plan);
    case 'exactly':
      return listExactly(parts, plan, plan.wanted.revision);
    case 'not-older-than':
      if (direct) return listNewest(parts, plan);
      await parts.freshness.until(plan.wanted.revision);
      return page(cache, plan, cache.state, cache.revision);
  }
}

/** Whether waiting for the cache to come to a revision may be in vain, though nothing is missing: nobody would tell it. */
export function isOutOfReach<T>(
  { backend, cache }: Pick<ListParts<T>, 'backend' | 'cache'>,
  revision: Revision,
): boolean {
  return !backend.answersProgress && revision > cache.revision;
}

async function listNewest<T>(parts: ListParts<T>, plan: ListPlan<T>): Promise<SnapshotList<T>> {
  const { backend, cache, freshness } = parts;
  const newest = await backend.revision();
  if (isOutOfReach(parts, newest)) return listFromBackend(parts, plan);
  try {
    await freshness.until(newest);
  } catch (error) {
    if (isTooLargeResourceVersion(error)) return listFromBackend(parts, plan);
    throw error;
  }
  return page(cache, plan, cache.state, cache.revision);
}

async function listExactly<T>(
  parts: ListParts<T>,
  plan: ListPlan<T>,
  revision: Revision,
): Promise<SnapshotList<T>> {
  const { cache, freshness, compaction } = parts;
  await freshness.until(revision);
  const state = (await compaction.keeps(revision)) ? cache.stateAt(revision) : undefined;
  return state === undefined ? listFromBackend(parts, plan) : page(cache, plan, state, revision);
}

function page<T>(
  cache: WatchCache<T>,
  plan: ListPlan<T>,
  state: SnapshotMap<T>,
  revision: Revision,
): SnapshotList<T> {
  const { prefix, limit, accept } = plan;
  const single = singleObject(plan, state);
  if (single !== undefined) return { items: single, revision };
  const { items, remaining } = rangeOf(cache, plan, state);
  const last = items.at(-1);
  if (limit === undefined || remaining === 0 || last === undefined) return { items, revision };
  if (state === cache.state) cache.keep();
  return {
    items,
    revision,
    continue: encodeContinue(prefix, last.key, revision),
    ...(accept === undefined ? { remainingItemCount: remaining } : {}),
  };
}

function rangeOf<T>(cache: WatchCache<T>, plan: ListPlan<T>, state: SnapshotMap<T>): Range<T> {
  const look = (): Range<T> => {
    const range = placeToLook(cache, plan, state).range(plan.prefix, plan);
    for (const item of range.items) item.check();
    return range;
  };
  return state === cache.state ? cache.ranges.find(plan, look) : look();
}

/** The objects that may be asked for: the few with a value of the newest state, or all. A page needs all, to tell what remains. */
function placeToLook<T>(
  cache: WatchCache<T>,
  { exact, limit }: ListPlan<T>,
  state: SnapshotMap<T>,
): SnapshotMap<T> {
  if (exact === undefined || limit !== undefined || state !== cache.state) return state;
  return cache.attributes.find(state, exact) ?? state;
}

/** The objects of a list that asks for one name, when that name is a key right below the prefix. */
function singleObject<T>(
  plan: ListPlan<T>,
  state: SnapshotMap<T>,
): readonly StoredSnapshot<T>[] | undefined {
  if (plan.name === undefined) return undefined;
  const snapshot = state.get(plan.prefix + plan.name);
  if (snapshot === undefined) return undefined;
  return plan.accept?.(snapshot) === false ? [] : [snapshot];
}

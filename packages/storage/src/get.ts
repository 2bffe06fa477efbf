import { badRequestError } from '@keelson/api-machinery';
import { checkReached, parseResourceVersion, requireRevision } from './resource-version.ts';
import { isOutOfReach, type ListParts } from './list.ts';
import type { StoredSnapshot } from './stored-snapshot.ts';

/** Reads one object. Behaviour: k8s.io/apiserver cacher CacheDelegator.Get, v1.37. */
export async function get<T>(
  parts: ListParts<T>,
  key: string,
  resourceVersion = '',
): Promise<StoredSnapshot<T> | undefined> {
  const snapshot = await find(parts, key, resourceVersion);
  snapshot?.check();
  return snapshot;
}

async function find<T>(
  parts: ListParts<T>,
  key: string,
  resourceVersion: string,
): Promise<StoredSnapshot<T> | undefined> {
  const { cache, freshness, readiness, direct } = parts;
  if (resourceVersion === '') return getNewest(parts, key);
  if (direct || !readiness.ready) return getNotOlder(parts, key, resourceVersion);
  const revision = requireRevision(resourceVersion);
  if (isOutOfReach(parts, revision)) return getNotOlder(parts, key, resourceVersion);
  await freshness.until(revision);
  return cache.state.get(key);
}

/** The cache answers when it is known to be up to date: a local backend tells at no cost, a remote one many readers at once. */
async function getNewest<T>(
  { backend, cache, readiness, freshness }: ListParts<T>,
  key: string,
): Promise<StoredSnapshot<T> | undefined> {
  if (readiness.ready) {
    if ((await backend.revision()) <= cache.revision) return cache.state.get(key);
    // Something else was written: the next reader need not go to the backend.
    freshness.nudge();
  }
  const entry = await backend.get(key);
  return entry && cache.snapshotOf(entry);
}

async function getNotOlder<T>(
  parts: ListParts<T>,
  key: string,
  resourceVersion: string,
): Promise<StoredSnapshot<T> | undefined> {
  const parsed = parseResourceVersion(resourceVersion);
  if ('problem' in parsed) throw badRequestError(`invalid resource version: ${parsed.problem}`);
  await checkReached(parts.backend, parsed.revision);
  return getNewest(parts, key);
}

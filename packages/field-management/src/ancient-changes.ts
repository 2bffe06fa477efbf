import type { ManagedFieldsEntry } from '@keelson/api-machinery';
import { addAll, type FieldSet } from './field-set.ts';

/** How many managers of updates an object keeps by name. Behaviour: managedfields DefaultMaxUpdateManagers. */
const updateManagerLimit = 10;
const ancient = 'ancient-changes';

interface Manager {
  readonly entry: ManagedFieldsEntry;
  readonly set: FieldSet;
  readonly changed: boolean;
}

/** Merges the oldest managers of updates into one per version when there are too many. Behaviour: managedfields capManagersManager. */
export function withoutAncient(managers: readonly Manager[]): readonly Manager[] {
  const updaters = managers.filter(({ entry }) => entry.operation === 'Update');
  if (updaters.length <= updateManagerLimit) return managers;
  const oldest = updaters
    .filter(({ entry }) => entry.manager !== ancient && !entry.subresource)
    .sort((a, b) => ((a.entry.time ?? '') < (b.entry.time ?? '') ? -1 : 1));
  const merged = new Map<string, Manager>();
  const gone = new Set<Manager>();
  for (const manager of updaters)
    if (manager.entry.manager === ancient) merged.set(manager.entry.apiVersion ?? '', manager);
  for (let count = updaters.length; count > updateManagerLimit;) {
    const manager = oldest.shift();
    if (manager === undefined) break;
    const version = manager.entry.apiVersion ?? '';
    const bucket = merged.get(version);
    gone.add(manager);
    if (bucket === undefined) {
      merged.set(version, {
        entry: { ...manager.entry, manager: ancient },
        set: manager.set,
        changed: true,
      });
    } else {
      addAll(bucket.set, manager.set);
      merged.set(version, {
        entry: { ...bucket.entry, time: manager.entry.time ?? '' },
        set: bucket.set,
        changed: true,
      });
      count--;
    }
  }
  const kept = managers.filter(
    (manager) => !gone.has(manager) && manager.entry.manager !== ancient,
  );
  return [...kept, ...merged.values()];
}

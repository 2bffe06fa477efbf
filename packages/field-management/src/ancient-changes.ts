import { compareText } from './go-json.ts';
import { identityOf, type Manager, type Managers } from './managers.ts';
import { union } from './set-algebra.ts';

/** How many managers of updates an object keeps by name. Behaviour: managedfields DefaultMaxUpdateManagers. */
const updateManagerLimit = 10;

/** Merges the oldest managers of updates into one per version when there are too many, in place. Behaviour: managedfields capManagersManager. */
export function mergeAncientChanges(managers: Managers): void {
  if (managers.size <= updateManagerLimit) return;
  const updaters = [...managers].filter(([, { operation }]) => operation === 'Update');
  if (updaters.length <= updateManagerLimit) return;
  updaters.sort(
    ([a, one], [b, other]) => compareText(one.time ?? '', other.time ?? '') || compareText(a, b),
  );
  const first = new Map<string, string>();
  let count = updaters.length;
  for (const [identity, manager] of updaters) {
    if (count <= updateManagerLimit) return;
    const oldest = first.get(manager.apiVersion);
    if (oldest === undefined) first.set(manager.apiVersion, identity);
    else {
      mergeInto(managers, oldest, identity, manager);
      count--;
    }
  }
}

function mergeInto(managers: Managers, oldest: string, identity: string, manager: Manager): void {
  const ancient: Omit<Manager, 'set' | 'time'> = {
    manager: 'ancient-changes',
    operation: 'Update',
    apiVersion: manager.apiVersion,
    subresource: '',
  };
  const bucket = identityOf(ancient);
  const before = managers.get(bucket) ?? managers.get(oldest) ?? manager;
  if (!managers.has(bucket)) managers.delete(oldest);
  const { time, set } = manager;
  managers.set(bucket, {
    ...ancient,
    ...(time === undefined ? {} : { time }),
    set: union(set, before.set),
  });
  managers.delete(identity);
}

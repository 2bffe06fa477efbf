import type { KubernetesObject } from '@keelson/api-machinery';
import type { DeleteOptions } from '@keelson/rest-interfaces';
import type { DefaultDeletion } from './strategy.ts';

// What the garbage collector acts on. Behaviour: meta/v1 FinalizerOrphanDependents, FinalizerDeleteDependents.
const orphanFinalizer = 'orphan';
const foregroundFinalizer = 'foregroundDeletion';

type Options = Pick<DeleteOptions, 'orphanDependents' | 'propagationPolicy'>;

/**
 * The finalizers that a deletion leaves an object with, so that the garbage collector deals with its dependents.
 * Behaviour: k8s.io/apiserver registry/generic deletionFinalizersForGarbageCollection, v1.37.
 */
export function finalizersForDeletion(
  object: KubernetesObject,
  options: Options,
  byDefault: DefaultDeletion,
): readonly string[] {
  const finalizers = object.metadata.finalizers ?? [];
  const wanted = finalizers.filter(
    (name) => name !== orphanFinalizer && name !== foregroundFinalizer,
  );
  const policy = policyOf(finalizers, options, byDefault);
  if (policy === 'Orphan') wanted.push(orphanFinalizer);
  if (policy === 'Foreground') wanted.push(foregroundFinalizer);
  const same =
    wanted.length === finalizers.length && wanted.every((name) => finalizers.includes(name));
  return same ? finalizers : wanted;
}

/** What the client says counts most, then the object's finalizers, then the kind's default. */
function policyOf(
  finalizers: readonly string[],
  options: Options,
  byDefault: DefaultDeletion,
): string {
  if (byDefault === 'unsupported') return 'Background';
  if (options.orphanDependents !== undefined)
    return options.orphanDependents ? 'Orphan' : 'Background';
  if (options.propagationPolicy !== undefined) return options.propagationPolicy;
  const set = finalizers.find((name) => name === orphanFinalizer || name === foregroundFinalizer);
  if (set !== undefined) return set === orphanFinalizer ? 'Orphan' : 'Foreground';
  return byDefault === 'orphan' ? 'Orphan' : 'Background';
}

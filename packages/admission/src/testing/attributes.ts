import { StatusError, type KubernetesObject } from '@keelson/api-machinery';
import type { AdmissionAttributes, AdmissionPlugin, ObjectLookup } from '../admission.ts';

/** A write of a pod `p` in the namespace `a`, unless something else is said. */
export function write(more: Partial<AdmissionAttributes>): AdmissionAttributes {
  return {
    operation: 'CREATE',
    kind: { group: '', version: 'v1', kind: 'Pod' },
    resource: { group: '', version: 'v1', resource: 'pods' },
    subresource: '',
    namespace: 'a',
    name: 'p',
    object: undefined,
    old: undefined,
    dryRun: false,
    user: { name: 'jane', groups: [] },
    warn: () => undefined,
    ...more,
  };
}

/** Finds objects by `resource/namespace/name`. */
export function lookupIn(objects: Readonly<Record<string, object>>): ObjectLookup {
  // A test names the type of what it has put there.
  return <T extends KubernetesObject>(
    _: string,
    resource: string,
    namespace: string,
    name: string,
  ) => Promise.resolve(objects[`${resource}/${namespace}/${name}`] as T | undefined);
}

/** Lets a plugin see a write, first to change it, then to judge it. Resolves with the refusal, if there is one. */
export async function refusalOf(
  plugin: AdmissionPlugin,
  attributes: AdmissionAttributes,
): Promise<StatusError | undefined> {
  try {
    await plugin.admit?.(attributes);
    await plugin.validate?.(attributes);
    return undefined;
  } catch (error) {
    if (error instanceof StatusError) return error;
    throw error;
  }
}

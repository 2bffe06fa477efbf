import type { KubernetesObject } from '@keelson/api-machinery';
import { ownershipOptions, versioned, type FieldWrite } from './field-write.ts';
import {
  decodeManagers,
  encodeManagers,
  sharingSets,
  withStoredFields,
  storedManagers,
  type Managers,
} from './managers.ts';
import { trackUpdate } from './track-update.ts';
import { TypedValueError } from './typed-value-error.ts';

/**
 * Notes in `object.metadata.managedFields`, in place, who set which field by a create, a PUT or a patch. `live` is the stored
 * object, undefined for a create. Both are decoded objects. Behaviour: managedfields FieldManager.UpdateNoErrors, v1.37.
 */
export function updateManagedFields(
  live: KubernetesObject | undefined,
  object: KubernetesObject,
  write: FieldWrite,
): void {
  const managers = managersOf(live, object, write);
  delete object.metadata.managedFields;
  // Nobody kept track of this object so far: what it came with has no owner, and it stays like that. Behaviour: managedfields skipNonAppliedManager.
  if (live !== undefined && managers.size === 0) return;
  const tracked = track(managers, live ?? write.empty, object, write);
  const entries = tracked ? encodeManagers(managers) : (live?.metadata.managedFields ?? []);
  if (entries.length > 0) object.metadata.managedFields = entries;
}

/** From the object that was sent when it has some that can be read, else from the stored one; none after a reset. */
function managersOf(
  live: KubernetesObject | undefined,
  object: KubernetesObject,
  { subresource }: FieldWrite,
): Managers {
  const sent = object.metadata.managedFields;
  if (subresource === '' && isReset(sent)) return new Map();
  const stored = known(storedManagers(live?.metadata.managedFields ?? []));
  const same = sent === live?.metadata.managedFields;
  if (subresource !== '' || sent === undefined || same) return stored;
  const managers = known(
    decodeManagers(withStoredFields(sent, live?.metadata.managedFields ?? [])),
  );
  return managers.size === 0 ? stored : sharingSets(managers, stored);
}

const known = (managers: Managers | string): Managers =>
  typeof managers === 'string' ? new Map() : managers;

/** Behaviour: managedfields isResetManagedFields. */
function isReset(sent: readonly object[] | undefined): boolean {
  const [only] = sent ?? [];
  if (only === undefined) return sent !== undefined;
  return sent?.length === 1 && Object.keys(only).length === 0;
}

/** False for an object that is not of its type: its managers stay as they are. */
function track(managers: Managers, before: object, after: object, write: FieldWrite): boolean {
  try {
    trackUpdate(
      managers,
      versioned(write, before),
      versioned(write, after),
      write,
      ownershipOptions(write, true),
    );
    return true;
  } catch (error) {
    if (error instanceof TypedValueError) return false;
    throw error;
  }
}

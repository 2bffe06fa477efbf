import { conflictError, notFoundError, type KubernetesObject } from '@keelson/api-machinery';
import type { DeleteResult } from '@keelson/rest-interfaces';
import type { DeleteRequest } from './delete.ts';
import { ObjectRepresentation } from './object-representation.ts';
import { corruptCause } from './storage-errors.ts';
import type { StoreParts } from './store-parts.ts';

/**
 * Deletes what is stored but cannot be read, whatever holds it. It is for nothing else: what can be read is a Conflict.
 * Behaviour: k8s.io/apiserver registry/generic corruptObjectDeleter, v1.37.
 */
export async function deleteUnreadable<T extends KubernetesObject>(
  { parts, key, options, context }: DeleteRequest<T>,
  name: string,
): Promise<DeleteResult<T>> {
  const { storage, groupResource } = parts;
  const found = await read(parts, key);
  if (found === 'nothing') throw notFoundError(groupResource, name);
  if (found === 'an object') throw conflictError(groupResource, name, readable(key));
  const { namespace } = context;
  // All that is known of it: admission asks for no more than its name.
  const object = { metadata: { name, ...(namespace === '' ? {} : { namespace }) } } as T;
  await options.validate?.(object);
  if (!options.dryRun && !(await storage.discard(key))) throw notFoundError(groupResource, name);
  const last = new ObjectRepresentation(object, parts.encode);
  return { deleted: true, last, returnObject: false };
}

async function read<T extends KubernetesObject>(
  { storage }: StoreParts<T>,
  key: string,
): Promise<'nothing' | 'an object' | 'something else'> {
  try {
    const snapshot = await storage.get(key);
    // It is parsed now: what begins like an object need not be one.
    return snapshot?.object === undefined ? 'nothing' : 'an object';
  } catch (error) {
    if (corruptCause(error) === undefined) throw error;
    return 'something else';
  }
}

// Upstream's words: clients show them.
const readable = (key: string): string =>
  `StorageError: invalid object, Code: 4, Key: ${key}, ResourceVersion: 0, AdditionalErrorMsg: ` +
  'unsafe deletion is not allowed because the object is decodable from storage';

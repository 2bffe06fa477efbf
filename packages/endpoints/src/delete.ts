import {
  badRequestError,
  invalid,
  type KubernetesObject,
  type Status,
} from '@keelson/api-machinery';
import type { CollectionDeleter, GracefulDeleter, Lister } from '@keelson/rest-interfaces';
import { authorizeUnsafeDelete } from './authorize-unsafe-delete.ts';
import { invalidOptions, readDeleteOptions, type DeleteOptions } from './delete-options.ts';
import { admissionAttributes, type Exchange } from './endpoint.ts';
import { acceptedOf } from './get.ts';
import type { ApiResponse } from './http.ts';
import { respondList } from './list.ts';
import { listOptions, listQuery } from './list-query.ts';
import { respondStatus } from './respond.ts';
import { respondObject } from './respond-object.ts';

/** DELETE of one object. */
export async function deleteOne(
  exchange: Exchange,
  storage: GracefulDeleter,
): Promise<ApiResponse> {
  const { request, scope, context, warnings } = exchange;
  const accepted = acceptedOf(exchange);
  const options = await readDeleteOptions(request);
  if (options.ignoreStoreReadErrorWithClusterBreakingPotential === true)
    await authorizeUnsafeDelete(exchange);
  const { name } = request.info;
  const { deleted, last, returnObject } = await storage.delete(
    name,
    verbOptions(exchange, options),
    context,
  );
  const code = !deleted && options.orphanDependents === false ? 202 : 200;
  if (returnObject) return respondObject(exchange, code, accepted, last);
  const status: Status = {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: {
      name: last.object.metadata.name ?? '',
      ...(scope.group === '' ? {} : { group: scope.group }),
      kind: scope.resource,
      ...(last.object.metadata.uid === undefined ? {} : { uid: last.object.metadata.uid }),
    },
  };
  return respondStatus(status, accepted, code, warnings);
}

/** DELETE of a collection: answers with what was there. */
export async function deleteCollection(
  exchange: Exchange,
  storage: CollectionDeleter & Lister,
): Promise<ApiResponse> {
  const accepted = acceptedOf(exchange);
  const list = listQuery(exchange);
  // A path that forgets its namespace must not reach into all of them.
  if (exchange.scope.namespaced && exchange.context.namespace === '')
    throw badRequestError('Namespace parameter required.');
  const options = await readDeleteOptions(exchange.request);
  if (options.ignoreStoreReadErrorWithClusterBreakingPotential === true)
    throw invalidOptions([
      invalid(
        'ignoreStoreReadErrorWithClusterBreakingPotential',
        true,
        'is not allowed with DELETECOLLECTION, try again after removing the option',
      ),
    ]);
  const result = await storage.deleteCollection(
    verbOptions(exchange, options),
    listOptions(list),
    exchange.context,
  );
  return await respondList(exchange, accepted, storage, result);
}

function verbOptions(exchange: Exchange, options: DeleteOptions) {
  const { dryRun: _, ...rest } = options;
  const dryRun = (options.dryRun ?? []).length > 0;
  return {
    ...rest,
    dryRun,
    validate: async (old: KubernetesObject) => {
      const name = old.metadata.name ?? exchange.request.info.name;
      const attributes = admissionAttributes(exchange, {
        operation: 'DELETE',
        object: undefined,
        old,
        dryRun,
        name,
      });
      await exchange.settings.admission.admit(attributes);
      await exchange.settings.admission.validate(attributes);
    },
  };
}

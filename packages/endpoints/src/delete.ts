import {
  badRequestError,
  invalid,
  invalidError,
  validateDeleteOptions,
  type DeleteOptions as DeleteBody,
  type FieldError,
  type KubernetesObject,
  type Status,
} from '@keelson/api-machinery';
import { schemaOf } from '@keelson/kubernetes-api';
import type { CollectionDeleter, GracefulDeleter, Lister } from '@keelson/rest-interfaces';
import {
  DecodeError,
  normalize,
  parseJson,
  parseProtobuf,
  parseYaml,
} from '@keelson/serialization';
import { bodyLimit } from './body.ts';
import { admissionAttributes, type Exchange } from './endpoint.ts';
import { acceptedOf } from './get.ts';
import type { ApiResponse } from './http.ts';
import { respondList } from './list.ts';
import { listOptions, listQuery } from './list-query.ts';
import type { InputMediaType } from './media-types.ts';
import { inputMediaType } from './content-type.ts';
import { booleanOf, integerOf } from './query-values.ts';
import { respondStatus } from './respond.ts';
import { respondObject } from './respond-object.ts';

type Options = Omit<DeleteBody, 'kind' | 'apiVersion'>;

/** DELETE of one object. */
export async function deleteOne(
  exchange: Exchange,
  storage: GracefulDeleter,
): Promise<ApiResponse> {
  const { request, scope, context, warnings } = exchange;
  const accepted = acceptedOf(exchange);
  const options = await deleteOptions(exchange);
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
  const options = await deleteOptions(exchange);
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
  return respondList(exchange, accepted, storage, result);
}

function verbOptions(exchange: Exchange, options: Options) {
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

/** From the body when there is one, else from the query. Throws 400 and 422. */
async function deleteOptions(exchange: Exchange): Promise<Options> {
  const { request } = exchange;
  const bytes = await request.body(bodyLimit);
  const options = bytes.length > 0 ? bodyOptions(exchange, bytes) : queryOptions(request.query);
  const errors = validateDeleteOptions(options);
  if (errors.length > 0) throw invalidOptions(errors);
  return options;
}

const invalidOptions = (errors: readonly FieldError[]) =>
  invalidError({ group: 'meta.k8s.io', kind: 'DeleteOptions' }, '', errors);

function bodyOptions({ request }: Exchange, bytes: Uint8Array): Options {
  const mediaType = inputMediaType(request.headers['content-type']);
  const value = deleteBody(mediaType, bytes);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw badRequestError("couldn't get version/kind; json parse error");
  const kind = value.kind ?? 'DeleteOptions';
  if (kind !== 'DeleteOptions') {
    throw badRequestError(
      `no kind ${JSON.stringify(kind)} is registered for version ${JSON.stringify(value.apiVersion ?? 'v1')} in scheme`,
    );
  }
  try {
    return normalize(value, schemaOf('meta/v1.DeleteOptions')) as Options;
  } catch (error) {
    if (error instanceof DecodeError) throw badRequestError(error.message);
    throw error;
  }
}

function deleteBody(mediaType: InputMediaType, bytes: Uint8Array) {
  if (mediaType === 'application/json') return parseJson(Buffer.from(bytes).toString('utf8'));
  return mediaType === 'application/yaml'
    ? parseYaml(bytes)
    : parseProtobuf(bytes, schemaOf('meta/v1.DeleteOptions'));
}

/** Behaviour: k8s.io/apimachinery apis/meta/v1 Convert_url_Values_To_v1_DeleteOptions. */
function queryOptions(query: URLSearchParams): Options {
  const gracePeriodSeconds = integerOf(query, 'gracePeriodSeconds');
  const orphanDependents = booleanOf(query, 'orphanDependents');
  const propagationPolicy = query.get('propagationPolicy');
  const dryRun = query.getAll('dryRun');
  const unsafe = booleanOf(query, 'ignoreStoreReadErrorWithClusterBreakingPotential');
  const preconditions = preconditionsOf(query);
  return {
    ...(gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds }),
    ...(orphanDependents === undefined ? {} : { orphanDependents }),
    ...(propagationPolicy === null ? {} : { propagationPolicy }),
    ...(dryRun.length === 0 ? {} : { dryRun }),
    ...(unsafe === undefined ? {} : { ignoreStoreReadErrorWithClusterBreakingPotential: unsafe }),
    ...(preconditions === undefined ? {} : { preconditions }),
  };
}

function preconditionsOf(query: URLSearchParams): Options['preconditions'] {
  const [uid, resourceVersion] = [query.get('uid') ?? '', query.get('resourceVersion') ?? ''];
  if (uid === '' && resourceVersion === '') return undefined;
  return {
    ...(uid === '' ? {} : { uid }),
    ...(resourceVersion === '' ? {} : { resourceVersion }),
  };
}

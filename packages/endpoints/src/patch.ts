import {
  badRequestError,
  conflictError,
  notFoundError,
  requestEntityTooLargeError,
  StatusError,
  unsupportedMediaTypeError,
  type JsonValue,
  type KubernetesObject,
} from '@keelson/api-machinery';
import {
  applyJsonPatch,
  mergePatch,
  parseJsonPatch,
  PatchError,
  strategicMergePatch,
} from '@keelson/patch';
import type { Patcher } from '@keelson/rest-interfaces';
import { decodeValue, parseJson } from '@keelson/serialization';
import { bodyLimit, report } from './body.ts';
import type { Exchange } from './endpoint.ts';
import { acceptedOf } from './get.ts';
import type { ApiResponse } from './http.ts';
import { patchTypes, type PatchType } from './patch-types.ts';
import { writeQuery, type WriteQuery } from './write-query.ts';
import { respondObject } from './respond-object.ts';
import { finishUpdate, updateOptions } from './update.ts';

type Change = (current: JsonValue) => JsonValue;

/** PATCH: JSON patch, merge patch or strategic merge patch; apply comes with field management's own issue. */
export async function patch(exchange: Exchange, storage: Patcher): Promise<ApiResponse> {
  const { request, context } = exchange;
  const accepted = acceptedOf(exchange);
  const type = patchType(request.headers['content-type']);
  const bytes = await request.body(bodyLimit);
  const query = writeQuery(request.query, 'PatchOptions');
  const change = changeOf(exchange, type, Buffer.from(bytes).toString('utf8'));
  const { item } = await storage.update(
    request.info.name,
    { apply: (current) => apply(exchange, query, change, current) },
    updateOptions(exchange, query),
    context,
  );
  return respondObject(exchange, 200, accepted, item);
}

/** The router let it pass; now it has to be one type. */
function patchType(header = ''): PatchType {
  const given = header.split(';')[0] ?? '';
  const found = patchTypes.find((type) => type === given);
  if (found === undefined) throw unsupportedMediaTypeError(patchTypes);
  return found;
}

/** Parses the patch once; what it gives is used for each attempt. */
function changeOf({ scope }: Exchange, type: PatchType, text: string): Change {
  const document = parsePatch(text);
  if (type === 'application/json-patch+json') {
    const operations = translated(() => parseJsonPatch(document));
    return (current) => applyJsonPatch(current, operations);
  }
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    const word = Array.isArray(document)
      ? 'array'
      : document === null
        ? 'null'
        : typeof document === 'boolean'
          ? 'bool'
          : typeof document;
    const why = `json: cannot unmarshal ${word} into Go value of type map[string]interface {}`;
    throw badRequestError(
      type === 'application/merge-patch+json' ? `error decoding patch: ${why}` : why,
    );
  }
  if (type === 'application/merge-patch+json') return (current) => mergePatch(current, document);
  return (current) => strategicMergePatch(current, document, scope.schema);
}

function parsePatch(text: string): JsonValue {
  try {
    return parseJson(text);
  } catch (error) {
    const why = error instanceof StatusError ? error.message : '';
    throw badRequestError(`error decoding patch: ${why}`);
  }
}

async function apply(
  exchange: Exchange,
  query: WriteQuery,
  change: Change,
  current: KubernetesObject | undefined,
): Promise<KubernetesObject> {
  const { scope, request } = exchange;
  // Also where PUT creates what is missing.
  if (current === undefined) throw notFoundError(scope.groupResource, request.info.name);
  // A stored object is JSON; its type does not say so.
  const patched = translated(() => change(structuredClone(current) as unknown as JsonValue));
  const { object, problems } = decodeValue<KubernetesObject>(patched, scope.schema, scope.kind);
  report(exchange, query.fieldValidation, problems);
  scope.storage.default?.(object);
  if (object.metadata.name !== request.info.name) {
    throw badRequestError(
      `the name of the object (${object.metadata.name ?? ''}) does not match the name on the URL (${request.info.name})`,
    );
  }
  const [was, is] = [current?.metadata.uid, object.metadata.uid];
  if (was !== undefined && is !== undefined && is !== '' && was !== is) {
    throw conflictError(
      scope.groupResource,
      request.info.name,
      `Precondition failed: UID in precondition: ${is}, UID in object meta: ${was}`,
    );
  }
  return await finishUpdate(exchange, query, object, current);
}

/** A patch's errors, as the client sees them: what does not fit the object is told in general words only. */
function translated<R>(run: () => R): R {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof PatchError)) throw error;
    if (error.code === 400) throw badRequestError(error.message);
    if (error.code === 413) throw requestEntityTooLargeError(error.message);
    if (error.code === 500)
      throw new StatusError({ code: 500, reason: '', message: error.message });
    throw new StatusError({
      code: 422,
      reason: 'Invalid',
      message: 'the server rejected our request due to an error in our request',
      details: {},
    });
  }
}

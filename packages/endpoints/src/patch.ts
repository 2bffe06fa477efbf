import {
  invalid,
  invalidError,
  jsonText,
  notFoundError,
  StatusError,
  unsupportedMediaTypeError,
  type KubernetesObject,
} from '@keelson/api-machinery';
import type { Patcher } from '@keelson/rest-interfaces';
import { DecodeError, decodePatched, encodeJson, type Decoded } from '@keelson/serialization';
import { apply } from './apply.ts';
import { readConfig } from './apply-config.ts';
import { bodyLimit, checkIdentity } from './body.ts';
import type { Exchange } from './endpoint.ts';
import { acceptedOf } from './get.ts';
import type { ApiResponse } from './http.ts';
import { readChange, type Change, type Changed } from './patch-change.ts';
import { isApplyType, type PatchType } from './patch-types.ts';
import { respondObject } from './respond-object.ts';
import { withinLimits } from './too-large.ts';
import { finishUpdate, updateOptions } from './update.ts';
import { writeQuery, type WriteQuery } from './write-query.ts';

/** PATCH: JSON patch, merge patch, strategic merge patch, or apply. */
export async function patch(exchange: Exchange, storage: Patcher): Promise<ApiResponse> {
  const { request, scope, context } = exchange;
  const type = patchType(request);
  const accepted = acceptedOf(exchange);
  const bytes = await request.body(bodyLimit);
  const query = writeQuery(request.query, 'PatchOptions', isApplyType(type));
  if (isApplyType(type)) {
    const config = readConfig(type, bytes);
    return await apply({ exchange, query, config, accepted }, storage);
  }
  const findsProblems = query.fieldValidation !== 'Ignore';
  const change = readChange(type, bytes, { schema: scope.schema, findsProblems });
  const options = updateOptions(exchange, query);
  const { item } = await withinLimits((finish) => {
    const updated = async (current: KubernetesObject | undefined) => {
      const object = await patched(exchange, query, change, current);
      finish(object);
      return object;
    };
    return storage.update(request.info.name, { apply: updated }, options, context);
  });
  return respondObject(exchange, 200, accepted, item);
}

/** The router let it pass; now it has to be one type. */
function patchType({ headers, served }: Exchange['request']): PatchType {
  const given = (headers['content-type'] ?? '').split(';')[0] ?? '';
  const found = served.patches.find((type) => type === given);
  if (found === undefined) throw unsupportedMediaTypeError(served.patches);
  return found;
}

async function patched(
  exchange: Exchange,
  query: WriteQuery,
  change: Change,
  current: KubernetesObject | undefined,
): Promise<KubernetesObject> {
  const { scope, request } = exchange;
  if (current === undefined) throw notFoundError(scope.groupResource, request.info.name);
  const object = changed(exchange, query, change, current);
  checkIdentity(exchange, object);
  scope.storage.default?.(object);
  return await finishUpdate(exchange, query, object, current);
}

/** The patched object. Managed fields that it leaves alone stay what they were, and are neither written nor read. */
function changed(
  exchange: Exchange,
  query: WriteQuery,
  change: Change,
  current: KubernetesObject,
): KubernetesObject {
  // A copy as it is written, for patches apply to that, and errors show it.
  const patchOf = (object: object) =>
    decoded(exchange, query, change, change.apply(encodeJson(object, exchange.scope.schema)));
  const { managedFields } = current.metadata;
  if (!change.leavesManagers || managedFields === undefined) return patchOf(current);
  try {
    const object = patchOf({
      ...current,
      metadata: { ...current.metadata, managedFields: undefined },
    });
    object.metadata.managedFields = managedFields;
    return object;
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    // The whole object has to be shown.
    return patchOf(current);
  }
}

/** The patched object. Throws 422 for what is none of the kind, or has what its kind does not know when the client is strict. */
function decoded(
  { scope, warnings }: Exchange,
  { fieldValidation }: WriteQuery,
  change: Change,
  changed: Changed,
): KubernetesObject {
  const { object, problems } = decodedAs(scope, changed);
  const all = [...change.problems, ...(changed.sortsProblems ? problems.toSorted() : problems)];
  if (all.length === 0 || fieldValidation === 'Ignore') return object;
  if (fieldValidation === 'Strict')
    throw unfit(changed, `strict decoding error: ${all.join(', ')}`);
  for (const problem of all) warnings.add(problem);
  return object;
}

function decodedAs(
  { schema, kind }: Pick<Exchange['scope'], 'schema' | 'kind'>,
  changed: Changed,
): Decoded<KubernetesObject> {
  try {
    return decodePatched<KubernetesObject>(changed.value, { schema, kind }, changed.made);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    const fitted = changed.fitted?.();
    if (fitted === undefined || jsonText(fitted) === jsonText(changed.value))
      throw unfit(changed, changed.why(error.message));
    const { fitted: _, ...rest } = changed;
    return decodedAs({ schema, kind }, { ...rest, value: fitted });
  }
}

const unfit = ({ shown }: Changed, why: string): StatusError =>
  invalidError({ group: '', kind: '' }, '', [invalid('patch', shown(), why)]);

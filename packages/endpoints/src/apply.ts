import {
  badRequestError,
  conflictError,
  jsonText,
  StatusError,
  type JsonValue,
  type KubernetesObject,
} from '@keelson/api-machinery';
import { applyFields, objectText } from '@keelson/field-management';
import type { Patcher } from '@keelson/rest-interfaces';
import { DecodeError, decodeKind, encodeJson, parseUnstructured } from '@keelson/serialization';
import type { ApplyConfig } from './apply-config.ts';
import { checkIdentity } from './body.ts';
import type { Exchange } from './endpoint.ts';
import { fieldWrite } from './field-write.ts';
import { withGoIntegers } from './go-integers.ts';
import type { ApiResponse } from './http.ts';
import type { Accepted } from './negotiate.ts';
import { respondObject } from './respond-object.ts';
import { unstructuredWords } from './unstructured-problem.ts';
import { admitUpdate, updateOptions } from './update.ts';
import { warnOfProblem } from './warnings.ts';
import type { WriteQuery } from './write-query.ts';

export interface ApplyRequest {
  readonly exchange: Exchange;
  readonly query: WriteQuery;
  readonly config: ApplyConfig;
  readonly accepted: Accepted;
}

/** Server-side apply: makes the object when there is none. Behaviour: k8s.io/apiserver handlers applyPatcher, v1.37. */
export async function apply(request: ApplyRequest, storage: Patcher): Promise<ApiResponse> {
  const { exchange, query, accepted } = request;
  const { item, created } = await storage.update(
    exchange.request.info.name,
    { apply: (current) => applied(request, current) },
    {
      ...updateOptions(exchange, query),
      forceAllowCreate: exchange.scope.subresource === '',
    },
    exchange.context,
  );
  return respondObject(exchange, created ? 201 : 200, accepted, item);
}

async function applied(
  request: ApplyRequest,
  current: KubernetesObject | undefined,
): Promise<KubernetesObject> {
  const { exchange, query } = request;
  const object = merged(request, current);
  reportDuplicates(request);
  checkUid(exchange, object, current);
  checkIdentity(exchange, object);
  return await admitUpdate(exchange, query, object, current);
}

function merged(
  { exchange, query, config }: ApplyRequest,
  current: KubernetesObject | undefined,
): KubernetesObject {
  const { scope } = exchange;
  // A copy as it is written: what it leaves out is not there to be merged.
  const live =
    current === undefined ? undefined : parseUnstructured(encodeJson(current, scope.schema));
  const sent = config.read();
  const write = { ...fieldWrite(exchange, query.fieldManager), force: query.force };
  const object = decoded(exchange, sent, applyFields(live, sent, write));
  scope.storage.default?.(object);
  return object;
}

/** What was applied, as an object. Upstream fails on what is none: a 500. */
function decoded(exchange: Exchange, sent: JsonValue, value: JsonValue): KubernetesObject {
  const { schema, kind } = exchange.scope;
  try {
    return decodeKind<KubernetesObject>(value, { schema, kind }).object;
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    const fitted = withGoIntegers(value, { ref: schema.id });
    if (jsonText(fitted) !== jsonText(value)) return decoded(exchange, sent, fitted);
    const type = `${kind.group}/${kind.version}, Kind=${kind.kind}`;
    const why = unstructuredWords(value, { ref: schema.id }, error.message);
    const message = `failed to convert new object (${objectText(sent)}) to proper version: unable to convert unstructured object to ${type}: ${why}`;
    throw new StatusError({ code: 500, reason: '', message });
  }
}

/** Keys that are there twice: refused, warned of, or let pass, as the client wishes. */
function reportDuplicates({ exchange, query, config }: ApplyRequest): void {
  const { problem } = config;
  if (problem === undefined || query.fieldValidation === 'Ignore') return;
  if (query.fieldValidation === 'Strict')
    throw badRequestError(`error strict decoding patch: ${problem}`);
  warnOfProblem(exchange.warnings, problem);
}

/** Throws 409 for an object that is made and says that it was there. */
function checkUid(
  { scope, request }: Exchange,
  { metadata }: KubernetesObject,
  current: KubernetesObject | undefined,
): void {
  if (current !== undefined || !metadata.uid) return;
  throw conflictError(
    scope.groupResource,
    request.info.name,
    `uid mismatch: the provided object specified uid ${metadata.uid}, and no existing object was found`,
  );
}

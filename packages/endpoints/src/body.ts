import { badRequestError, type KubernetesObject } from '@keelson/api-machinery';
import {
  cannotBeHandled,
  decodeCbor,
  decodeJson,
  decodeProtobuf,
  decodeYaml,
} from '@keelson/serialization';
import type { Exchange } from './endpoint.ts';
import type { MediaType } from './media-types.ts';
import { inputMediaType } from './content-type.ts';
import { warnOfProblem } from './warnings.ts';
import type { WriteQuery } from './write-query.ts';

/** The most that a body may have. Behaviour: k8s.io/apiserver server MaxRequestBodyBytes. */
export const bodyLimit = 3 * 1024 * 1024;

/** Reads, decodes and defaults the object in a write's body. Throws 400, 413, 415. */
export async function readObject(
  exchange: Exchange,
  { fieldValidation }: WriteQuery,
): Promise<KubernetesObject> {
  const { request, scope } = exchange;
  const mediaType = inputMediaType(request.headers['content-type'], request.served.objects);
  const bytes = await request.body(bodyLimit);
  const { schema, kind, storage } = scope;
  const { object, problems } = decoders[mediaType]<KubernetesObject>(
    bytes,
    schema,
    kind,
    storage.alsoAccepts,
  );
  report(exchange, fieldValidation, problems);
  scope.storage.default?.(object);
  return object;
}

const decoders = {
  'application/json': decodeJson,
  'application/yaml': decodeYaml,
  'application/vnd.kubernetes.protobuf': decodeProtobuf,
  'application/cbor': decodeCbor,
} satisfies Record<MediaType, typeof decodeJson>;

/** Unknown and duplicate fields: refused, warned of, or let pass, as the client wishes. */
export function report(
  { scope, warnings }: Exchange,
  fieldValidation: WriteQuery['fieldValidation'],
  problems: readonly string[],
): void {
  if (problems.length === 0 || fieldValidation === 'Ignore') return;
  if (fieldValidation === 'Strict')
    throw cannotBeHandled(scope.kind, scope.kind, `strict decoding error: ${problems.join(', ')}`);
  for (const problem of problems) warnOfProblem(warnings, problem);
}

/** Throws 400 unless the object is of the name and the namespace of the request's path. */
export function checkIdentity({ request, context }: Exchange, object: KubernetesObject): void {
  const { name = '', namespace = '' } = object.metadata;
  if (namespace !== '' && context.namespace !== '' && namespace !== context.namespace) {
    throw badRequestError(
      'the namespace of the provided object does not match the namespace sent on the request',
    );
  }
  if (name === '')
    throw badRequestError(
      `the name of the object (${request.info.name} based on URL) was undeterminable: name must be provided`,
    );
  if (name !== request.info.name) {
    throw badRequestError(
      `the name of the object (${name}) does not match the name on the URL (${request.info.name})`,
    );
  }
}

import {
  badRequestError,
  goQuote,
  invalidError,
  parseGroupVersion,
  StatusError,
  validateDeleteOptions,
  type DeleteOptions as DeleteBody,
  type FieldError,
  type JsonValue,
} from '@keelson/api-machinery';
import { schemaOf } from '@keelson/kubernetes-api';
import {
  DecodeError,
  decodeKind,
  parseCborAs,
  parseJsonExactly,
  parseProtobuf,
  parseYaml,
} from '@keelson/serialization';
import { bodyLimit } from './body.ts';
import { inputMediaType } from './content-type.ts';
import type { ApiRequest } from './http.ts';
import type { MediaType } from './media-types.ts';
import { booleanOf, int64Of } from './query-values.ts';

/** How something is to be deleted. */
export type DeleteOptions = Omit<DeleteBody, 'kind' | 'apiVersion'>;

/** From the body when there is one, else from the query. Throws 400 and 422. Behaviour: k8s.io/apiserver handlers DeleteResource. */
export async function readDeleteOptions(request: ApiRequest): Promise<DeleteOptions> {
  const bytes = await request.body(bodyLimit);
  const options =
    bytes.length > 0
      ? ofBody(inputMediaType(request.headers['content-type'], request.served.objects), bytes)
      : ofQuery(request.query);
  const errors = validateDeleteOptions(options);
  if (errors.length > 0) throw invalidOptions(errors);
  return options;
}

export const invalidOptions = (errors: readonly FieldError[]): StatusError =>
  invalidError({ group: 'meta.k8s.io', kind: 'DeleteOptions' }, '', errors);

const schema = schemaOf('meta/v1.DeleteOptions');
const ownKind = { group: '', version: 'v1', kind: 'DeleteOptions' };

function ofBody(mediaType: MediaType, bytes: Uint8Array): DeleteOptions {
  try {
    const value = withoutGroup(parsers[mediaType](bytes));
    const { object } = decodeKind<DeleteBody & { metadata: object }>(value, {
      schema,
      kind: ownKind,
    });
    const { kind: _, apiVersion: __, ...options } = object;
    return options;
  } catch (error) {
    if (error instanceof DecodeError) throw badRequestError(error.message);
    throw error;
  }
}

const parsers: Readonly<Record<MediaType, (bytes: Uint8Array) => JsonValue>> = {
  'application/json': (bytes) => jsonOf(Buffer.from(bytes).toString()),
  'application/yaml': parseYaml,
  'application/vnd.kubernetes.protobuf': (bytes) =>
    parseProtobuf(bytes, schema, ({ kind, apiVersion }) => {
      const isVersion = apiVersion !== '' && parseGroupVersion(apiVersion) !== undefined;
      checkKind(kind, isVersion ? apiVersion : 'meta.k8s.io/v1');
    }),
  'application/cbor': (bytes) => parseCborAs(bytes, schema, withoutGroup),
};

function jsonOf(text: string): JsonValue {
  try {
    return parseJsonExactly(text);
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    throw badRequestError(`couldn't get version/kind; json parse error: ${error.message}`);
  }
}

/** The options of every group are the same. */
function withoutGroup(value: JsonValue): JsonValue {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const { kind, apiVersion, ...rest } = value;
  const version =
    typeof apiVersion === 'string' && apiVersion !== '' ? apiVersion : 'meta.k8s.io/v1';
  if (typeof kind === 'string') checkKind(kind, version);
  return typeof apiVersion === 'string' && parseGroupVersion(apiVersion) !== undefined
    ? rest
    : value;
}

function checkKind(kind: string, version: string): void {
  if (kind === '' || kind === ownKind.kind) return;
  throw badRequestError(
    `no kind ${goQuote(kind)} is registered for version ${goQuote(version)} in scheme "pkg/runtime/scheme.go:111"`,
  );
}

/** Behaviour: k8s.io/apimachinery apis/meta/v1 Convert_url_Values_To_v1_DeleteOptions. */
function ofQuery(query: URLSearchParams): DeleteOptions {
  const gracePeriodSeconds = int64Of(query, 'gracePeriodSeconds');
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

function preconditionsOf(query: URLSearchParams): DeleteOptions['preconditions'] {
  const [uid, resourceVersion] = [query.get('uid') ?? '', query.get('resourceVersion') ?? ''];
  if (uid === '' && resourceVersion === '') return undefined;
  return {
    ...(uid === '' ? {} : { uid }),
    ...(resourceVersion === '' ? {} : { resourceVersion }),
  };
}

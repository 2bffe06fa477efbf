import {
  groupVersionText,
  parseGroupVersion,
  type GroupVersionKind,
  type KubernetesObject,
} from '@keelson/api-machinery';
import { kindSchema, schemaOf, type TypeSchema } from '@keelson/kubernetes-api';
import type { Representation } from '@keelson/rest-interfaces';
import { encodeMessage, encodeProtobuf, envelopeOf } from '@keelson/serialization';
import type { Transform } from './negotiate.ts';
import type { Scope } from './scope.ts';
import { apiVersionOf } from './transforms.ts';

type Item = Representation<KubernetesObject>;

/** One object as protobuf. Made once per object. */
export function protobufOf(item: Item, scope: Pick<Scope, 'kind' | 'schema'>): Uint8Array {
  return item.encoded('protobuf', ({ object }) =>
    encodeProtobuf(object, isOfKind(object, scope.kind) ? scope.schema : documentSchema(object)),
  );
}

const isOfKind = ({ kind, apiVersion }: Partial<KubernetesObject>, own: GroupVersionKind) =>
  kind === own.kind && apiVersion === groupVersionText(own);

const partialSchema = schemaOf('meta/v1.PartialObjectMetadata');

/** An object's metadata alone, as protobuf. Made once per object and version. */
export function partialProtobuf(item: Item, transform: Transform): Uint8Array {
  return item.encoded(`partial-protobuf-${transform.version}`, ({ object }) =>
    envelopeOf(
      { kind: 'PartialObjectMetadata', apiVersion: apiVersionOf(transform) },
      encodeMessage({ metadata: object.metadata }, partialSchema),
    ),
  );
}

interface Document {
  readonly kind?: string;
  readonly apiVersion?: string;
}

/** A document that is no object of a resource: a status, a list of groups. */
export const documentProtobuf = (document: Document): Uint8Array =>
  encodeProtobuf(document, documentSchema(document));

/** What has no group of its own is of meta's. */
function documentSchema({ kind = '', apiVersion = '' }: Document): TypeSchema {
  const groupVersion = parseGroupVersion(apiVersion);
  const own = groupVersion === undefined ? undefined : kindSchema({ ...groupVersion, kind });
  return own ?? schemaOf(`meta/v1.${kind}`);
}

import type { KubernetesObject } from '@keelson/api-machinery';
import { schemaOf } from '@keelson/kubernetes-api';
import type { Representation } from '@keelson/rest-interfaces';
import { encodeMessage, encodeProtobuf, envelopeOf } from '@keelson/serialization';
import { documentSchema, schemaOfObject, type Document } from './document-schema.ts';
import type { Transform } from './negotiate.ts';
import type { Scope } from './scope.ts';
import { apiVersionOf } from './transforms.ts';

type Item = Representation<KubernetesObject>;

/** One object as protobuf. Made once per object. */
export function protobufOf(item: Item, scope: Pick<Scope, 'kind' | 'schema'>): Uint8Array {
  return item.encoded('protobuf', ({ object }) =>
    encodeProtobuf(object, schemaOfObject(object, scope)),
  );
}

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

/** A document that is no object of a resource: a status, a list of groups. */
export const documentProtobuf = (document: Document): Uint8Array =>
  encodeProtobuf(document, documentSchema(document));

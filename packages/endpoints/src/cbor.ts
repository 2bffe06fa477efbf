import type { KubernetesObject } from '@keelson/api-machinery';
import { schemaOf } from '@keelson/kubernetes-api';
import type { Representation } from '@keelson/rest-interfaces';
import { encodeCbor } from '@keelson/serialization';
import { schemaOfObject } from './document-schema.ts';
import type { ItemEncoding } from './encoded-items.ts';
import type { Transform } from './negotiate.ts';
import type { Scope } from './scope.ts';
import { apiVersionOf } from './transforms.ts';

type Item = Representation<KubernetesObject>;

/** One object as CBOR. Made once per object. */
export function cborOf(item: Item, scope: Pick<Scope, 'kind' | 'schema'>): Uint8Array {
  return item.encoded('cbor', ({ object }) => encodeCbor(object, schemaOfObject(object, scope)));
}

const partialSchema = schemaOf('meta/v1.PartialObjectMetadata');

/** An object's metadata alone, as CBOR. Made once per object and version. */
export function partialCbor(item: Item, transform: Transform): Uint8Array {
  const { name, make } = partialCborEncoding(transform);
  return item.encoded(name, make);
}

/** How `partialCbor` is made and kept. */
export const partialCborEncoding = (transform: Transform): ItemEncoding => ({
  name: `partial-cbor-${transform.version}`,
  make: ({ object: { metadata } }) =>
    encodeCbor(
      { kind: 'PartialObjectMetadata', apiVersion: apiVersionOf(transform), metadata },
      partialSchema,
    ),
});

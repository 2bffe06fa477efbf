import type { KubernetesObject } from '@keelson/api-machinery';
import type { ListResult } from '@keelson/rest-interfaces';
import { cborListFrame, cborMarkLength, encodeCborItem } from '@keelson/serialization';
import { partialCborEncoding } from './cbor.ts';
import { schemaOfObject } from './document-schema.ts';
import { encodedItems, type ItemEncoding } from './encoded-items.ts';
import { wholeItems, type ItemForm, type ObjectListBody } from './object-list.ts';
import type { ListForm } from './protobuf-list.ts';
import type { Scope } from './scope.ts';

/** Documents of which the list leaves out what says that they are CBOR. */
const unmarkedItems: ItemForm = { ...wholeItems, skipped: cborMarkLength };

/** A list in CBOR, of the bytes that its objects keep. */
export async function cborList(
  scope: Scope,
  { kind, apiVersion, transform }: ListForm,
  {
    items: objects,
    resourceVersion,
    continue: token,
    remainingItemCount,
  }: ListResult<KubernetesObject>,
): Promise<ObjectListBody> {
  const items = await encodedItems(
    objects,
    transform === undefined ? wholeEncoding(scope) : partialCborEncoding(transform),
  );
  const metadata = { resourceVersion, continue: token, remainingItemCount };
  // Upstream's list of metadata of nothing has no list.
  const count = transform !== undefined && items.length === 0 ? undefined : items.length;
  return {
    ...cborListFrame({ kind, apiVersion }, metadata, count),
    items,
    form: transform === undefined ? wholeItems : unmarkedItems,
  };
}

const wholeEncoding = (scope: Scope): ItemEncoding => ({
  name: 'cbor-item',
  make: ({ object }) => encodeCborItem(object, schemaOfObject(object, scope)),
});

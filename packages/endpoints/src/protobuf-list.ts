import type { KubernetesObject } from '@keelson/api-machinery';
import type { ListResult } from '@keelson/rest-interfaces';
import { itemIn, protobufListFrame } from '@keelson/serialization';
import { encodedItems } from './encoded-items.ts';
import type { Transform } from './negotiate.ts';
import { wholeItems, type ObjectListBody } from './object-list.ts';
import { partialProtobuf, protobufOf } from './protobuf.ts';
import type { Scope } from './scope.ts';

type List = ListResult<KubernetesObject>;

/** What a list says that it is, and what of its objects it has. */
export interface ListForm {
  readonly kind: string;
  readonly apiVersion: string;
  /** Undefined: the objects themselves, else their metadata. */
  readonly transform: Transform | undefined;
}

/**
 * A list in protobuf, of the bytes that its objects keep. A message says how long it is before it says what it is, so all items are
 * encoded before the first is sent.
 */
export async function protobufList(
  scope: Scope,
  { kind, apiVersion, transform }: ListForm,
  { items: objects, resourceVersion, continue: token, remainingItemCount }: List,
): Promise<ObjectListBody> {
  const items = await encodedItems(
    objects,
    transform === undefined
      ? { name: 'protobuf-item', make: (item) => itemIn(protobufOf(item, scope)) }
      : {
          name: `partial-protobuf-item-${transform.version}`,
          make: (item) => itemIn(partialProtobuf(item, transform)),
        },
  );
  const metadata = { resourceVersion, continue: token, remainingItemCount };
  return { ...protobufListFrame({ kind, apiVersion }, metadata, items), items, form: wholeItems };
}

import { setImmediate } from 'node:timers/promises';
import type { KubernetesObject } from '@keelson/api-machinery';
import type { ListResult, Representation } from '@keelson/rest-interfaces';
import { itemIn, protobufListFrame } from '@keelson/serialization';
import type { Transform } from './negotiate.ts';
import { wholeItems, type ObjectListBody } from './object-list.ts';
import { partialProtobuf, protobufOf } from './protobuf.ts';
import type { Scope } from './scope.ts';

type Item = Representation<KubernetesObject>;
type List = ListResult<KubernetesObject>;

/** What a list says that it is, and what of its objects it has. */
export interface ListForm {
  readonly kind: string;
  readonly apiVersion: string;
  /** Undefined: the objects themselves, else their metadata. */
  readonly transform: Transform | undefined;
}

/** Objects that have no protobuf yet are encoded first: others get their turn after so many. */
const turn = 200;

/**
 * A list in protobuf, of the bytes that its objects keep. A message says how long it is before it says what it is, so all items are
 * encoded before the first is sent.
 */
export async function protobufList(
  scope: Scope,
  { kind, apiVersion, transform }: ListForm,
  { items: objects, resourceVersion, continue: token, remainingItemCount }: List,
): Promise<ObjectListBody> {
  let fresh = 0;
  const make = (item: Item): Uint8Array => {
    fresh++;
    return itemIn(
      transform === undefined ? protobufOf(item, scope) : partialProtobuf(item, transform),
    );
  };
  const encoding =
    transform === undefined ? 'protobuf-item' : `partial-protobuf-item-${transform.version}`;
  const items: Uint8Array[] = [];
  for (const object of objects) {
    items.push(object.encoded(encoding, make));
    if (fresh < turn) continue;
    fresh = 0;
    await setImmediate();
  }
  const metadata = { resourceVersion, continue: token, remainingItemCount };
  return { ...protobufListFrame({ kind, apiVersion }, metadata, items), items, form: wholeItems };
}

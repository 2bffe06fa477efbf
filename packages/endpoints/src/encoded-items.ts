import { setImmediate } from 'node:timers/promises';
import type { KubernetesObject } from '@keelson/api-machinery';
import type { Representation } from '@keelson/rest-interfaces';

type Item = Representation<KubernetesObject>;

/** How a list has its items: what that is called, and what makes it. */
export interface ItemEncoding {
  readonly name: string;
  readonly make: (item: Item) => Uint8Array;
}

/** Objects that are not encoded yet are encoded first: others get their turn after so many. */
const turn = 200;

/** The bytes that objects keep, one by one. */
export async function encodedItems(
  objects: readonly Item[],
  { name, make }: ItemEncoding,
): Promise<readonly Uint8Array[]> {
  let fresh = 0;
  const counted = (item: Item): Uint8Array => {
    fresh++;
    return make(item);
  };
  const items: Uint8Array[] = [];
  for (const object of objects) {
    items.push(object.encoded(name, counted));
    if (fresh < turn) continue;
    fresh = 0;
    await setImmediate();
  }
  return items;
}

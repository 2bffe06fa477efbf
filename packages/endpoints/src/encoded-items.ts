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

type Items = readonly Item[];

/** Lists of the same state get the very same array of objects: what was collected of it is kept for as long as it lives. */
const collected = new WeakMap<Items, Map<string, readonly Uint8Array[]>>();

function kept(objects: Items, name: string, items: readonly Uint8Array[]): typeof items {
  const encodings = collected.get(objects) ?? new Map<string, readonly Uint8Array[]>();
  collected.set(objects, encodings.set(name, items));
  return items;
}

/** The bytes that objects keep, one by one. */
export async function encodedItems(
  objects: Items,
  { name, make }: ItemEncoding,
): Promise<readonly Uint8Array[]> {
  const known = collected.get(objects)?.get(name);
  if (known !== undefined) return known;
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
  return kept(objects, name, items);
}

/** The JSON of objects. */
export function jsonOf(objects: Items): readonly Uint8Array[] {
  return (
    collected.get(objects)?.get('json') ??
    kept(
      objects,
      'json',
      objects.map(({ json }) => json),
    )
  );
}

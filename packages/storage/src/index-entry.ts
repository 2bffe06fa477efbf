import type { Change } from './change.ts';
import { attributeReader } from './exact-value.ts';
import type { IndexPlace } from './watch-target.ts';

/** A place of the watch index: a column, and the value in it. */
export interface IndexEntry {
  readonly column: string;
  readonly value: string;
  /** All values under which a change is found in this column. Throws when it takes the object's attributes and they cannot be read. */
  valuesOf(change: Change<unknown>, root: string): readonly string[];
}

/** Where a place is. Places of one column find changes in the same way. */
export function indexEntry(place: IndexPlace): IndexEntry {
  const { type, value } = place;
  switch (type) {
    case 'key':
      return { column: type, value, valuesOf: ({ key }) => [key] };
    case 'name':
      return { column: type, value, valuesOf: ({ key }) => [key.slice(key.lastIndexOf('/') + 1)] };
    case 'prefix':
      return { column: type, value, valuesOf: ({ key }, root) => prefixesOf(key, root) };
    case 'field':
    case 'label': {
      const { name, prefix } = place;
      const read = attributeReader(place);
      return {
        column: `${type} ${name}`,
        value: joined(value, prefix),
        valuesOf: (change, root) => attributeValues(change, root, read),
      };
    }
  }
}

function attributeValues(
  { key, current, previous }: Change<unknown>,
  root: string,
  read: ReturnType<typeof attributeReader>,
): string[] {
  const now = current && read(current.attributes);
  const before = previous && read(previous.attributes);
  const values = now === before || before === undefined ? [now] : [now, before];
  return prefixesOf(key, root).flatMap((prefix) =>
    values.flatMap((value) => (value === undefined ? [] : joined(value, prefix))),
  );
}

/** The prefixes of a key that watches may have, from the resource's own on. */
function prefixesOf(key: string, root: string): string[] {
  const prefixes: string[] = [];
  for (let end = root.length; end > 0; end = key.indexOf('/', end) + 1)
    prefixes.push(key.slice(0, end));
  return prefixes;
}

/** Neither holds a newline. */
function joined(value: string, prefix: string): string {
  return `${prefix}\n${value}`;
}

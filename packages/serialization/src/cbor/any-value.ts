import type { JsonValue } from '@keelson/api-machinery';
import { compareBytes } from '../compare-bytes.ts';
import { defineOwn } from '../own-property.ts';
import type { CborCursor } from './cbor-cursor.ts';
import { Failure } from './cbor-error.ts';
import { majors } from './cbor-writer.ts';
import { numberOf } from './integers.ts';
import { itemsOf, readKind, type Kind } from './kind.ts';
import { MapEntries } from './map-entries.ts';
import { passTags, shownText, type TextForm } from './strings.ts';
import { taggedTime } from './tagged-time.ts';

type FoundAny = JsonValue | Failure;

/** A list or a map that is being read. */
interface Level {
  readonly form: TextForm;
  /** Whether another item comes; a map's key is read then. */
  more(): boolean;
  add(found: FoundAny): void;
  end(): FoundAny;
}

/**
 * Reads an item of which nothing is known: bytes are text, a time is text, other tags say nothing. Nothing is recursive: depth costs no
 * stack. Behaviour: fxamacker/cbor into interface{}, with the modes of k8s.io/apimachinery.
 */
export function readAny(cursor: CborCursor, form: TextForm): FoundAny {
  const levels: Level[] = [];
  return finish(cursor, levels, begin(cursor, form, levels));
}

/** A map of which nothing more is known. */
export const anyMapKind: Kind = {
  goType: 'map[string]interface {}',
  nothing: null,
  map: (cursor, form) => finish(cursor, [new MapLevel(cursor, form)], undefined),
};

function finish(cursor: CborCursor, levels: Level[], begun: FoundAny | undefined): FoundAny {
  let found = begun;
  for (let level = levels.at(-1); level !== undefined; level = levels.at(-1)) {
    if (level.more()) {
      found = begin(cursor, level.form, levels);
      if (found !== undefined) level.add(found);
    } else {
      levels.pop();
      found = level.end();
      levels.at(-1)?.add(found);
    }
  }
  return found ?? null;
}

/** Reads an item that has no items; of one that has only the head, and adds a level. */
function begin(cursor: CborCursor, outer: TextForm, levels: Level[]): FoundAny | undefined {
  const form = passTags(cursor, outer);
  if (form instanceof Failure) return form;
  if (cursor.tag === 0 || cursor.tag === 1) return taggedTime(cursor);
  if (cursor.next !== majors.list && cursor.next !== majors.map)
    return readKind(cursor, anyKind, form) ?? null;
  cursor.readHead();
  const { major } = cursor;
  levels.push(major === majors.list ? new ListLevel(cursor, form) : new MapLevel(cursor, form));
  return undefined;
}

/** What has no items. */
const anyKind: Kind = {
  goType: 'int64',
  integer: numberOf('int64', "Go's int64"),
  fraction: (value) => value,
  boolean: (value) => value,
  text: shownText,
};

class ListLevel implements Level {
  readonly form: TextForm;
  readonly more: () => boolean;
  readonly #items: JsonValue[] = [];
  #failure: Failure | undefined;

  constructor(cursor: CborCursor, form: TextForm) {
    this.form = form;
    this.more = itemsOf(cursor);
  }

  add(found: FoundAny): void {
    if (found instanceof Failure) this.#failure ??= found;
    else this.#items.push(found);
  }

  end(): FoundAny {
    return this.#failure ?? this.#items;
  }
}

class MapLevel implements Level {
  readonly form: TextForm;
  readonly #entries: MapEntries<JsonValue>;

  constructor(cursor: CborCursor, form: TextForm) {
    this.form = form;
    this.#entries = new MapEntries(cursor, form, 'string');
  }

  more(): boolean {
    return this.#entries.nextKey();
  }

  add(found: FoundAny): void {
    this.#entries.add(found);
  }

  end(): FoundAny {
    const { failure, found } = this.#entries;
    return failure ?? inOrder(found);
  }
}

/** In the order that Go writes maps in: what no schema puts in order keeps this one. */
function inOrder(entries: ReadonlyMap<string, JsonValue>): JsonValue {
  const map: Record<string, JsonValue> = {};
  const keys = [...entries.keys()].map((exact) => [exact, shownText(exact)] as const);
  for (const [exact, key] of keys.sort(([, a], [, b]) => compareBytes(a, b)))
    defineOwn(map, key, entries.get(exact));
  return map;
}

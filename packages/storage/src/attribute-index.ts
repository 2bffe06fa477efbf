import type { Change } from './change.ts';
import { attributeReader, type ExactValue } from './exact-value.ts';
import { SnapshotMap } from './snapshot-map.ts';
import type { StoredSnapshot } from './stored-snapshot.ts';

/** How many labels and fields are indexed at a time: those asked for last. */
const mostColumns = 8;
/** How many are remembered as asked for once. */
const mostAsked = 64;

type Attribute = Pick<ExactValue, 'type' | 'name'>;

/**
 * Finds objects by the value of a label or a field without looking at the others. A label is indexed when it is asked for a
 * second time, and forgotten when eight others are asked for after it: memory goes to what clients list by, not to what they label.
 */
export class AttributeIndex<T> {
  readonly #columns = new Map<string, Column<T>>();
  readonly #asked = new Set<string>();

  /** The objects of `state`, the newest, that have the value; `undefined` when they are to be looked for. Throws when an object cannot be read. */
  find(state: SnapshotMap<T>, exact: ExactValue): SnapshotMap<T> | undefined {
    const id = `${exact.type} ${exact.name}`;
    const column = this.#columns.get(id) ?? this.#columnFor(id, state, exact);
    if (column === undefined) return undefined;
    this.#columns.delete(id);
    this.#columns.set(id, column);
    return column.with(exact.value);
  }

  /** Takes what happened to an object. What cannot be read can be in no column: they are made anew when they are asked for. */
  take({ current, previous }: Change<T>): void {
    try {
      for (const column of this.#columns.values()) column.replace(previous, current);
    } catch {
      this.clear();
    }
  }

  clear(): void {
    this.#columns.clear();
  }

  #columnFor(id: string, state: SnapshotMap<T>, attribute: Attribute): Column<T> | undefined {
    if (!this.#asked.delete(id)) {
      if (this.#asked.size >= mostAsked) this.#asked.clear();
      this.#asked.add(id);
      return undefined;
    }
    const column = new Column<T>(attribute);
    for (const snapshot of state.all()) column.replace(undefined, snapshot);
    const [oldest] = this.#columns.keys();
    if (this.#columns.size >= mostColumns && oldest !== undefined) this.#columns.delete(oldest);
    return column;
  }
}

/** All objects by one label or field. */
class Column<T> {
  readonly #valueOf: ReturnType<typeof attributeReader>;
  readonly #values = new Map<string, SnapshotMap<T>>();

  constructor(attribute: Attribute) {
    this.#valueOf = attributeReader(attribute);
  }

  with(value: string): SnapshotMap<T> {
    return this.#values.get(value) ?? new SnapshotMap<T>();
  }

  replace(previous: StoredSnapshot<T> | undefined, current: StoredSnapshot<T> | undefined): void {
    const before = previous && this.#valueOf(previous.attributes);
    const now = current && this.#valueOf(current.attributes);
    if (previous !== undefined && before !== undefined && before !== now)
      this.#remove(before, previous.key);
    if (current !== undefined && now !== undefined) this.#add(now, current);
  }

  #add(value: string, snapshot: StoredSnapshot<T>): void {
    const same = this.#values.get(value) ?? new SnapshotMap<T>();
    same.set(snapshot);
    this.#values.set(value, same);
  }

  #remove(value: string, key: string): void {
    const same = this.#values.get(value);
    same?.delete(key);
    if (same?.size === 0) this.#values.delete(value);
  }
}

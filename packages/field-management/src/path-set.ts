import { leaf, type FieldSet } from './field-set.ts';
import type { Path, Step } from './step.ts';

/** A node that is being made. Whoever makes it gives it away as a FieldSet and touches it no more. */
export interface FieldSetBuilder {
  member: boolean;
  readonly children: Map<Step, FieldSetBuilder | FieldSet>;
}

export const fieldSetBuilder = (member = false): FieldSetBuilder => ({
  member,
  children: new Map(),
});

/** The child of a node, made when it is not there, or when it is an end that all share. */
export function childOf({ children }: FieldSetBuilder, step: Step): FieldSetBuilder {
  const known = children.get(step);
  if (known !== undefined && known !== leaf) return known as FieldSetBuilder;
  const made = fieldSetBuilder(known !== undefined);
  children.set(step, made);
  return made;
}

/** Lets a path end at a step below a node. */
export function endAt(node: FieldSetBuilder, step: Step): void {
  const known = node.children.get(step);
  if (known === undefined) node.children.set(step, leaf);
  else if (known !== leaf) (known as FieldSetBuilder).member = true;
}

/** Makes a set of paths that come as somebody walks a tree: it remembers where the last one went. */
export class PathSet {
  readonly root = fieldSetBuilder();
  /** The nodes along the walker's path, as far as it is known to lead to something. */
  readonly #nodes: FieldSetBuilder[] = [this.root];
  #known = 1;

  /** Adds a path that begins with what is left of the last one. The empty one is nobody's. */
  insert(path: Path): void {
    const end = path.length - 1;
    const step = path[end];
    if (step !== undefined) this.insertAt(path, end, step, leaf);
  }

  /** Adds a set that begins with a step, below the first `length` steps of a path. Nothing is there yet unless the set is an end. */
  insertAt(path: Path, length: number, step: Step, set: FieldSet): void {
    for (; this.#known <= length; this.#known++) {
      const parent = this.#nodes[this.#known - 1];
      const next = path[this.#known - 1];
      if (parent === undefined || next === undefined) return;
      this.#nodes[this.#known] = childOf(parent, next);
    }
    const node = this.#nodes[length];
    if (node === undefined) return;
    if (set === leaf) endAt(node, step);
    else node.children.set(step, set);
  }

  /** Says that the walker has gone back to a path of this length. */
  leave(length: number): void {
    if (this.#known > length + 1) this.#known = length + 1;
  }
}

export function fieldSetOf(paths: Iterable<Path>): FieldSet {
  const set = new PathSet();
  for (const path of paths) {
    set.leave(0);
    set.insert(path);
  }
  return set.root;
}

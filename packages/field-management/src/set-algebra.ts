import { emptySet, isEmptySet, leaf, type FieldSet } from './field-set.ts';
import type { Step } from './step.ts';

/** What is in either. */
export function union(a: FieldSet, b: FieldSet): FieldSet {
  if (a === b || isEmptySet(b)) return a;
  if (isEmptySet(a)) return b;
  const edit = new ChildrenEdit(a);
  for (const [step, child] of b.children) {
    const own = a.children.get(step);
    edit.set(step, own === undefined ? child : union(own, child));
  }
  return edit.result(a.member || b.member);
}

/** What is in both. */
export function intersection(a: FieldSet, b: FieldSet): FieldSet {
  if (a === b) return a;
  const children = new Map<Step, FieldSet>();
  for (const [step, child] of a.children) {
    const other = b.children.get(step);
    const both = other === undefined ? emptySet : intersection(child, other);
    if (!isEmptySet(both)) children.set(step, both);
  }
  return nodeOf(a.member && b.member, children);
}

/** What is in `a` and not in `b`, path by path: what lies below a path of `b` stays. */
export function difference(a: FieldSet, b: FieldSet): FieldSet {
  if (a === b) return emptySet;
  return withoutChildren(a, b, a.member && !b.member, difference);
}

/** What is in `a` and neither in `b` nor below a path of `b`. */
export function recursiveDifference(a: FieldSet, b: FieldSet): FieldSet {
  return withoutChildren(a, b, a.member && !b.member, (own, other) =>
    other.member ? emptySet : recursiveDifference(own, other),
  );
}

/** The paths that no other path of the set goes on from. */
export function leaves(set: FieldSet): FieldSet {
  const edit = new ChildrenEdit(set);
  for (const [step, child] of set.children) edit.set(step, leaves(child));
  return edit.result(set.member && set.children.size === 0);
}

function withoutChildren(
  a: FieldSet,
  b: FieldSet,
  member: boolean,
  without: (own: FieldSet, other: FieldSet) => FieldSet,
): FieldSet {
  const edit = new ChildrenEdit(a);
  const [fewer, more] = a.children.size <= b.children.size ? [a, b] : [b, a];
  for (const step of fewer.children.keys()) {
    if (!more.children.has(step)) continue;
    const own = a.children.get(step);
    const other = b.children.get(step);
    if (own !== undefined && other !== undefined) edit.set(step, without(own, other));
  }
  return edit.result(member);
}

function nodeOf(member: boolean, children: ReadonlyMap<Step, FieldSet>): FieldSet {
  if (children.size > 0) return { member, children };
  return member ? leaf : emptySet;
}

/** The children of a node, copied when the first of them changes. */
export class ChildrenEdit {
  readonly #node: FieldSet;
  #copy: Map<Step, FieldSet> | undefined;

  constructor(node: FieldSet) {
    this.#node = node;
  }

  /** A child without members goes. */
  set(step: Step, child: FieldSet): void {
    if (this.#node.children.get(step) === child) return;
    this.#copy ??= new Map(this.#node.children);
    if (isEmptySet(child)) this.#copy.delete(step);
    else this.#copy.set(step, child);
  }

  result(member: boolean): FieldSet {
    if (this.#copy !== undefined) return nodeOf(member, this.#copy);
    return member === this.#node.member ? this.#node : nodeOf(member, this.#node.children);
  }
}

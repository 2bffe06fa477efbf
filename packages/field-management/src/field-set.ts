import type { FieldsV1, JsonValue } from '@keelson/api-machinery';

/**
 * A set of field paths as a tree: each node is one step of a path (`f:name`, `k:{"name":"c"}`, `v:"x"`, `i:0`), in the
 * encoding of `metadata.managedFields`. Behaviour: sigs.k8s.io/structured-merge-diff fieldpath.Set.
 */
export interface FieldSet {
  /** Whether the path that ends here is in the set. */
  member: boolean;
  readonly children: Map<string, FieldSet>;
}

export const emptySet = (): FieldSet => ({ member: false, children: new Map() });

/** Whether no path is in the set. */
export function isEmptySet(set: FieldSet): boolean {
  return !set.member && set.children.size === 0;
}

/** The child of a node, made when it is not there. */
export function childOf(set: FieldSet, step: string): FieldSet {
  const known = set.children.get(step);
  if (known !== undefined) return known;
  const made = emptySet();
  set.children.set(step, made);
  return made;
}

/** Reads the encoding; undefined for what is none. */
export function parseFieldSet(fields: FieldsV1): FieldSet | undefined {
  const set = emptySet();
  return fill(set, fields, true) ? set : undefined;
}

function fill(set: FieldSet, fields: JsonValue, root: boolean): boolean {
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) return false;
  const steps = Object.keys(fields);
  // A node without steps below it is a path's end; so is one that says so.
  if (!root && steps.length === 0) set.member = true;
  for (const step of steps) {
    if (step === '.') set.member = true;
    else if (!/^[fkvi]:/.test(step) || !fill(childOf(set, step), fields[step] ?? null, false))
      return false;
  }
  return true;
}

/** Writes the encoding, steps in the order in which Kubernetes writes them. */
export function encodeFieldSet(set: FieldSet): FieldsV1 {
  const fields: FieldsV1 = {};
  if (set.member && set.children.size > 0) fields['.'] = {};
  for (const step of sortedSteps(set)) {
    const child = set.children.get(step);
    if (child !== undefined) fields[step] = encodeFieldSet(child);
  }
  return fields;
}

const kinds = 'fkvi';

function sortedSteps({ children }: FieldSet): readonly string[] {
  const steps = [...children.keys()];
  return steps.length < 2 ? steps : steps.sort(compareSteps);
}

function compareSteps(a: string, b: string): number {
  const [x, y] = [kinds.indexOf(a.charAt(0)), kinds.indexOf(b.charAt(0))];
  if (x !== y) return x - y;
  if (a.startsWith('i:')) return Number(a.slice(2)) - Number(b.slice(2));
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Adds all paths of `other` to `set`, in place. */
export function addAll(set: FieldSet, other: FieldSet): void {
  if (other.member) set.member = true;
  for (const [step, child] of other.children) addAll(childOf(set, step), child);
}

/** Takes the very paths of `other` out of `set`, in place; what lies below them stays. Returns whether something was taken. */
export function removeAll(set: FieldSet, other: FieldSet): boolean {
  let removed = false;
  if (other.member && set.member) {
    set.member = false;
    removed = true;
  }
  for (const [step, child] of other.children) {
    const own = set.children.get(step);
    if (own === undefined) continue;
    if (removeAll(own, child)) removed = true;
    if (isEmptySet(own)) set.children.delete(step);
  }
  return removed;
}

/** Takes the paths of `other`, and all below them, out of `set`, in place. */
export function removeBelow(set: FieldSet, other: FieldSet): void {
  for (const [step, child] of other.children) {
    const own = set.children.get(step);
    if (own === undefined) continue;
    if (child.member) set.children.delete(step);
    else removeBelow(own, child);
    if (isEmptySet(own)) set.children.delete(step);
  }
}

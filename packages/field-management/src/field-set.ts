import { compareSteps, type Path, type Step } from './step.ts';

/**
 * A set of paths as a tree: each node is a step. Sets are immutable and share their parts: an operation that changes nothing
 * gives its operand back. Behaviour: sigs.k8s.io/structured-merge-diff fieldpath.Set.
 */
export interface FieldSet {
  /** Whether the path that ends here is in the set. Never true of the root. */
  readonly member: boolean;
  /** No child is without a member in it. */
  readonly children: ReadonlyMap<Step, FieldSet>;
}

export const emptySet: FieldSet = { member: false, children: new Map() };
/** A path's end with nothing below it. */
export const leaf: FieldSet = { member: true, children: new Map() };

/** A set that is being made. Whoever makes it gives it away as a FieldSet and touches it no more. */
export interface FieldSetBuilder {
  member: boolean;
  readonly children: Map<Step, FieldSetBuilder>;
}

export const fieldSetBuilder = (): FieldSetBuilder => ({ member: false, children: new Map() });

/** Adds a path. The empty one is nobody's. */
export function insert(set: FieldSetBuilder, path: Path): void {
  if (path.length === 0) return;
  let node = set;
  for (const step of path) node = childOf(node, step);
  node.member = true;
}

/** The child of a node, made when it is not there. */
export function childOf(set: FieldSetBuilder, step: Step): FieldSetBuilder {
  const known = set.children.get(step);
  if (known !== undefined) return known;
  const made = fieldSetBuilder();
  set.children.set(step, made);
  return made;
}

export function fieldSetOf(paths: Iterable<Path>): FieldSet {
  const set = fieldSetBuilder();
  for (const path of paths) insert(set, path);
  return set;
}

/** Whether no path is in the set. */
export function isEmptySet(set: FieldSet): boolean {
  return !set.member && set.children.size === 0;
}

export function hasPath(set: FieldSet, path: Path): boolean {
  let node: FieldSet | undefined = set;
  for (const step of path) {
    node = node.children.get(step);
    if (node === undefined) return false;
  }
  return path.length > 0 && node.member;
}

export function equalSets(a: FieldSet, b: FieldSet): boolean {
  if (a === b) return true;
  if (a.member !== b.member || a.children.size !== b.children.size) return false;
  for (const [step, child] of a.children) {
    const other = b.children.get(step);
    if (other === undefined || !equalSets(child, other)) return false;
  }
  return true;
}

/** The steps below a node, in the order in which Kubernetes writes them. */
export function sortedSteps({ children }: FieldSet): readonly Step[] {
  const steps = [...children.keys()];
  return steps.length < 2 ? steps : steps.sort(compareSteps);
}

/** All paths, in the order in which Kubernetes tells them: those that end at a node before those that go on. */
export function* pathsOf(set: FieldSet, prefix: Path = []): Generator<Path> {
  const steps = sortedSteps(set);
  for (const step of steps) if (set.children.get(step)?.member === true) yield [...prefix, step];
  for (const step of steps) {
    const child = set.children.get(step);
    if (child !== undefined && child.children.size > 0) yield* pathsOf(child, [...prefix, step]);
  }
}

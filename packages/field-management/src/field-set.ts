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
/** A path's end with nothing below it. All ends are this one, as most nodes are ends. */
export const leaf: FieldSet = { member: true, children: new Map() };

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
  if (steps.length < 2) return steps;
  // Most are in the order of their texts.
  return steps.every(isPlain) ? steps.sort() : steps.sort(compareSteps);
}

/** A field of a name whose order is the same in UTF-8 and UTF-16, or an item of one key, of a text whose characters all sort behind its closing quote. */
const isPlain = (step: Step): boolean =>
  step.startsWith('f:') ? !/[\ud800-\udfff]/.test(step) : /^k:\{"\w+":"[\w./:-]*"\}$/.test(step);

/** All paths, in the order in which Kubernetes tells them: those that end at a node before those that go on. */
export function* pathsOf(set: FieldSet, prefix: Path = []): Generator<Path> {
  const steps = sortedSteps(set);
  for (const step of steps) if (set.children.get(step)?.member === true) yield [...prefix, step];
  for (const step of steps) {
    const child = set.children.get(step);
    if (child !== undefined && child.children.size > 0) yield* pathsOf(child, [...prefix, step]);
  }
}

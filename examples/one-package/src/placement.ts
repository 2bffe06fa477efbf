import {
  fieldPath,
  invalid,
  parseLabelSelector,
  required,
  type FieldError,
} from '@keelson/api-machinery';

/** A rule of a tool's own: which nodes a job may run on. */
export interface Placement {
  readonly name: string;
  /** A label selector, as kubectl takes it: `zone in (a, b), !old`. */
  readonly nodes: string;
}

/** All that is wrong with a placement, in the words that Kubernetes' users know. */
export function validatePlacement({ name, nodes }: Placement): FieldError[] {
  const errors = name === '' ? [required(fieldPath('name'))] : [];
  try {
    parseLabelSelector(nodes);
  } catch (error) {
    errors.push(invalid(fieldPath('nodes'), nodes, String((error as Error).message)));
  }
  return errors;
}

/** The nodes that a placement allows. */
export function allowedNodes(
  { nodes }: Placement,
  all: readonly { readonly name: string; readonly labels: Readonly<Record<string, string>> }[],
): string[] {
  const selector = parseLabelSelector(nodes);
  return all.filter(({ labels }) => selector.matches(labels)).map(({ name }) => name);
}

import { goQuote, StatusError, type StatusDetails } from '@keelson/api-machinery';
import { hasPath, pathsOf, type FieldSet } from './field-set.ts';
import { compareText } from './go-json.ts';
import type { Manager, Managers } from './managers.ts';
import { pathText, type Path } from './step.ts';

/** A path that somebody else owns. */
export interface Conflict {
  readonly identity: string;
  readonly manager: Manager;
  readonly path: Path;
}

/** Sorted by manager, then as paths are. */
export function conflictList(
  conflicts: ReadonlyMap<string, FieldSet>,
  managers: Managers,
): Conflict[] {
  return [...conflicts]
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([identity, set]) => {
      const manager = managers.get(identity);
      return manager === undefined
        ? []
        : [...pathsOf(set)].map((path) => ({ identity, manager, path }));
    });
}

/** Those that are not in a set. */
export const outside = (conflicts: readonly Conflict[], set: FieldSet): Conflict[] =>
  conflicts.filter(({ path }) => !hasPath(set, path));

/** 409 with a cause for each path. Behaviour: managedfields NewConflictError. */
export function applyConflictError(conflicts: readonly Conflict[]): StatusError {
  const causes = conflicts.map(({ manager, path }) => ({
    reason: 'FieldManagerConflict',
    message: `conflict with ${managerText(manager)}`,
    field: pathText(path),
  }));
  const details: StatusDetails = { causes };
  return new StatusError({ code: 409, reason: 'Conflict', message: messageOf(conflicts), details });
}

function messageOf(conflicts: readonly Conflict[]): string {
  const [only] = conflicts;
  if (only !== undefined && conflicts.length === 1)
    return `Apply failed with 1 conflict: conflict with ${managerText(only.manager)}: ${pathText(only.path)}`;
  const lines: string[] = [];
  let told = '';
  for (const { identity, manager, path } of conflicts) {
    if (identity !== told) lines.push(`conflicts with ${managerText(manager)}:`);
    told = identity;
    lines.push(`- ${pathText(path)}`);
  }
  return `Apply failed with ${conflicts.length} conflicts: ${lines.join('\n')}`;
}

function managerText({ manager, subresource, operation, apiVersion }: Manager): string {
  const name =
    subresource === ''
      ? goQuote(manager)
      : `${goQuote(manager)} with subresource ${goQuote(subresource)}`;
  return operation === 'Update' ? `${name} using ${apiVersion}` : name;
}

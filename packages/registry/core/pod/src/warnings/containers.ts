import type { FieldPath } from '@keelson/api-machinery';
import type { EnvVar } from '@keelson/kubernetes-api/core/v1';
import type { PlacedContainer } from './ports.ts';
import { fractionWarning } from './volumes.ts';

/** Behaviour: api/pod warningsForPodSpecAndMeta, v1.37. */
export function containerWarnings({ container, path }: PlacedContainer): string[] {
  const { limits, requests } = container.resources;
  const at = path.child('resources');
  return [
    ...fractionWarning(limits, 'memory', at.child('limits')),
    ...fractionWarning(requests, 'memory', at.child('requests')),
    ...fractionWarning(limits, 'ephemeral-storage', at.child('limits')),
    ...fractionWarning(requests, 'ephemeral-storage', at.child('requests')),
    ...environmentWarnings(container.env ?? [], path.child('env')),
  ];
}

function environmentWarnings(variables: readonly EnvVar[], path: FieldPath): string[] {
  const seen = new Set<string>();
  return variables.flatMap((variable, index) => {
    const hides = seen.has(variable.name) && !extendsItself(variable);
    seen.add(variable.name);
    return hides ? [`${path.index(index)}: hides previous definition of ${JSON.stringify(variable.name)}, which may be dropped when using apply`] : [];
  });
}

/** `A=$(A):more` says that the earlier definition counts. */
function extendsItself({ name, value = '', valueFrom }: EnvVar): boolean {
  const reference = `$(${name})`;
  return valueFrom === undefined && value !== reference && value.includes(reference);
}

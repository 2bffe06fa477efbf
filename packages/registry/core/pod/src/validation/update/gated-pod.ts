import { invalid, type FieldError, type FieldPath } from '@keelson/api-machinery';
import type { NodeAffinity, NodeSelectorTerm, Pod, PodSpec } from '@keelson/kubernetes-api/core/v1';
import { asGo } from './as-go.ts';
import { sameInGo } from './same-in-go.ts';

/** A changed spec, and what was wrong with changing it. */
export interface GatedChange {
  readonly errors: FieldError[];
  /** The new spec as if what may change of a gated pod had not. */
  readonly rest: PodSpec;
}

/**
 * Where a pod may run can be narrowed down as long as gates keep it from being scheduled.
 * Behaviour: core/validation ValidatePodUpdate on gated pods, v1.37.
 */
export function narrowGatedPod(spec: PodSpec, { spec: old }: Pod, path: FieldPath): GatedChange {
  const rest = { ...spec };
  const errors: FieldError[] = [];
  if (!sameInGo(spec.nodeSelector, old.nodeSelector, '{}string')) {
    errors.push(
      ...validateNodeSelector(spec.nodeSelector, old.nodeSelector, path.child('nodeSelector')),
    );
    put(rest, 'nodeSelector', old.nodeSelector);
  }
  const [affinity, oldAffinity] = [spec.affinity?.nodeAffinity, old.affinity?.nodeAffinity];
  if (!sameInGo(affinity, oldAffinity, '*NodeAffinity')) {
    errors.push(
      ...validateNodeAffinity(affinity, oldAffinity, path.child('affinity', 'nodeAffinity')),
    );
    put(rest, 'affinity', affinityOf(spec, old));
  }
  return { errors, rest };
}

function put<K extends 'nodeSelector' | 'affinity'>(
  spec: PodSpec,
  field: K,
  value: PodSpec[K],
): void {
  if (value === undefined) delete spec[field];
  else spec[field] = value;
}

/** The new affinity with the old one to nodes. */
function affinityOf({ affinity }: PodSpec, { affinity: old }: PodSpec): PodSpec['affinity'] {
  const nodeAffinity = old?.nodeAffinity === undefined ? {} : { nodeAffinity: old.nodeAffinity };
  if (affinity === undefined) return old?.nodeAffinity === undefined ? undefined : nodeAffinity;
  if (
    old === undefined &&
    affinity.podAffinity === undefined &&
    affinity.podAntiAffinity === undefined
  )
    return undefined;
  const { nodeAffinity: _changed, ...others } = affinity;
  return { ...nodeAffinity, ...others };
}

function validateNodeSelector(
  selector: PodSpec['nodeSelector'] = {},
  old: PodSpec['nodeSelector'] = {},
  path: FieldPath,
): FieldError[] {
  if (Object.entries(old).every(([key, value]) => selector[key] === value)) return [];
  const sorted = Object.keys(selector).length === 0 ? null : asGo(selector, '{}string');
  return [
    invalid(
      path,
      sorted,
      'only additions to spec.nodeSelector are allowed (no mutations or deletions)',
    ),
  ];
}

function validateNodeAffinity(
  affinity: NodeAffinity | undefined,
  old: NodeAffinity | undefined,
  path: FieldPath,
): FieldError[] {
  const oldTerms = old?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  const terms = affinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  const at = path.child('requiredDuringSchedulingIgnoredDuringExecution', 'nodeSelectorTerms');
  if (oldTerms.length > 0 && oldTerms.length !== terms.length) {
    const shown = terms.length === 0 ? null : asGo(terms, '[]NodeSelectorTerm');
    return [
      invalid(at, shown, 'no additions/deletions to non-empty NodeSelectorTerms list are allowed'),
    ];
  }
  return oldTerms.flatMap((term, index) =>
    onlyAdds(terms[index] ?? {}, term)
      ? []
      : [
          invalid(
            at.index(index),
            asGo(terms[index], 'NodeSelectorTerm'),
            'only additions are allowed (no mutations or deletions)',
          ),
        ],
  );
}

function onlyAdds(term: NodeSelectorTerm, old: NodeSelectorTerm): boolean {
  const lists = ['matchExpressions', 'matchFields'] as const;
  // A term without requirements matches nothing; with one, it would match something.
  if (lists.every((list) => !old[list]?.length)) return lists.every((list) => !term[list]?.length);
  return lists.every((list) =>
    sameInGo(term[list]?.slice(0, old[list]?.length ?? 0), old[list], '[]NodeSelectorRequirement'),
  );
}

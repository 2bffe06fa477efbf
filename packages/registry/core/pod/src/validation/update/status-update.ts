import {
  fieldPath,
  forbidden,
  invalid,
  nameIsDNSSubdomain,
  validateImmutableField,
  type FieldError,
  type FieldPath,
} from '@keelson/api-machinery';
import type { Pod, PodCondition } from '@keelson/kubernetes-api/core/v1';
import { validateAnnotationUpdates, validatePodAnnotations } from '../annotations.ts';
import { eachOf, problems, qualifiedName } from '../findings.ts';
import { validateContainerStatuses } from './container-statuses.ts';
import { validateTransitions } from './container-transitions.ts';
import { validateHostIPs, validatePodIPs } from './status-addresses.ts';
import { validateStatusClaims } from './status-claims.ts';

const path = fieldPath('status');
const annotationsPath = fieldPath('metadata', 'annotations');
const negative = 'must be a non-negative integer';

/** What nodes and schedulers may say of a pod. Behaviour: core/validation ValidatePodStatusUpdate, v1.37. */
export function validatePodStatusUpdate(pod: Pod, old: Pod): FieldError[] {
  const { metadata, spec, status } = pod;
  const generation = status.observedGeneration ?? 0;
  return [
    ...validateAnnotationUpdates(metadata.annotations, old.metadata.annotations, annotationsPath),
    ...validatePodAnnotations(metadata.annotations, spec, annotationsPath),
    ...eachOf(status.conditions, path.child('conditions'), validateCondition),
    ...validateNominatedNode(pod, old, path.child('nominatedNodeName')),
    ...(generation < 0 ? [invalid(path.child('observedGeneration'), generation, negative)] : []),
    ...validateImmutableField(
      status.qosClass ?? '',
      old.status.qosClass ?? '',
      path.child('qosClass'),
    ),
    ...validateTransitions(status, old.status, old.spec, path),
    ...validateStatusClaims(status, spec, path),
    ...validatePodIPs(status, old.status),
    ...validateHostIPs(status, old.status),
    ...validateContainerStatuses(status, spec, path),
  ];
}

const ownConditions = new Set(['PodScheduled', 'Ready', 'Initialized']);

function validateCondition(
  { type, observedGeneration = 0 }: PodCondition,
  at: FieldPath,
): FieldError[] {
  return [
    ...(observedGeneration < 0
      ? [invalid(at.child('observedGeneration'), observedGeneration, negative)]
      : []),
    // The capital is upstream's.
    ...(ownConditions.has(type) ? [] : qualifiedName(type, at.child('Type'))),
  ];
}

/** The node that may come to have room for the pod, before it has a node. */
function validateNominatedNode({ status }: Pod, old: Pod, at: FieldPath): FieldError[] {
  const node = status.nominatedNodeName ?? '';
  if (node === '' || node === (old.status.nominatedNodeName ?? '')) return [];
  const errors = problems(at, node, nameIsDNSSubdomain(node, false));
  return old.spec.nodeName
    ? [...errors, forbidden(at, 'may not be set on pods that are already bound to a node')]
    : errors;
}

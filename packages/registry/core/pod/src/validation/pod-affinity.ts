import {
  forbidden,
  invalid,
  nameIsDNSLabel,
  required,
  validateLabelSelector,
  type FieldError,
  type FieldPath,
  type LabelSelector,
} from '@keelson/api-machinery';
import type { PodAffinity, PodAffinityTerm } from '@keelson/kubernetes-api/core/v1';
import { eachOf, problems, qualifiedName } from './findings.ts';
import { validateWeight } from './node-affinity.ts';

/** Of affinity and of anti-affinity. Behaviour: core/validation validatePodAffinity, v1.37. */
export function validatePodAffinity(affinity: PodAffinity, path: FieldPath): FieldError[] {
  const {
    requiredDuringSchedulingIgnoredDuringExecution: terms,
    preferredDuringSchedulingIgnoredDuringExecution: preferred,
  } = affinity;
  return [
    ...eachOf(terms, path.child('requiredDuringSchedulingIgnoredDuringExecution'), validateTerm),
    ...eachOf(
      preferred,
      path.child('preferredDuringSchedulingIgnoredDuringExecution'),
      ({ weight, podAffinityTerm }, at) => [
        ...validateWeight(weight, at.child('weight')),
        ...validateTerm(podAffinityTerm, at.child('podAffinityTerm')),
      ],
    ),
  ];
}

function validateTerm(term: PodAffinityTerm, path: FieldPath): FieldError[] {
  const {
    labelSelector,
    namespaceSelector,
    namespaces,
    topologyKey,
    matchLabelKeys,
    mismatchLabelKeys,
  } = term;
  return [
    ...validateLabelSelector(labelSelector, path.child('labelSelector')),
    ...validateLabelSelector(namespaceSelector, path.child('namespaceSelector')),
    ...(namespaces ?? []).flatMap((name) =>
      problems(path.child('namespace'), name, nameIsDNSLabel(name, false)),
    ),
    ...validateLabelKeys({ matchLabelKeys, mismatchLabelKeys, labelSelector }, path),
    ...(topologyKey ? [] : [required(path.child('topologyKey'), 'can not be empty')]),
    ...qualifiedName(topologyKey, path.child('topologyKey')),
  ];
}

interface LabelKeys {
  readonly matchLabelKeys?: readonly string[];
  readonly mismatchLabelKeys?: readonly string[];
  readonly labelSelector?: LabelSelector;
}

/**
 * Keys whose values come from the pod. They have been merged into the selector by now, so that one that is there twice was
 * there before. Behaviour: core/validation ValidateMatchLabelKeysAndMismatchLabelKeys, v1.37.
 */
export function validateLabelKeys(
  { matchLabelKeys = [], mismatchLabelKeys = [], labelSelector }: LabelKeys,
  path: FieldPath,
): FieldError[] {
  const errors = [
    ...validateKeys(matchLabelKeys, labelSelector, path.child('matchLabelKeys')),
    ...validateKeys(mismatchLabelKeys, labelSelector, path.child('mismatchLabelKeys')),
  ];
  const seen = new Set(Object.keys(labelSelector?.matchLabels ?? {}));
  const places = new Map(matchLabelKeys.map((key, index) => [key, index]));
  for (const { key } of labelSelector?.matchExpressions ?? []) {
    const index = places.get(key);
    if (index !== undefined && seen.has(key))
      errors.push(
        invalid(path.index(index), key, 'exists in both matchLabelKeys and labelSelector'),
      );
    seen.add(key);
  }
  const mismatched = new Set(mismatchLabelKeys);
  for (const [index, key] of matchLabelKeys.entries()) {
    if (!mismatched.has(key)) continue;
    errors.push(
      invalid(
        path.child('matchLabelKeys').index(index),
        key,
        'exists in both matchLabelKeys and mismatchLabelKeys',
      ),
    );
  }
  return errors;
}

function validateKeys(
  keys: readonly string[],
  selector: LabelSelector | undefined,
  path: FieldPath,
): FieldError[] {
  if (keys.length === 0) return [];
  if (selector === undefined)
    return [forbidden(path, 'must not be specified when labelSelector is not set')];
  return eachOf(keys, path, qualifiedName);
}

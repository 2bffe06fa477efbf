import {
  duplicate,
  fieldPath,
  forbidden,
  invalid,
  isQualifiedName,
  isValidLabelValue,
  notSupported,
  quantitySign,
  required,
  type FieldError,
  type FieldPath,
} from '@keelson/api-machinery';
import type { Node, Taint } from '@keelson/kubernetes-api/core/v1';
import { parseCIDR } from './cidr.ts';

const podCIDRsPath = fieldPath('spec', 'podCIDRs');
// Upstream reports taints below metadata.
const taintsPath = fieldPath('metadata', 'taints');
const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

/** Behaviour: pkg/apis/core/validation ValidateNode, v1.37. */
export function validateNode(node: Node): FieldError[] {
  return [
    ...validateTaints(node.spec.taints ?? []),
    ...validateResources(node),
    ...validatePodCIDRs(node.spec.podCIDRs ?? []),
  ];
}

/** An update is checked as a new object and as a change. */
export function validateNodeAndUpdate(node: Node, old: Node): FieldError[] {
  return [...validateNode(node), ...validateNodeUpdate(node, old)];
}

/** Behaviour: ValidateNodeUpdate. */
export function validateNodeUpdate(node: Node, old: Node): FieldError[] {
  const { spec } = node;
  return [
    ...validateResources(node),
    ...validateAddresses(node),
    ...validateKeptCIDRs(spec.podCIDRs ?? [], old.spec.podCIDRs ?? []),
    ...validateProvider(spec.providerID ?? '', old.spec.providerID ?? ''),
    ...validateTaints(spec.taints ?? []),
    ...((spec.externalID ?? '') === (old.spec.externalID ?? '')
      ? []
      : [forbidden(fieldPath('spec', 'externalID'), 'may not be updated')]),
  ];
}

function validateTaints(taints: readonly Taint[]): FieldError[] {
  return taints.flatMap((taint, index) => {
    const path = taintsPath.index(index);
    const twice =
      taints.findIndex(({ key, effect }) => key === taint.key && effect === taint.effect) < index;
    const error = duplicate(path, taint);
    return [
      ...validateTaint(taint, path),
      ...(twice
        ? [{ ...error, body: `${error.body}: taints must be unique by key and effect pair` }]
        : []),
    ];
  });
}

function validateTaint({ key, value = '', effect }: Taint, path: FieldPath): FieldError[] {
  const errors = isQualifiedName(key).map((problem) => invalid(path.child('key'), key, problem));
  const problems = isValidLabelValue(value);
  if (problems.length > 0) errors.push(invalid(path.child('value'), value, problems.join(';')));
  if (!effect) errors.push(required(path.child('effect')));
  else if (!effects.includes(effect))
    errors.push(notSupported(path.child('effect'), effect, effects));
  return errors;
}

function validateResources({ status }: Node): FieldError[] {
  return (['capacity', 'allocatable'] as const).flatMap((list) =>
    Object.entries(status[list] ?? {}).flatMap(([name, quantity]) =>
      validateQuantity(name, quantity, fieldPath('status', list, name)),
    ),
  );
}

const whole = /^(pods|hugepages-.*|attachable-volumes-.*)$/;

function validateQuantity(name: string, quantity: string, path: FieldPath): FieldError[] {
  if (quantitySign(quantity) < 0)
    return [invalid(path, quantity, 'must be greater than or equal to 0')];
  const isWhole = whole.test(name) || (name.includes('/') && !name.includes('kubernetes.io/'));
  return isWhole && /[num]$/.test(quantity) ? [invalid(path, quantity, 'must be an integer')] : [];
}

function validateAddresses({ status }: Node): FieldError[] {
  const seen = new Set<string>();
  return (status.addresses ?? []).flatMap((address, index) => {
    const key = `${address.type} ${address.address}`;
    if (seen.has(key)) return [duplicate(fieldPath('status', 'addresses').index(index), address)];
    seen.add(key);
    return [];
  });
}

function validatePodCIDRs(cidrs: readonly string[]): FieldError[] {
  const parsed = cidrs.map(parseCIDR);
  const errors = cidrs.flatMap((cidr, index) =>
    parsed[index] === undefined
      ? [
          invalid(
            podCIDRsPath.index(index),
            cidr,
            'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)',
          ),
        ]
      : [],
  );
  const families = new Set(parsed.map((cidr) => cidr?.family));
  if (cidrs.length > 1 && (families.size !== 2 || cidrs.length > 2))
    errors.push(
      invalid(podCIDRsPath, cidrs, 'may specify no more than one CIDR for each IP family'),
    );
  return errors;
}

const keptText = 'node updates may not change podCIDR except from "" to valid';

function validateKeptCIDRs(cidrs: readonly string[], old: readonly string[]): FieldError[] {
  if (old.length === 0) return [];
  if (old.length !== cidrs.length) return [forbidden(podCIDRsPath, keptText)];
  return old
    .filter((cidr, index) => cidr !== cidrs[index])
    .map(() => forbidden(podCIDRsPath, keptText));
}

function validateProvider(id: string, old: string): FieldError[] {
  const path = fieldPath('spec', 'providerID');
  if (old === '' || id === old) return [];
  return [
    invalid(
      path,
      null,
      id === '' ? 'field cannot be cleared once set' : 'field cannot be modified once set',
    ),
  ];
}

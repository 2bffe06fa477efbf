import { duplicate, fieldPath, forbidden, invalid, type FieldError } from '@keelson/api-machinery';
import type { Node } from '@keelson/kubernetes-api/core/v1';
import { validateAnnotations } from './annotations.ts';
import { validateConfigSource, validateConfigStatus } from './config-source.ts';
import { validateDeclaredFeatures } from './declared-features.ts';
import { validateResources } from './resources.ts';
import { validateTaints } from './taints.ts';

/** What may change, in a node and in its status. Behaviour: core/validation ValidateNodeUpdate, v1.37. */
export function validateNodeUpdate(node: Node, old: Node): FieldError[] {
  const { metadata, spec, status } = node;
  return [
    ...validateAnnotations(metadata.annotations),
    ...validateResources(node),
    ...validateDeclaredFeatures(status.declaredFeatures),
    ...validateAddresses(node),
    ...validateKeptCIDRs(spec.podCIDRs ?? [], old.spec.podCIDRs ?? []),
    ...validateProvider(spec.providerID ?? '', old.spec.providerID ?? ''),
    ...validateConfigSource(spec.configSource, fieldPath('spec', 'configSource')),
    ...validateConfigStatus(status.config, fieldPath('status', 'config')),
    ...validateTaints(spec.taints, fieldPath('metadata', 'taints')),
    ...((spec.externalID ?? '') === (old.spec.externalID ?? '')
      ? []
      : [forbidden(fieldPath('spec', 'externalID'), 'may not be updated')]),
  ];
}

function validateAddresses({ status }: Node): FieldError[] {
  const seen = new Set<string>();
  return (status.addresses ?? []).flatMap(({ type, address }, index) => {
    const key = `${type} ${address}`;
    if (seen.has(key)) {
      // Go's internal type has no names of its own for its fields.
      const shown = { Type: type, Address: address };
      return [duplicate(fieldPath('status', 'addresses').index(index), shown)];
    }
    seen.add(key);
    return [];
  });
}

/** Networks are given once. */
function validateKeptCIDRs(cidrs: readonly string[], old: readonly string[]): FieldError[] {
  if (old.length === 0) return [];
  const changed =
    cidrs.length === old.length ? old.filter((cidr, index) => cidr !== cidrs[index]) : [old];
  return changed.map(() =>
    forbidden(
      fieldPath('spec', 'podCIDRs'),
      'node updates may not change podCIDR except from "" to valid',
    ),
  );
}

function validateProvider(id: string, old: string): FieldError[] {
  if (old === '' || id === old) return [];
  const verb = id === '' ? 'cleared' : 'modified';
  return [invalid(fieldPath('spec', 'providerID'), null, `field cannot be ${verb} once set`)];
}

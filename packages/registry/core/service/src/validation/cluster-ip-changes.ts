import { fieldPath, invalid, type FieldError } from '@keelson/api-machinery';
import type { Service } from '@keelson/kubernetes-api/core/v1';
import { isExternalName, isHeadless } from '../service-traits.ts';

const clusterIPsPath = fieldPath('spec', 'clusterIPs');
const ipFamiliesPath = fieldPath('spec', 'ipFamilies');
const ipFamilyPolicyPath = fieldPath('spec', 'ipFamilyPolicy');
const kept = 'may not change once set';

/** A second address may come and go; the first stays, as long as the service has addresses. Behaviour: validateUpgradeDowngradeClusterIPs, v1.37. */
export function validateClusterIPChange(service: Service, old: Service): FieldError[] {
  if (isExternalName(service) || isExternalName(old)) return [];
  if (isHeadless(service) && isHeadless(old)) return [];
  const [before, after] = [old.spec.clusterIPs ?? [], service.spec.clusterIPs ?? []];
  const value = service.spec.clusterIPs;
  if (before.length === after.length)
    return before.flatMap((ip, index) =>
      ip === after[index] ? [] : [invalid(clusterIPsPath.index(index), value, kept)],
    );
  const first = clusterIPsPath.index(0);
  const unset = before.length > 0 && after.length === 0;
  const changed = before.length > 0 && after.length > 0 && before[0] !== after[0];
  return [
    ...(unset ? [invalid(first, value, 'primary clusterIP can not be unset')] : []),
    ...(changed ? [invalid(first, value, kept)] : []),
    ...releasedWithoutPolicy(service, before, after, 'clusterIP'),
  ];
}

/** The same for families. Behaviour: validateUpgradeDowngradeIPFamilies, v1.37. */
export function validateFamilyChange(service: Service, old: Service): FieldError[] {
  if (isExternalName(service) || isExternalName(old)) return [];
  if (isHeadless(service) || isHeadless(old)) return [];
  const [before, after] = [old.spec.ipFamilies ?? [], service.spec.ipFamilies ?? []];
  const first = ipFamiliesPath.index(0);
  // Which list the message shows depends on whether the number changed, too.
  if (before.length === after.length)
    return before
      .filter((family, index) => family !== after[index])
      .map(() => invalid(first, service.spec.ipFamilies, kept));
  const unset = before.length > after.length && (service.spec.clusterIPs ?? []).length === 0;
  const changed = before.length > 0 && after.length > 0 && before[0] !== after[0];
  return [
    ...(unset
      ? [invalid(first, service.spec.ipFamilies, 'primary ipFamily can not be unset')]
      : []),
    ...(changed ? [invalid(first, service.spec.clusterIPs, kept)] : []),
    ...releasedWithoutPolicy(service, before, after, 'ipFamily'),
  ];
}

/** Who gives the second one back says so with the policy. */
function releasedWithoutPolicy(
  { spec: { ipFamilyPolicy } }: Service,
  before: readonly string[],
  after: readonly string[],
  what: string,
): FieldError[] {
  if (before.length <= after.length || after.length !== 1) return [];
  return ipFamilyPolicy === 'SingleStack'
    ? []
    : [
        invalid(
          ipFamilyPolicyPath,
          ipFamilyPolicy,
          `must be set to 'SingleStack' when releasing the secondary ${what}`,
        ),
      ];
}

import { fieldPath, invalid, type FieldError } from '@keelson/api-machinery';
import type { Service } from '@keelson/kubernetes-api/core/v1';
import { otherFamily, parseIP } from '../addresses/ip-address.ts';
import { isExternalName, noClusterIP } from '../service-traits.ts';
import { validateClusterIPs } from '../validation/cluster-ips.ts';
import type { Allocators } from './allocators.ts';
import { invalidService } from './refusal.ts';

const clusterIPsPath = fieldPath('spec', 'clusterIPs');
const ipFamiliesPath = fieldPath('spec', 'ipFamilies');
const ipFamilyPolicyPath = fieldPath('spec', 'ipFamilyPolicy');

type Ranges = Pick<Allocators, 'ranges' | 'defaultFamily'>;

/**
 * Fills in policy and families from what the client said, the service had and the cluster offers. Throws the 422 for what
 * does not go together. Behaviour: registry/core/service/storage initIPFamilyFields, v1.37.
 */
export function initIPFamilies(service: Service, old: Service | undefined, ranges: Ranges): void {
  if (isExternalName(service) || keepsPreference(service, old)) return;
  const { spec } = service;
  spec.ipFamilyPolicy ??= old?.spec.ipFamilyPolicy ?? defaultPolicy(service);
  refuse(service, validateClusterIPs(service, old));
  if (old !== undefined) adoptRelease(service, old);
  refuse(service, [
    ...(old === undefined ? [] : releaseProblems(service, old)),
    ...policyProblems(service),
    ...inferFamilies(service, ranges),
  ]);
  if (spec.clusterIP === noClusterIP && !hasSelector(service)) {
    // Nobody knows which addresses its endpoints have: both, unless it says otherwise, whatever the cluster has.
    spec.ipFamilies = nonEmpty(spec.ipFamilies) ?? [ranges.defaultFamily];
    if (spec.ipFamilyPolicy !== 'SingleStack') addOtherFamily(service);
    return;
  }
  refuse(service, clusterProblems(service, ranges));
  spec.ipFamilies = nonEmpty(spec.ipFamilies) ?? [ranges.defaultFamily];
  if (spec.ipFamilyPolicy !== 'SingleStack' && ranges.ranges.size === 2) addOtherFamily(service);
}

const addressedTypes = ['ClusterIP', 'NodePort', 'LoadBalancer'];

/** Whether a service still prefers two stacks and asks for nothing else: it does not follow a cluster that got or lost one. */
export function keepsPreference({ spec }: Service, old: Service | undefined): boolean {
  if (old === undefined) return false;
  return (
    spec.ipFamilyPolicy === 'PreferDualStack' &&
    (old.spec.ipFamilyPolicy ?? 'PreferDualStack') === 'PreferDualStack' &&
    spec.type === old.spec.type &&
    addressedTypes.includes(spec.type ?? '') &&
    sameList(spec.clusterIPs, old.spec.clusterIPs) &&
    sameList(spec.ipFamilies, old.spec.ipFamilies)
  );
}

export const sameList = (a: readonly string[] = [], b: readonly string[] = []): boolean =>
  a.length === b.length && a.every((value, index) => value === b[index]);

const nonEmpty = <T>(list: T[] | undefined): T[] | undefined =>
  list !== undefined && list.length > 0 ? list : undefined;

const hasSelector = ({ spec }: Service): boolean => Object.keys(spec.selector ?? {}).length > 0;

const defaultPolicy = (service: Service): string =>
  service.spec.clusterIP === noClusterIP && !hasSelector(service)
    ? 'RequireDualStack'
    : 'SingleStack';

function refuse(service: Service, errors: readonly FieldError[]): void {
  if (errors.length > 0) throw invalidService(service, errors);
}

/** Who asks for one stack, and changes nothing else, gives the second one back. */
function adoptRelease({ spec }: Service, { spec: old }: Service): void {
  if (spec.ipFamilyPolicy !== 'SingleStack') return;
  for (const field of ['clusterIPs', 'ipFamilies'] as const) {
    const list = spec[field] ?? [];
    if (list.length > 1 && sameList(list, old[field])) spec[field] = list.slice(0, 1);
  }
}

function releaseProblems({ spec }: Service, { spec: old }: Service): FieldError[] {
  const { ipFamilyPolicy } = spec;
  if (ipFamilyPolicy === 'SingleStack') return [];
  const problem = (what: string) =>
    invalid(
      ipFamilyPolicyPath,
      ipFamilyPolicy,
      `must be 'SingleStack' to release the secondary ${what}`,
    );
  return [
    ...(isReduced(spec.clusterIPs, old.clusterIPs) ? [problem('cluster IP')] : []),
    ...(isReduced(spec.ipFamilies, old.ipFamilies) ? [problem('IP family')] : []),
  ];
}

const isReduced = (list: readonly string[] = [], old: readonly string[] = []): boolean =>
  list.length > 0 && list.length < old.length;

function policyProblems({ spec }: Service): FieldError[] {
  const { ipFamilyPolicy, clusterIPs = [], ipFamilies = [] } = spec;
  if (ipFamilyPolicy !== 'SingleStack') return [];
  const problem = (what: string) =>
    invalid(
      ipFamilyPolicyPath,
      ipFamilyPolicy,
      `must be 'RequireDualStack' or 'PreferDualStack' when multiple ${what} are specified`,
    );
  return [
    ...(clusterIPs.length === 2 ? [problem('cluster IPs')] : []),
    ...(ipFamilies.length === 2 ? [problem('IP families')] : []),
  ];
}

/** Adds the families of addresses that have none named at their place. */
function inferFamilies({ spec }: Service, { ranges }: Ranges): FieldError[] {
  const { clusterIPs = [] } = spec;
  if (clusterIPs[0] === noClusterIP) return [];
  return clusterIPs.flatMap((ip, index) => {
    if (index < (spec.ipFamilies ?? []).length) return [];
    const family = parseIP(ip)?.family ?? 'unknown';
    if (!ranges.has(family))
      return [
        invalid(
          clusterIPsPath.index(index),
          clusterIPs,
          `${family} is not configured on this cluster`,
        ),
      ];
    spec.ipFamilies = [...(spec.ipFamilies ?? []), family];
    return [];
  });
}

/** What a service asks for that the cluster does not have. */
function clusterProblems({ spec }: Service, { ranges }: Ranges): FieldError[] {
  const { ipFamilyPolicy, ipFamilies = [] } = spec;
  return [
    ...(ipFamilyPolicy === 'RequireDualStack' && ranges.size < 2
      ? [
          invalid(
            ipFamilyPolicyPath,
            ipFamilyPolicy,
            'this cluster is not configured for dual-stack services',
          ),
        ]
      : []),
    ...ipFamilies.flatMap((family, index) =>
      ranges.has(family)
        ? []
        : [invalid(ipFamiliesPath.index(index), family, 'not configured on this cluster')],
    ),
  ];
}

function addOtherFamily({ spec }: Service): void {
  const [first, ...more] = spec.ipFamilies ?? [];
  if (first !== undefined && more.length === 0) spec.ipFamilies = [first, otherFamily(first)];
}

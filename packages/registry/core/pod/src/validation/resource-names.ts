import { isQualifiedName, parseQuantity } from '@keelson/api-machinery';

const standard = new Set([
  'cpu',
  'memory',
  'ephemeral-storage',
  'requests.cpu',
  'requests.memory',
  'requests.ephemeral-storage',
  'limits.cpu',
  'limits.memory',
  'limits.ephemeral-storage',
  'pods',
  'resourcequotas',
  'services',
  'replicationcontrollers',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'storage',
  'requests.storage',
  'services.nodeports',
  'services.loadbalancers',
]);
const counted = new Set([
  'pods',
  'resourcequotas',
  'services',
  'replicationcontrollers',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'services.nodeports',
  'services.loadbalancers',
]);

/** Memory in pages larger than usual. */
export const isHugePages = (name: string): boolean => name.startsWith('hugepages-');

/** A resource of Kubernetes itself. */
export const isNative = (name: string): boolean =>
  !name.includes('/') || name.includes('kubernetes.io/');

/** A name that Kubernetes knows. */
export const isStandard = (name: string): boolean =>
  standard.has(name) || isHugePages(name) || name.startsWith('requests.hugepages-');

/** A resource of Kubernetes itself that a container may ask for. */
export const isStandardOfContainers = (name: string): boolean =>
  name === 'cpu' || name === 'memory' || name === 'ephemeral-storage' || isHugePages(name);

/** A resource that a vendor brings. Quotas must be able to name it, too. */
export const isExtended = (name: string): boolean =>
  !isNative(name) &&
  !name.startsWith('requests.') &&
  isQualifiedName(`requests.${name}`).length === 0;

/** Whether more may be promised than there is. */
export const isOvercommitAllowed = (name: string): boolean => isNative(name) && !isHugePages(name);

/** Counted in whole units. */
export const isInteger = (name: string): boolean => counted.has(name) || isExtended(name);

const billion = 1_000_000_000n;

/** Whether so much is a number of whole pages. Behaviour: core/helper IsHugePageResourceValueDivisible, v1.37. */
export function isWholePages(name: string, quantity: string): boolean {
  const page = parseQuantity(name.slice('hugepages-'.length));
  const amount = parseQuantity(quantity);
  if (page === undefined || amount === undefined || page.nanos <= 0n || page.nanos % billion !== 0n)
    return false;
  return ((amount.nanos + billion - 1n) / billion) % (page.nanos / billion) === 0n;
}

import {
  type FieldError,
  type FieldPath,
  invalid,
  notSupported,
  required,
} from '@keelson/api-machinery';
import type { ObjectFieldSelector, ResourceFieldSelector } from '@keelson/kubernetes-api/core/v1';
import { qualifiedName } from './findings.ts';

/** What environment variables may be set from. */
export const environmentFields = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
];
/** What files may hold. */
export const volumeFields = [
  'metadata.annotations',
  'metadata.labels',
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
];
const resources = [
  'limits.cpu',
  'limits.ephemeral-storage',
  'limits.memory',
  'requests.cpu',
  'requests.ephemeral-storage',
  'requests.memory',
];

/** The fields of a pod that have a name at all. Behaviour: apis/core/pods ConvertDownwardAPIFieldLabel. */
const known = new Set([
  'metadata.annotations',
  'metadata.labels',
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.restartPolicy',
  'spec.serviceAccountName',
  'spec.schedulerName',
  'status.phase',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
]);

/** A reference to a field of the pod. Behaviour: core/validation validateObjectFieldSelector, v1.37. */
export function validateFieldRef(
  selector: ObjectFieldSelector,
  allowed: readonly string[],
  path: FieldPath,
): FieldError[] {
  if (!selector.apiVersion) return [required(path.child('apiVersion'))];
  if (!selector.fieldPath) return [required(path.child('fieldPath'))];
  if (selector.apiVersion === 'v1' && allowed.includes(selector.fieldPath)) return [];
  const unconvertible = conversionProblem(selector.apiVersion, selector.fieldPath);
  if (unconvertible !== undefined) {
    return [
      invalid(
        path.child('fieldPath'),
        selector.fieldPath,
        `error converting fieldPath: ${unconvertible}`,
      ),
    ];
  }
  const subscripted = /^([^[]*)\['(.*)'\]$/.exec(selector.fieldPath);
  if (subscripted === null) {
    const field = selector.fieldPath === 'spec.host' ? 'spec.nodeName' : selector.fieldPath;
    return allowed.includes(field) ? [] : [notSupported(path.child('fieldPath'), field, allowed)];
  }
  const [, field = '', key = ''] = subscripted;
  if (field === 'metadata.annotations') return qualifiedName(key.toLowerCase(), path);
  if (field === 'metadata.labels') return qualifiedName(key, path);
  return [invalid(path, field, 'does not support subscript')];
}

function conversionProblem(version: string, field: string): string | undefined {
  if (version !== 'v1') return `unsupported pod version: ${version}`;
  const subscripted = /^([^[]*)\['(.*)'\]$/.exec(field);
  if (subscripted !== null) {
    const [, name = ''] = subscripted;
    return name === 'metadata.annotations' || name === 'metadata.labels'
      ? undefined
      : `field label does not support subscript: ${field}`;
  }
  return known.has(field) || field === 'spec.host'
    ? undefined
    : `field label not supported: ${field}`;
}

/** A reference to a container's resources. Behaviour: core/validation validateContainerResourceFieldSelector, v1.37. */
export function validateResourceFieldRef(
  selector: ResourceFieldSelector,
  path: FieldPath,
  inVolume: boolean,
): FieldError[] {
  const errors: FieldError[] = [];
  const { resource } = selector;
  if (inVolume && !selector.containerName) errors.push(required(path.child('containerName')));
  else if (!resource) errors.push(required(path.child('resource')));
  else if (!resources.includes(resource) && !hugePages.test(resource))
    errors.push(notSupported(path.child('resource'), resource, resources));
  const divisor = divisorProblem(resource ?? '', selector.divisor ?? '0');
  if (divisor !== undefined) errors.push(invalid(path.child('divisor'), resource, divisor));
  return errors;
}

const hugePages = /^(requests|limits)\.hugepages-/;
const units = ['1', '1k', '1M', '1G', '1T', '1P', '1E', '1Ki', '1Mi', '1Gi', '1Ti', '1Pi', '1Ei'];
const kinds: readonly (readonly [RegExp, string])[] = [
  [/^(limits|requests)\.memory$/, 'memory'],
  [/^(limits|requests)\.ephemeral-storage$/, 'local ephemeral storage'],
  [hugePages, 'hugepages'],
];

function divisorProblem(resource: string, divisor: string): string | undefined {
  if (divisor === '0' || divisor === '') return undefined;
  if (/^(limits|requests)\.cpu$/.test(resource)) {
    return divisor === '1m' || divisor === '1'
      ? undefined
      : "only divisor's values 1m and 1 are supported with the cpu resource";
  }
  const kind = kinds.find(([pattern]) => pattern.test(resource))?.[1];
  if (kind === undefined || units.includes(divisor)) return undefined;
  return `only divisor's values ${units.join(', ')} are supported with the ${kind} resource`;
}

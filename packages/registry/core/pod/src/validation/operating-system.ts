import {
  forbidden,
  invalid,
  required,
  type FieldError,
  type FieldPath,
} from '@keelson/api-machinery';
import type { Container, PodSpec } from '@keelson/kubernetes-api/core/v1';
import { oneOf } from './findings.ts';
import { containersOf, containersWithPaths } from './visit-containers.ts';

const ofPod = [
  'appArmorProfile',
  'seLinuxOptions',
  'seccompProfile',
  'fsGroup',
  'fsGroupChangePolicy',
  'sysctls',
  'runAsUser',
  'runAsGroup',
  'supplementalGroups',
  'supplementalGroupsPolicy',
  'seLinuxChangePolicy',
] as const;
const ofContainer = [
  'appArmorProfile',
  'seLinuxOptions',
  'seccompProfile',
  'capabilities',
  'readOnlyRootFilesystem',
  'privileged',
  'allowPrivilegeEscalation',
  'procMount',
  'runAsUser',
  'runAsGroup',
] as const;

/** What the pod's operating system forbids. Behaviour: core/validation validateOS, validateLinux, validateWindows, v1.37. */
export function validateOperatingSystem(spec: PodSpec, path: FieldPath): FieldError[] {
  const name = spec.os?.name;
  if (name === undefined) return [];
  if (name === 'linux') return validateLinux(spec, path);
  if (name === 'windows') return validateWindows(spec, path);
  const at = path.child('os');
  return name === '' ? [required(at.child('name'))] : oneOf(at, name, ['linux', 'windows']);
}

function validateLinux(spec: PodSpec, path: FieldPath): FieldError[] {
  const contexts = [[spec, path] as const, ...containersWithPaths(spec, path)];
  return contexts
    .filter(([{ securityContext }]) => securityContext?.windowsOptions !== undefined)
    .map(([, at]) =>
      forbidden(
        at.child('securityContext', 'windowsOptions'),
        'windows options cannot be set for a linux pod',
      ),
    );
}

function validateWindows(spec: PodSpec, path: FieldPath): FieldError[] {
  const no = (at: FieldPath) => forbidden(at, 'cannot be set for a windows pod');
  const context = spec.securityContext;
  const at = path.child('securityContext');
  return [
    ...ofPod.filter((field) => context?.[field] !== undefined).map((field) => no(at.child(field))),
    ...(spec.hostUsers === undefined ? [] : [no(path.child('hostUsers'))]),
    ...(['hostPID', 'hostIPC'] as const)
      .filter((field) => spec[field] === true)
      .map((field) => no(path.child(field))),
    ...(spec.shareProcessNamespace === undefined ? [] : [no(path.child('shareProcessNamespace'))]),
    ...containersWithPaths(spec, path).flatMap(([{ securityContext }, where]) =>
      ofContainer
        .filter((field) => securityContext?.[field] !== undefined)
        .map((field) => no(where.child('securityContext', field))),
    ),
  ];
}

const hasWindowsOptions = ({ securityContext }: Container): boolean =>
  securityContext?.windowsOptions !== undefined;

/** Containers that run as processes of a Windows host: all or none. Behaviour: core/validation validateWindowsHostProcessPod, v1.37. */
export function validateHostProcess(spec: PodSpec, path: FieldPath): FieldError[] {
  const ofThePod = spec.securityContext?.windowsOptions?.hostProcess;
  if (ofThePod === undefined && !containersOf(spec).some(hasWindowsOptions)) return [];
  const errors: FieldError[] = [];
  const containers = containersWithPaths(spec, path);
  let count = 0;
  for (const [{ securityContext }, at] of containers) {
    const own = securityContext?.windowsOptions?.hostProcess;
    if (ofThePod !== undefined && own !== undefined && ofThePod !== own) {
      const why = `pod hostProcess value must be identical if both are specified, was ${ofThePod}`;
      errors.push(invalid(at.child('securityContext', 'windowsOptions', 'hostProcess'), own, why));
    }
    if (own ?? ofThePod ?? false) count++;
  }
  if (count === 0) return errors;
  if (count !== containers.length) {
    errors.push(
      invalid(
        path,
        '',
        'If pod contains any hostProcess containers then all containers must be HostProcess containers',
      ),
    );
  }
  if (spec.hostNetwork !== true) {
    errors.push(
      invalid(
        path.child('hostNetwork'),
        false,
        'hostNetwork must be true if pod contains any hostProcess containers',
      ),
    );
  }
  return errors;
}

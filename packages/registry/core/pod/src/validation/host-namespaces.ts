import {
  forbidden,
  invalid,
  tooLong,
  type FieldError,
  type FieldPath,
} from '@keelson/api-machinery';
import type { PodSpec } from '@keelson/kubernetes-api/core/v1';
import { dnsSubdomain } from './findings.ts';
import { containersWithPaths } from './visit-containers.ts';

/** On the host's network, a container's port is the host's. Behaviour: core/validation validatePodHostNetworkDeps, v1.37. */
export function validateHostNetwork(
  { hostNetwork, containers }: PodSpec,
  isPod: boolean,
  path: FieldPath,
): FieldError[] {
  if (hostNetwork !== true) return [];
  return (containers ?? []).flatMap(({ ports }, index) =>
    (ports ?? []).flatMap(({ hostPort = 0, containerPort }, portIndex) => {
      if ((!isPod && hostPort === 0) || hostPort === containerPort) return [];
      const at = path
        .child('containers')
        .index(index)
        .child('ports')
        .index(portIndex)
        .child('hostPort');
      return [invalid(at, hostPort, 'must match `containerPort` when `hostNetwork` is true')];
    }),
  );
}

/** Users of the pod's own exclude most of the host's namespaces. Behaviour: core/validation validateHostUsers, v1.37. */
export function validateHostUsers(spec: PodSpec, path: FieldPath): FieldError[] {
  if (spec.hostUsers !== false) return [];
  const no = (at: FieldPath) => forbidden(at, 'when `hostUsers` is false');
  const errors: FieldError[] = [];
  if (spec.hostNetwork === true) errors.push(no(path.child('hostNetwork')));
  // Upstream's spelling.
  if (spec.hostPID === true) errors.push(no(path.child('HostPID')));
  if (spec.hostIPC === true) errors.push(no(path.child('HostIPC')));
  const devices = containersWithPaths(spec, path).filter(
    ([{ volumeDevices }]) => volumeDevices?.length,
  );
  return [...errors, ...devices.map(([, at]) => no(at.child('volumeDevices')))];
}

/** Behaviour: core/validation validateShareProcessNamespace, v1.37. */
export function validateSharedProcesses(
  { shareProcessNamespace, hostPID }: PodSpec,
  path: FieldPath,
): FieldError[] {
  if (shareProcessNamespace !== true || hostPID !== true) return [];
  return [
    invalid(
      path.child('shareProcessNamespace'),
      true,
      'ShareProcessNamespace and HostPID cannot both be enabled',
    ),
  ];
}

/** Behaviour: core/validation validatePodHostName, v1.37. */
export function validateHostnameOverride(spec: PodSpec, path: FieldPath): FieldError[] {
  const name = spec.hostnameOverride;
  if (name === undefined) return [];
  const at = path.child('hostnameOverride');
  const errors: FieldError[] = [];
  if (spec.setHostnameAsFQDN === true)
    errors.push(forbidden(at, 'may not be specified when setHostnameAsFQDN is true'));
  if (spec.hostNetwork === true)
    errors.push(forbidden(at, 'may not be specified when hostNetwork is true'));
  if (Buffer.byteLength(name) > 64) errors.push(tooLong(at, 64));
  return [...errors, ...dnsSubdomain(name, at)];
}

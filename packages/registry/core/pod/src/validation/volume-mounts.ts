import {
  forbidden,
  invalid,
  notFound,
  required,
  type FieldError,
  type FieldPath,
} from '@keelson/api-machinery';
import type { Container, Volume, VolumeDevice, VolumeMount } from '@keelson/kubernetes-api/core/v1';
import { eachOf, oneOf } from './findings.ts';
import type { SpecContext } from './options.ts';
import { descendingPath, noBacksteps } from './paths.ts';

/** Behaviour: core/validation ValidateVolumeMounts, v1.37. */
export function validateVolumeMounts(
  container: Container,
  context: SpecContext,
  path: FieldPath,
): FieldError[] {
  if (!container.volumeMounts?.length) return [];
  const devices = new Set(container.volumeDevices?.map(({ name }) => name));
  const devicePaths = new Set(container.volumeDevices?.map(({ devicePath }) => devicePath));
  const seen = new Set<string>();
  return eachOf(container.volumeMounts, path, (mount, at) => {
    const errors: FieldError[] = [];
    if (!mount.name) errors.push(required(at.child('name')));
    if (!context.volumes.has(mount.name)) errors.push(notFound(at.child('name'), mount.name));
    if (!mount.mountPath) errors.push(required(at.child('mountPath')));
    if (seen.has(mount.mountPath))
      errors.push(invalid(at.child('mountPath'), mount.mountPath, 'must be unique'));
    seen.add(mount.mountPath);
    if (devices.has(mount.name))
      errors.push(invalid(at.child('name'), mount.name, 'must not already exist in volumeDevices'));
    if (devicePaths.has(mount.mountPath)) {
      errors.push(
        invalid(
          at.child('mountPath'),
          mount.mountPath,
          'must not already exist as a path in volumeDevices',
        ),
      );
    }
    // Upstream names the list, not the mount, from here on.
    return [
      ...errors,
      ...validateSubPaths(mount, at, path),
      ...validateSharing(mount, container, path),
    ];
  });
}

function validateSubPaths(
  { subPath, subPathExpr }: VolumeMount,
  at: FieldPath,
  list: FieldPath,
): FieldError[] {
  const errors = subPath ? descendingPath(subPath, list.child('subPath')) : [];
  if (!subPathExpr) return errors;
  if (subPath)
    errors.push(
      invalid(
        at.child('subPathExpr'),
        subPathExpr,
        'subPathExpr and subPath are mutually exclusive',
      ),
    );
  return [...errors, ...descendingPath(subPathExpr, list.child('subPathExpr'))];
}

function validateSharing(
  mount: VolumeMount,
  { securityContext }: Container,
  path: FieldPath,
): FieldError[] {
  const { mountPropagation: propagation } = mount;
  const errors: FieldError[] = [];
  if (propagation !== undefined) {
    errors.push(
      ...oneOf(path.child('mountPropagation'), propagation, [
        'Bidirectional',
        'HostToContainer',
        'None',
      ]),
    );
    if (propagation === 'Bidirectional' && securityContext?.privileged !== true) {
      errors.push(
        forbidden(
          path.child('mountPropagation'),
          'Bidirectional mount propagation is available only to privileged containers',
        ),
      );
    }
  }
  return mount.recursiveReadOnly === undefined
    ? errors
    : [...errors, ...validateRecursiveReadOnly(mount, path.child('recursiveReadOnly'))];
}

function validateRecursiveReadOnly(
  { recursiveReadOnly: mode, readOnly, mountPropagation }: VolumeMount,
  path: FieldPath,
): FieldError[] {
  if (mode === undefined || mode === 'Disabled') return [];
  if (mode !== 'Enabled' && mode !== 'IfPossible')
    return oneOf(path, mode, ['Disabled', 'Enabled', 'IfPossible']);
  const errors: FieldError[] = [];
  if (readOnly !== true)
    errors.push(forbidden(path, 'may only be specified when readOnly is true'));
  if (mountPropagation !== undefined && mountPropagation !== 'None') {
    errors.push(
      forbidden(path, 'may only be specified when mountPropagation is None or not specified'),
    );
  }
  return errors;
}

/** Behaviour: core/validation ValidateVolumeDevices, v1.37. */
export function validateVolumeDevices(
  container: Container,
  context: SpecContext,
  path: FieldPath,
): FieldError[] {
  const seen = {
    names: new Set<string>(),
    paths: new Set<string>(),
    mounts: new Set(container.volumeMounts?.map(({ name }) => name)),
    mountPaths: new Set(container.volumeMounts?.map(({ mountPath }) => mountPath)),
  };
  return eachOf(container.volumeDevices, path, (device, at) =>
    validateDevice(device, context.volumes.get(device.name), seen, at),
  );
}

/** What the devices before, and the mounts, are called and where they are. */
interface Seen {
  readonly names: Set<string>;
  readonly paths: Set<string>;
  readonly mounts: ReadonlySet<string>;
  readonly mountPaths: ReadonlySet<string>;
}

function validateDevice(
  { name, devicePath }: VolumeDevice,
  volume: Volume | undefined,
  seen: Seen,
  path: FieldPath,
): FieldError[] {
  const errors: FieldError[] = [];
  const { names, paths } = seen;
  const wrong = (field: string, value: string, detail: string) =>
    errors.push(invalid(path.child(field), value, detail));
  if (!name) errors.push(required(path.child('name')));
  if (names.has(name)) wrong('name', name, 'must be unique');
  if (volume === undefined) errors.push(notFound(path.child('name'), name));
  else if (volume.persistentVolumeClaim === undefined && volume.ephemeral === undefined) {
    wrong(
      'name',
      name,
      'can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode',
    );
  }
  if (!devicePath) errors.push(required(path.child('devicePath')));
  if (paths.has(devicePath)) wrong('devicePath', devicePath, 'must be unique');
  if (devicePath && noBacksteps(devicePath, path).length > 0)
    wrong('devicePath', devicePath, "can not contain backsteps ('..')");
  else paths.add(devicePath);
  if (seen.mounts.has(name)) wrong('name', name, 'must not already exist in volumeMounts');
  if (seen.mountPaths.has(devicePath))
    wrong('devicePath', devicePath, 'must not already exist as a path in volumeMounts');
  if (name) names.add(name);
  return errors;
}

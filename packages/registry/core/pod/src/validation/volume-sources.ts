import {
  forbidden,
  invalid,
  isDNS1123Subdomain,
  nameIsDNSSubdomain,
  rangeProblem,
  required,
  tooLong,
  type FieldError,
  type FieldPath,
} from '@keelson/api-machinery';
import type {
  AzureDiskVolumeSource,
  CSIVolumeSource,
  FCVolumeSource,
  FlexVolumeSource,
  FlockerVolumeSource,
  HostPathVolumeSource,
  NFSVolumeSource,
  QuobyteVolumeSource,
  StorageOSVolumeSource,
  Volume,
} from '@keelson/kubernetes-api/core/v1';
import { dnsLabel, oneOf, problems } from './findings.ts';
import { descendingPath, noBacksteps } from './paths.ts';

/** Each field that must be filled in and is not. */
export function requiredFields(
  path: FieldPath,
  fields: Readonly<Record<string, unknown>>,
): FieldError[] {
  return Object.keys(fields)
    .filter((name) => isMissing(fields[name]))
    .map((name) => required(path.child(name)));
}

const isMissing = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (Array.isArray(value) && value.length === 0);

export function validateHostPath(
  { path: target, type }: HostPathVolumeSource,
  path: FieldPath,
): FieldError[] {
  if (!target) return [required(path.child('path'))];
  const types = [
    '',
    'BlockDevice',
    'CharDevice',
    'Directory',
    'DirectoryOrCreate',
    'File',
    'FileOrCreate',
    'Socket',
  ];
  return [
    ...noBacksteps(target, path.child('path')),
    ...(type === undefined ? [] : oneOf(path.child('type'), type, types)),
  ];
}

export function validateGitRepo(
  { repository, directory }: NonNullable<Volume['gitRepo']>,
  path: FieldPath,
): FieldError[] {
  return [
    ...requiredFields(path, { repository }),
    ...descendingPath(directory ?? '', path.child('directory')),
  ];
}

/** A disk of a cloud with a partition. */
export function validatePartition(partition: number | undefined, path: FieldPath): FieldError[] {
  // Upstream's text begins at 1 although 0 is fine.
  return partition !== undefined && (partition < 0 || partition > 255)
    ? [invalid(path.child('partition'), partition, rangeProblem(1, 255))]
    : [];
}

export function validateNfs(
  { server, path: target }: NFSVolumeSource,
  path: FieldPath,
): FieldError[] {
  const relative = !target?.startsWith('/');
  return [
    ...requiredFields(path, { server, path: target }),
    ...(relative ? [invalid(path.child('path'), target ?? '', 'must be an absolute path')] : []),
  ];
}

export function validateFlocker(
  { datasetName, datasetUUID }: FlockerVolumeSource,
  path: FieldPath,
): FieldError[] {
  const errors: FieldError[] = [];
  if (!datasetName && !datasetUUID)
    errors.push(required(path, 'one of datasetName and datasetUUID is required'));
  if (datasetName && datasetUUID)
    errors.push(
      invalid(path, 'resource', 'datasetName and datasetUUID can not be specified simultaneously'),
    );
  if (datasetName?.includes('/'))
    errors.push(invalid(path.child('datasetName'), datasetName, "must not contain '/'"));
  return errors;
}

export function validateQuobyte(
  { registry, tenant, volume }: QuobyteVolumeSource,
  path: FieldPath,
): FieldError[] {
  const pairs = 'must be a host:port pair or multiple pairs separated by commas';
  const errors: FieldError[] = [];
  if (!registry) errors.push(required(path.child('registry'), pairs));
  else if ((tenant ?? '').length >= 65)
    errors.push(
      required(path.child('tenant'), 'must be a UUID and may not exceed a length of 64 characters'),
    );
  else {
    for (const pair of registry.split(',')) {
      if (!/^([^:[\]]*|\[[^[\]]*\]):[^:[\]]*$/.test(pair))
        errors.push(invalid(path.child('registry'), registry, pairs));
    }
  }
  return [...errors, ...requiredFields(path, { volume })];
}

export function validateFibreChannel(
  { targetWWNs = [], wwids = [], lun }: FCVolumeSource,
  path: FieldPath,
): FieldError[] {
  const errors: FieldError[] = [];
  if (targetWWNs.length === 0 && wwids.length === 0)
    errors.push(
      required(path.child('targetWWNs'), 'must specify either targetWWNs or wwids, but not both'),
    );
  if (targetWWNs.length > 0 && wwids.length > 0) {
    errors.push(
      invalid(
        path.child('targetWWNs'),
        targetWWNs,
        'targetWWNs and wwids can not be specified simultaneously',
      ),
    );
  }
  if (targetWWNs.length === 0) return errors;
  if (lun === undefined)
    errors.push(required(path.child('lun'), 'lun is required if targetWWNs is specified'));
  else if (lun < 0 || lun > 255) errors.push(invalid(path.child('lun'), lun, rangeProblem(0, 255)));
  return errors;
}

export function validateFlex(
  { driver, options = {} }: FlexVolumeSource,
  path: FieldPath,
): FieldError[] {
  const reserved = Object.keys(options).filter((key) => {
    const namespace = `.${(key.includes('/') ? key.slice(0, key.indexOf('/')) : key).toLowerCase()}`;
    return namespace.endsWith('.kubernetes.io') || namespace.endsWith('.k8s.io');
  });
  return [
    ...requiredFields(path, { driver }),
    ...reserved.map((key) =>
      invalid(
        path.child('options').key(key),
        key,
        'kubernetes.io and k8s.io namespaces are reserved',
      ),
    ),
  ];
}

export function validateAzureDisk(
  { diskName, diskURI, cachingMode, kind }: AzureDiskVolumeSource,
  path: FieldPath,
): FieldError[] {
  const errors = requiredFields(path, { diskName, diskURI });
  if (cachingMode !== undefined)
    errors.push(
      ...oneOf(path.child('cachingMode'), cachingMode, ['None', 'ReadOnly', 'ReadWrite']),
    );
  if (kind === undefined) return errors;
  errors.push(...oneOf(path.child('kind'), kind, ['Dedicated', 'Managed', 'Shared']));
  const prefix = kind === 'Managed' ? '/subscriptions/' : 'https://';
  const shape =
    kind === 'Managed'
      ? '/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}'
      : 'https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd';
  return diskURI?.startsWith(prefix)
    ? errors
    : [...errors, ...oneOf(path.child('diskURI'), diskURI ?? '', [shape])];
}

export function validateStorageOs(
  { volumeName, volumeNamespace, secretRef }: StorageOSVolumeSource,
  path: FieldPath,
): FieldError[] {
  return [
    ...(volumeName
      ? dnsLabel(volumeName, path.child('volumeName'))
      : [required(path.child('volumeName'))]),
    ...(volumeNamespace ? dnsLabel(volumeNamespace, path.child('volumeNamespace')) : []),
    ...validateSecretRef(secretRef, path),
  ];
}

/** A reference to a secret must say which. */
export function validateSecretRef(
  secretRef: { readonly name?: string } | undefined,
  path: FieldPath,
): FieldError[] {
  return secretRef !== undefined && !secretRef.name
    ? [required(path.child('secretRef', 'name'))]
    : [];
}

export function validateCsi(
  { driver, nodePublishSecretRef: secret }: CSIVolumeSource,
  path: FieldPath,
): FieldError[] {
  const errors = validateDriverName(driver, path.child('driver'));
  if (secret === undefined) return errors;
  if (!secret.name) return [...errors, required(path.child('nodePublishSecretRef', 'name'))];
  return [
    ...errors,
    ...problems(path.child('name'), secret.name, nameIsDNSSubdomain(secret.name, false)),
  ];
}

/** Behaviour: core/validation ValidateCSIDriverName, v1.37. */
export function validateDriverName(name: string, path: FieldPath): FieldError[] {
  if (!name) return [required(path)];
  return [
    ...(Buffer.byteLength(name) > 63 ? [tooLong(path, 63)] : []),
    ...problems(path, name, isDNS1123Subdomain(name.toLowerCase())),
  ];
}

export function validateEmptyDir(
  { sizeLimit }: NonNullable<Volume['emptyDir']>,
  path: FieldPath,
): FieldError[] {
  return sizeLimit?.startsWith('-')
    ? [forbidden(path.child('sizeLimit'), 'SizeLimit field must be a valid resource quantity')]
    : [];
}

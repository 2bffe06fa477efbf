import {
  forbidden,
  goQuote,
  invalid,
  nameIsDNSSubdomain,
  required,
  type FieldError,
  type FieldPath,
} from '@keelson/api-machinery';
import type {
  ConfigMapVolumeSource,
  DownwardAPIVolumeSource,
  SecretVolumeSource,
  Volume,
} from '@keelson/kubernetes-api/core/v1';
import { validateClaimTemplate } from './claim-template.ts';
import { validatePullPolicy } from './container-policies.ts';
import { validateDownwardFile, validateKeyToPath, validateMode } from './file-projections.ts';
import { eachOf } from './findings.ts';
import { validateIscsi } from './iscsi.ts';
import type { PodValidationOptions } from './options.ts';
import { validateProjectedVolume } from './projected-volume.ts';
import {
  requiredFields,
  validateAzureDisk,
  validateCsi,
  validateEmptyDir,
  validateFibreChannel,
  validateFlex,
  validateFlocker,
  validateGitRepo,
  validateHostPath,
  validateNfs,
  validatePartition,
  validateQuobyte,
  validateSecretRef,
  validateStorageOs,
} from './volume-sources.ts';

type Source = Exclude<keyof Volume, 'name'>;
interface Rule<S extends Source> {
  validate(source: NonNullable<Volume[S]>, path: FieldPath): FieldError[];
  /** What upstream calls it when it is one too many, and otherwise, where that is not its name. */
  readonly extraAs?: string;
  readonly as?: string;
}

/** In upstream's order, for that is the order of the findings. */
const rules: { readonly [S in Source]: Rule<S> } = {
  emptyDir: { validate: validateEmptyDir },
  hostPath: { validate: validateHostPath },
  gitRepo: { validate: validateGitRepo },
  gcePersistentDisk: {
    as: 'persistentDisk',
    validate: ({ pdName, partition }, path) => [
      ...requiredFields(path, { pdName }),
      ...validatePartition(partition, path),
    ],
  },
  awsElasticBlockStore: {
    validate: ({ volumeID, partition }, path) => [
      ...requiredFields(path, { volumeID }),
      ...validatePartition(partition, path),
    ],
  },
  secret: {
    validate: (secret, path) => [
      ...requiredFields(path, { secretName: secret.secretName }),
      ...validateKeys(secret, path),
    ],
  },
  nfs: { validate: validateNfs },
  iscsi: { validate: validateIscsi },
  glusterfs: {
    validate: ({ endpoints, path: target }, path) =>
      requiredFields(path, { endpoints, path: target }),
  },
  flocker: { validate: validateFlocker },
  persistentVolumeClaim: { validate: ({ claimName }, path) => requiredFields(path, { claimName }) },
  rbd: { validate: ({ monitors, image }, path) => requiredFields(path, { monitors, image }) },
  cinder: {
    validate: ({ volumeID, secretRef }, path) => [
      ...requiredFields(path, { volumeID }),
      ...validateSecretRef(secretRef, path),
    ],
  },
  cephfs: {
    extraAs: 'cephFS',
    validate: ({ monitors }, path) => requiredFields(path, { monitors }),
  },
  quobyte: { validate: validateQuobyte },
  downwardAPI: { extraAs: 'downwarAPI', validate: validateDownward },
  fc: { validate: validateFibreChannel },
  flexVolume: { validate: validateFlex },
  configMap: {
    validate: (configMap, path) => [
      ...requiredFields(path, { name: configMap.name }),
      ...validateKeys(configMap, path),
    ],
  },
  azureFile: {
    validate: ({ secretName, shareName }, path) => requiredFields(path, { secretName, shareName }),
  },
  vsphereVolume: { validate: ({ volumePath }, path) => requiredFields(path, { volumePath }) },
  photonPersistentDisk: { validate: ({ pdID }, path) => requiredFields(path, { pdID }) },
  portworxVolume: { validate: ({ volumeID }, path) => requiredFields(path, { volumeID }) },
  azureDisk: { validate: validateAzureDisk },
  storageos: { validate: validateStorageOs },
  projected: { validate: validateProjectedVolume },
  scaleIO: {
    validate: ({ gateway, system, volumeName }, path) =>
      requiredFields(path, { gateway, system, volumeName }),
  },
  csi: { validate: validateCsi },
  ephemeral: {
    validate: ({ volumeClaimTemplate: template }, path) => {
      const at = path.child('volumeClaimTemplate');
      return template === undefined ? [required(at)] : validateClaimTemplate(template, at);
    },
  },
  image: {
    validate: ({ reference, pullPolicy }, path) => [
      ...requiredFields(path, { reference }),
      ...validatePullPolicy(pullPolicy, path.child('pullPolicy')),
    ],
  },
};

const order = Object.keys(rules) as Source[];

function validateKeys(
  { defaultMode, items }: SecretVolumeSource | ConfigMapVolumeSource,
  path: FieldPath,
): FieldError[] {
  return [
    ...validateMode(defaultMode, path.child('defaultMode')),
    ...eachOf(items, path.child('items'), validateKeyToPath),
  ];
}

function validateDownward(
  { defaultMode, items }: DownwardAPIVolumeSource,
  path: FieldPath,
): FieldError[] {
  // Upstream names the volume, not the file.
  return [
    ...validateMode(defaultMode, path.child('defaultMode')),
    ...(items ?? []).flatMap((file) => validateDownwardFile(file, path)),
  ];
}

/** What the volume is, in upstream's order. */
function sourcesOf(volume: Volume): readonly Source[] {
  const given = (Object.keys(volume) as (keyof Volume)[]).filter(
    (field) => field !== 'name' && volume[field] !== undefined,
  ) as Source[];
  return given.length < 2 ? given : order.filter((source) => given.includes(source));
}

/** A volume is of exactly one kind. Behaviour: core/validation validateVolumeSource, v1.37. */
export function validateVolumeSource(
  volume: Volume,
  { metadata }: PodValidationOptions,
  path: FieldPath,
): FieldError[] {
  const errors: FieldError[] = [];
  let found = false;
  for (const source of sourcesOf(volume)) {
    const { extraAs = source } = rules[source];
    if (found)
      errors.push(forbidden(path.child(extraAs), 'may not specify more than 1 volume type'));
    else errors.push(...validateAs(source, volume, path));
    if (source === 'iscsi') errors.push(...validateInitiator(volume, path));
    if (source === 'ephemeral' && !found)
      errors.push(...validateClaimName(volume.name, metadata?.name, path));
    found = true;
  }
  return found ? errors : [required(path, 'must specify a volume type')];
}

function validateAs<S extends Source>(name: S, volume: Volume, path: FieldPath): FieldError[] {
  const rule: Rule<S> = rules[name];
  const source = volume[name];
  return source === undefined || source === null
    ? []
    : rule.validate(source, path.child(rule.as ?? name));
}

function validateInitiator({ name, iscsi }: Volume, path: FieldPath): FieldError[] {
  if (iscsi?.initiatorName === undefined || `${name}:${iscsi.targetPortal}`.length <= 64) return [];
  return [
    invalid(
      path.child('name'),
      name,
      'Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.',
    ),
  ];
}

function validateClaimName(
  volumeName: string,
  podName: string | undefined,
  path: FieldPath,
): FieldError[] {
  if (!podName || !volumeName) return [];
  const name = `${podName}-${volumeName}`;
  return nameIsDNSSubdomain(name, false).map((problem) =>
    invalid(path.child('name'), volumeName, `PVC name ${goQuote(name)}: ${problem}`),
  );
}

import {
  forbidden,
  invalid,
  nameIsDNSSubdomain,
  required,
  validateLabelSelector,
  type FieldError,
  type FieldPath,
} from '@keelson/api-machinery';
import type {
  ClusterTrustBundleProjection,
  ConfigMapProjection,
  PodCertificateProjection,
  ProjectedVolumeSource,
  ServiceAccountTokenProjection,
  VolumeProjection,
} from '@keelson/kubernetes-api/core/v1';
import { validateDownwardFile, validateKeyToPath, validateMode } from './file-projections.ts';
import { eachOf, oneOf, problems, qualifiedName } from './findings.ts';
import { unreservedPath } from './paths.ts';
import { asGo } from './update/as-go.ts';
import { isKubernetesSigner, validateSignerName } from './signer-name.ts';

/** Several sources in one folder. Behaviour: core/validation validateProjectedVolumeSource, v1.37. */
export function validateProjectedVolume(
  { defaultMode, sources }: ProjectedVolumeSource,
  path: FieldPath,
): FieldError[] {
  const files = new Files(path);
  const errors = validateMode(defaultMode, path.child('defaultMode'));
  return [
    ...errors,
    ...eachOf(sources, path.child('sources'), (source, at) => validateSource(source, files, at)),
  ];
}

/** The files that there are already. */
class Files {
  readonly volume: FieldPath;
  readonly #paths = new Set<string>();

  constructor(volume: FieldPath) {
    this.volume = volume;
  }

  /** Nothing, or that the file is there twice. `shown` is what upstream shows as the culprit. */
  add(path: string, shown: string): FieldError[] {
    if (this.#paths.has(path)) return [invalid(this.volume, shown, 'conflicting duplicate paths')];
    this.#paths.add(path);
    return [];
  }
}

function validateSource(source: VolumeProjection, files: Files, path: FieldPath): FieldError[] {
  const {
    secret,
    configMap,
    downwardAPI,
    serviceAccountToken,
    clusterTrustBundle,
    podCertificate,
  } = source;
  const given = [
    secret && validateKeys(secret, files, path.child('secret')),
    configMap && validateKeys(configMap, files, path.child('configMap')),
    downwardAPI &&
      (downwardAPI.items ?? []).flatMap((file) => [
        ...validateDownwardFile(file, path.child('downwardAPI')),
        ...(file.path ? files.add(file.path, file.path) : []),
      ]),
    serviceAccountToken &&
      validateToken(serviceAccountToken, files.volume, path.child('serviceAccountToken')),
    clusterTrustBundle &&
      validateTrustBundle(clusterTrustBundle, files, path.child('clusterTrustBundle')),
    podCertificate && validateCertificate(podCertificate, files, path.child('podCertificate')),
  ].filter((errors) => errors !== undefined);
  return given.length > 1
    ? [...given.flat(), forbidden(path, 'may not specify more than 1 volume type per source')]
    : (given[0] ?? []);
}

function validateKeys(
  { name = '', items }: ConfigMapProjection,
  files: Files,
  path: FieldPath,
): FieldError[] {
  return [
    ...(name === '' ? [required(path.child('name'))] : []),
    ...eachOf(items, path.child('items'), (item, at) => [
      ...validateKeyToPath(item, at),
      ...(item.path ? files.add(item.path, name) : []),
    ]),
  ];
}

function validateToken(
  { expirationSeconds: seconds, path: file }: ServiceAccountTokenProjection,
  volume: FieldPath,
  path: FieldPath,
): FieldError[] {
  const at = path.child('expirationSeconds');
  const errors: FieldError[] = [];
  if (seconds === undefined) errors.push(required(at));
  else if (seconds < 600)
    errors.push(invalid(at, seconds, 'may not specify a duration less than 10 minutes'));
  else if (seconds > 2 ** 32)
    errors.push(invalid(at, seconds, 'may not specify a duration larger than 2^32 seconds'));
  return [
    ...errors,
    ...(file ? unreservedPath(file, volume.child('path')) : [required(volume.child('path'))]),
  ];
}

function validateTrustBundle(
  bundle: ClusterTrustBundleProjection,
  files: Files,
  path: FieldPath,
): FieldError[] {
  const { name, signerName, labelSelector, path: file } = bundle;
  const errors: FieldError[] = [];
  if (name !== undefined && signerName !== undefined)
    errors.push(
      invalid(
        path,
        asGo(bundle, 'ClusterTrustBundleProjection'),
        'only one of name and signerName may be used',
      ),
    );
  else if (name !== undefined) {
    if (name === '') errors.push(required(path.child('name'), 'must be a valid object name'));
    errors.push(...problems(path.child('name'), name, bundleNameProblems(name)));
    if (labelSelector !== undefined)
      errors.push(
        invalid(
          path.child('labelSelector'),
          labelSelector,
          'labelSelector must be unset if name is specified',
        ),
      );
  } else if (signerName !== undefined) {
    if (signerName === '')
      errors.push(required(path.child('signerName'), 'must be a valid signer name'));
    errors.push(
      ...validateSignerName(signerName, path.child('signerName')),
      ...validateLabelSelector(labelSelector, path.child('labelSelector')),
    );
  } else errors.push(required(path, 'either name or signerName must be specified'));
  if (!file) errors.push(required(path.child('path')));
  return [...errors, ...unreservedPath(file, path.child('path')), ...files.add(file, file)];
}

/** A bundle's name begins with its signer's, if it has one. */
function bundleNameProblems(name: string): string[] {
  const own = name.slice(name.lastIndexOf(':') + 1);
  return nameIsDNSSubdomain(own, false).map(
    (problem) => `not a valid clustertrustbundlename: ${problem}`,
  );
}

const keyTypes = ['RSA3072', 'RSA4096', 'ECDSAP256', 'ECDSAP384', 'ECDSAP521', 'ED25519'];
const day = 24 * 60 * 60;

function validateCertificate(
  certificate: PodCertificateProjection,
  files: Files,
  path: FieldPath,
): FieldError[] {
  const { signerName = '', keyType = '', maxExpirationSeconds: seconds } = certificate;
  const errors = validateSignerName(signerName, path.child('signerName'));
  for (const key of Object.keys(certificate.userAnnotations ?? {})) {
    errors.push(...validateAnnotationKey(key.toLowerCase(), path.child('userAnnotations')));
  }
  errors.push(...oneOf(path.child('keyType'), keyType, keyTypes));
  if (seconds !== undefined)
    errors.push(
      ...validateLifetime(
        seconds,
        isKubernetesSigner(signerName) ? day : 91 * day,
        path.child('maxExpirationSeconds'),
      ),
    );
  const fields = ['credentialBundlePath', 'keyPath', 'certificateChainPath'] as const;
  for (const field of fields) {
    const file = certificate[field];
    if (file) errors.push(...unreservedPath(file, path.child(field)), ...files.add(file, file));
  }
  if (fields.some((field) => certificate[field])) return errors;
  return [
    ...errors,
    required(
      path,
      'specify at least one of credentialBundlePath, keyPath, and certificateChainPath',
    ),
  ];
}

/** Only keys with a domain belong to somebody. Behaviour: util/validation IsDomainPrefixedKey, v1.37. */
function validateAnnotationKey(key: string, path: FieldPath): FieldError[] {
  const errors = qualifiedName(key, path);
  return errors.length > 0 || key.includes('/')
    ? errors
    : [invalid(path, key, 'must be a domain-prefixed key (such as "acme.io/foo")')];
}

function validateLifetime(seconds: number, most: number, path: FieldPath): FieldError[] {
  if (seconds < 3600)
    return [invalid(path, seconds, 'if provided, maxExpirationSeconds must be >= 3600')];
  return seconds > most
    ? [invalid(path, seconds, `if provided, maxExpirationSeconds must be <= ${most}`)]
    : [];
}

import {
  forbidden,
  invalid,
  isConfigMapKey,
  nameIsDNSLabel,
  nameIsDNSSubdomain,
  required,
  type FieldError,
  type FieldPath,
  type Problems,
} from '@keelson/api-machinery';
import type {
  ConfigMapNodeConfigSource,
  NodeConfigSource,
  NodeConfigStatus,
} from '@keelson/kubernetes-api/core/v1';

// Dynamic kubelet configuration is gone; nodes that still have some may keep it.

/** Where the configuration is to come from. Behaviour: core/validation validateNodeConfigSourceSpec, v1.37. */
export function validateConfigSource(
  source: NodeConfigSource | undefined,
  path: FieldPath,
): FieldError[] {
  return validateSource(source, path, ({ uid, resourceVersion }, at) => [
    ...(uid ? [forbidden(at.child('uid'), 'uid must not be set in spec')] : []),
    ...(resourceVersion
      ? [forbidden(at.child('resourceVersion'), 'resourceVersion must not be set in spec')]
      : []),
  ]);
}

/** Where it came from. Behaviour: core/validation validateNodeConfigStatus, v1.37. */
export function validateConfigStatus(
  config: NodeConfigStatus | undefined,
  path: FieldPath,
): FieldError[] {
  return (['assigned', 'active', 'lastKnownGood'] as const).flatMap((name) =>
    validateSource(config?.[name], path.child(name), ({ uid, resourceVersion }, at) => [
      ...(uid ? [] : [required(at.child('uid'))]),
      ...(resourceVersion ? [] : [required(at.child('resourceVersion'))]),
    ]),
  );
}

function validateSource(
  source: NodeConfigSource | undefined,
  path: FieldPath,
  validateIdentity: (map: ConfigMapNodeConfigSource, path: FieldPath) => FieldError[],
): FieldError[] {
  if (source === undefined) return [];
  const { configMap } = source;
  if (configMap === undefined)
    return [invalid(path, { ConfigMap: null }, 'exactly one reference subfield must be non-nil')];
  const at = path.child('configMap');
  return [
    ...validateIdentity(configMap, at),
    ...validateText(configMap.namespace, at.child('namespace'), (name) =>
      nameIsDNSLabel(name, false),
    ),
    ...validateText(configMap.name, at.child('name'), (name) => nameIsDNSSubdomain(name, false)),
    ...validateText(configMap.kubeletConfigKey, at.child('kubeletConfigKey'), isConfigMapKey),
  ];
}

function validateText(
  value: string,
  path: FieldPath,
  rule: (value: string) => Problems,
): FieldError[] {
  if (value === '') return [required(path)];
  return rule(value).map((problem) => invalid(path, value, problem));
}

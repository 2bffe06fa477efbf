import {
  fieldPath,
  forbidden,
  invalid,
  isConfigMapKey,
  semanticEqual,
  tooLong,
  type FieldError,
} from '@keelson/api-machinery';
import type { ConfigMap } from '@keelson/kubernetes-api/core/v1';

/** How large all values together may be. Behaviour: core MaxSecretSize. */
const sizeLimit = 1024 * 1024;

/** Keys are file names, each is there once, and the whole is small enough. */
export function validateConfigMap({ data = {}, binaryData = {} }: ConfigMap): FieldError[] {
  const errors = [
    ...Object.keys(data).flatMap((key) => [
      ...validateKey('data', key),
      ...(Object.hasOwn(binaryData, key)
        ? [invalid(fieldPath('data').key(key), key, 'duplicate of key present in binaryData')]
        : []),
    ]),
    ...Object.keys(binaryData).flatMap((key) => validateKey('binaryData', key)),
  ];
  // A client may say null of bytes: they are none.
  const text = Object.values(data).reduce((sum, value) => sum + Buffer.byteLength(value), 0);
  const size = Object.values<string | null>(binaryData).reduce(
    (sum, value) => sum + Buffer.byteLength(value ?? '', 'base64'),
    text,
  );
  return size > sizeLimit ? [...errors, tooLong('[]', sizeLimit)] : errors;
}

/** What is immutable stays as it is. */
export function validateConfigMapUpdate(configMap: ConfigMap, old: ConfigMap): FieldError[] {
  if (old.immutable !== true) return validateConfigMap(configMap);
  // No data at all and empty data are two things here.
  const changed = (['immutable', 'data', 'binaryData'] as const).filter(
    (field) => !semanticEqual(configMap[field], old[field]),
  );
  return [
    ...changed.map((field) => forbidden(field, 'field is immutable when `immutable` is set')),
    ...validateConfigMap(configMap),
  ];
}

function validateKey(field: string, key: string): FieldError[] {
  return isConfigMapKey(key).map((problem) => invalid(fieldPath(field).key(key), key, problem));
}

import {
  fieldPath,
  forbidden,
  invalid,
  isConfigMapKey,
  required,
  semanticEqual,
  tooLong,
  validateImmutableField,
  type FieldError,
} from '@keelson/api-machinery';
import type { Secret } from '@keelson/kubernetes-api/core/v1';
import { jsonObjectProblem } from './json-object.ts';

/** Behaviour: core MaxSecretSize. */
const sizeLimit = 1024 * 1024;
const dataPath = fieldPath('data');

/** Keys are file names, the whole is small enough, and what a type promises is there. */
export function validateSecret(secret: Secret): FieldError[] {
  const data = secret.data ?? {};
  const errors = Object.keys(data).flatMap((key) =>
    isConfigMapKey(key).map((problem) => invalid(dataPath.key(key), key, problem)),
  );
  // A client may say null of bytes: they are none.
  const size = Object.values<string | null>(data).reduce(
    (sum, value) => sum + Buffer.byteLength(value ?? '', 'base64'),
    0,
  );
  if (size > sizeLimit) errors.push(tooLong(dataPath, sizeLimit));
  return [...errors, ...(types[secret.type ?? '']?.(secret) ?? [])];
}

/** The type never changes; what is immutable stays as it is. */
export function validateSecretUpdate(secret: Secret, old: Secret): FieldError[] {
  const errors = validateImmutableField(secret.type ?? '', old.type ?? '', fieldPath('type'));
  // No data at all and empty data are two things here.
  const changed =
    old.immutable === true
      ? (['immutable', 'data'] as const).filter(
          (field) => !semanticEqual(secret[field], old[field]),
        )
      : [];
  return [
    ...errors,
    ...changed.map((field) => forbidden(field, 'field is immutable when `immutable` is set')),
    ...validateSecret(secret),
  ];
}

type Rule = (secret: Secret) => FieldError[];

const has = ({ data = {} }: Secret, key: string): boolean => Object.hasOwn(data, key);
const mustHave =
  (...keys: readonly string[]): Rule =>
  (secret) =>
    keys.filter((key) => !has(secret, key)).map((key) => required(dataPath.key(key)));

const serviceAccountName = 'kubernetes.io/service-account.name';

const types: Readonly<Record<string, Rule>> = {
  'kubernetes.io/service-account-token': ({ metadata }) =>
    metadata.annotations?.[serviceAccountName]
      ? []
      : [required(fieldPath('metadata', 'annotations').key(serviceAccountName))],
  'kubernetes.io/dockercfg': jsonAt('.dockercfg'),
  'kubernetes.io/dockerconfigjson': jsonAt('.dockerconfigjson'),
  // One of the two is enough.
  'kubernetes.io/basic-auth': (secret) =>
    has(secret, 'username') || has(secret, 'password')
      ? []
      : mustHave('username', 'password')(secret),
  'kubernetes.io/ssh-auth': ({ data = {} }) =>
    data['ssh-privatekey'] ? [] : [required(dataPath.key('ssh-privatekey'))],
  'kubernetes.io/tls': mustHave('tls.crt', 'tls.key'),
};

function jsonAt(key: string): Rule {
  return (secret) => {
    const value: string | null | undefined = secret.data?.[key];
    if (value === undefined) return [required(dataPath.key(key))];
    const problem = jsonObjectProblem(Buffer.from(value ?? '', 'base64').toString('utf8'));
    return problem === undefined
      ? []
      : [invalid(dataPath.key(key), '<secret contents redacted>', problem)];
  };
}

import {
  invalid,
  isConfigMapKey,
  isRelaxedEnvVarName,
  nameIsDNSSubdomain,
  required,
  type FieldError,
  type FieldPath,
} from '@keelson/api-machinery';
import type {
  EnvFromSource,
  EnvVar,
  EnvVarSource,
  FileKeySelector,
} from '@keelson/kubernetes-api/core/v1';
import { environmentFields, validateFieldRef, validateResourceFieldRef } from './downward-api.ts';
import { dnsLabel, eachOf, problems } from './findings.ts';
import { noBacksteps } from './paths.ts';

/** Behaviour: core/validation ValidateEnv, v1.37. */
export function validateEnvironment(
  variables: readonly EnvVar[] | undefined,
  path: FieldPath,
): FieldError[] {
  return eachOf(variables, path, validateVariable);
}

function validateVariable({ name, value = '', valueFrom }: EnvVar, path: FieldPath): FieldError[] {
  const at = path.child('name');
  const errors = name ? problems(at, name, isRelaxedEnvVarName(name)) : [required(at)];
  return valueFrom === undefined
    ? errors
    : [...errors, ...validateSource(valueFrom, value, path.child('valueFrom'))];
}

function validateSource(source: EnvVarSource, value: string, path: FieldPath): FieldError[] {
  const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef, fileKeyRef } = source;
  const found = [
    fieldRef && validateFieldRef(fieldRef, environmentFields, path.child('fieldRef')),
    resourceFieldRef &&
      validateResourceFieldRef(resourceFieldRef, path.child('resourceFieldRef'), false),
    configMapKeyRef && validateKeyRef(configMapKeyRef, path.child('configMapKeyRef')),
    secretKeyRef && validateKeyRef(secretKeyRef, path.child('secretKeyRef')),
    fileKeyRef && validateFileKeyRef(fileKeyRef, path.child('fileKeyRef')),
  ].filter((errors) => errors !== undefined);
  const errors = found.flat();
  if (found.length === 0) {
    errors.push(
      invalid(
        path,
        '',
        'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`',
      ),
    );
  } else if (value !== '')
    errors.push(invalid(path, '', 'may not be specified when `value` is not empty'));
  else if (found.length > 1)
    errors.push(invalid(path, '', 'may not have more than one field specified at a time'));
  return errors;
}

function validateKeyRef(
  { name = '', key }: { readonly name?: string; readonly key: string },
  path: FieldPath,
): FieldError[] {
  return [
    ...problems(path.child('name'), name, nameIsDNSSubdomain(name, false)),
    ...(key
      ? problems(path.child('key'), key, isConfigMapKey(key))
      : [required(path.child('key'))]),
  ];
}

function validateFileKeyRef(
  { key, volumeName, path: file }: FileKeySelector,
  path: FieldPath,
): FieldError[] {
  return [
    ...(key
      ? problems(path.child('key'), key, isRelaxedEnvVarName(key))
      : [required(path.child('key'))]),
    ...(volumeName
      ? dnsLabel(volumeName, path.child('volumeName'))
      : [required(path.child('volumeName'))]),
    ...(file ? noBacksteps(file, path.child('path')) : [required(path.child('path'))]),
  ];
}

/** Behaviour: core/validation ValidateEnvFrom, v1.37. */
export function validateEnvironmentSources(
  sources: readonly EnvFromSource[] | undefined,
  path: FieldPath,
): FieldError[] {
  return eachOf(sources, path, ({ prefix, configMapRef, secretRef }, at) => {
    const errors = prefix ? problems(at.child('prefix'), prefix, isRelaxedEnvVarName(prefix)) : [];
    if (configMapRef !== undefined)
      errors.push(...validateName(configMapRef.name, at.child('configMapRef', 'name')));
    if (secretRef !== undefined)
      errors.push(...validateName(secretRef.name, at.child('secretRef', 'name')));
    if (configMapRef === undefined && secretRef === undefined) {
      errors.push(invalid(path, '', 'must specify one of: `configMapRef` or `secretRef`'));
    } else if (configMapRef !== undefined && secretRef !== undefined) {
      errors.push(invalid(path, '', 'may not have more than one field specified at a time'));
    }
    return errors;
  });
}

function validateName(name: string | undefined, path: FieldPath): FieldError[] {
  // Upstream lets the name end with a dash here.
  return name ? problems(path, name, nameIsDNSSubdomain(name, true)) : [required(path)];
}

import {
  duplicate,
  invalid,
  isValidGroupID,
  isValidUserID,
  required,
  type FieldError,
  type FieldPath,
} from '@keelson/api-machinery';
import type { PodSpec, SecurityContext } from '@keelson/kubernetes-api/core/v1';
import { eachOf, oneOf, problems } from './findings.ts';
import { validateAppArmorProfile, validateSeccompProfile } from './security-profiles.ts';
import { asGo } from './update/as-go.ts';
import { validateWindowsOptions } from './windows-options.ts';

/** A container's. Behaviour: core/validation ValidateSecurityContext, v1.37. Privileged containers are allowed, as every cluster's flags say. */
export function validateSecurityContext(
  context: SecurityContext | undefined,
  hostUsers: boolean,
  path: FieldPath,
): FieldError[] {
  if (context === undefined) return [];
  return [
    ...validateIds(context, path),
    ...validateProcMount(context.procMount, hostUsers, path.child('procMount')),
    ...validateSeccompProfile(context.seccompProfile, path.child('seccompProfile')),
    ...validateEscalation(context, path),
    ...validateWindowsOptions(context.windowsOptions, path.child('windowsOptions')),
    ...validateAppArmorProfile(context.appArmorProfile, path.child('appArmorProfile')),
  ];
}

function validateIds(
  { runAsUser: user, runAsGroup: group }: Pick<SecurityContext, 'runAsUser' | 'runAsGroup'>,
  path: FieldPath,
): FieldError[] {
  return [
    ...(user === undefined ? [] : problems(path.child('runAsUser'), user, isValidUserID(user))),
    ...(group === undefined
      ? []
      : problems(path.child('runAsGroup'), group, isValidGroupID(group))),
  ];
}

function validateProcMount(
  type: string | undefined,
  hostUsers: boolean,
  path: FieldPath,
): FieldError[] {
  if (type === undefined) return [];
  const errors = oneOf(path, type, ['Default', 'Unmasked']);
  return hostUsers && type === 'Unmasked'
    ? [...errors, invalid(path, type, '`hostUsers` must be false to use `Unmasked`')]
    : errors;
}

function validateEscalation(context: SecurityContext, path: FieldPath): FieldError[] {
  if (context.allowPrivilegeEscalation !== false) return [];
  const errors: FieldError[] = [];
  const shown = asGo(context, 'SecurityContext');
  if (context.privileged === true) {
    errors.push(
      invalid(
        path,
        shown,
        'cannot set `allowPrivilegeEscalation` to false and `privileged` to true',
      ),
    );
  }
  for (const capability of context.capabilities?.add ?? []) {
    if (capability !== 'CAP_SYS_ADMIN') continue;
    errors.push(
      invalid(
        path,
        shown,
        'cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN',
      ),
    );
  }
  return errors;
}

/** The pod's. Behaviour: core/validation validatePodSpecSecurityContext, v1.37. */
export function validatePodSecurityContext(spec: PodSpec, path: FieldPath): FieldError[] {
  const context = spec.securityContext;
  if (context === undefined || Object.keys(context).length === 0) return [];
  const { fsGroup, fsGroupChangePolicy, supplementalGroupsPolicy, seLinuxChangePolicy } = context;
  return [
    ...(fsGroup === undefined
      ? []
      : problems(path.child('fsGroup'), fsGroup, isValidGroupID(fsGroup))),
    ...validateIds(context, path),
    ...eachOf(context.supplementalGroups, path.child('supplementalGroups'), (group, at) =>
      problems(at, group, isValidGroupID(group)),
    ),
    ...validateSysctls(spec, path.child('sysctls')),
    ...(fsGroupChangePolicy === undefined
      ? []
      : oneOf(path.child('fsGroupChangePolicy'), fsGroupChangePolicy, [
          'Always',
          'OnRootMismatch',
        ])),
    ...validateSeccompProfile(context.seccompProfile, path.child('seccompProfile')),
    ...validateWindowsOptions(context.windowsOptions, path.child('windowsOptions')),
    ...validateAppArmorProfile(context.appArmorProfile, path.child('appArmorProfile')),
    ...(supplementalGroupsPolicy === undefined
      ? []
      : oneOf(path.child('supplementalGroupsPolicy'), supplementalGroupsPolicy, [
          'Merge',
          'Strict',
        ])),
    ...(seLinuxChangePolicy === undefined
      ? []
      : oneOf(path.child('seLinuxChangePolicy'), seLinuxChangePolicy, [
          'MountOption',
          'Recursive',
        ])),
  ];
}

const segment = '[a-z0-9]([-_a-z0-9]*[a-z0-9])?';
const sysctlPattern = `^(${segment}[\\./])*${segment}$`;
const sysctl = new RegExp(sysctlPattern);

function validateSysctls(spec: PodSpec, path: FieldPath): FieldError[] {
  const seen = new Set<string>();
  return eachOf(spec.securityContext?.sysctls, path, ({ name }, at) => {
    const errors: FieldError[] = [];
    const where = at.child('name');
    if (!name) errors.push(required(where));
    else if (name.length > 253 || !sysctl.test(name)) {
      errors.push(
        invalid(where, name, `must have at most 253 characters and match regex ${sysctlPattern}`),
      );
    } else if (seen.has(name)) errors.push(duplicate(where, name));
    seen.add(name);
    const namespace = sysctlNamespace(name);
    if (spec.hostNetwork === true && namespace === 'net')
      errors.push(invalid(where, name, "may not be specified when 'hostNetwork' is true"));
    else if (spec.hostIPC === true && namespace === 'ipc')
      errors.push(invalid(where, name, "may not be specified when 'hostIPC' is true"));
    return errors;
  });
}

/** The namespace that a setting belongs to. Behaviour: component-helpers node/util/sysctl GetNamespace. */
function sysctlNamespace(name: string): 'net' | 'ipc' | undefined {
  const dotted = /^[^/.]*\//.test(name)
    ? name.replaceAll(/[./]/g, (separator) => (separator === '/' ? '.' : '/'))
    : name;
  if (dotted.startsWith('net.')) return 'net';
  return dotted.startsWith('fs.mqueue.') ||
    /^kernel\.(sem|shm(all|max|mni|_rmid_forced)?|msg(max|mnb|mni)?)$/.test(dotted)
    ? 'ipc'
    : undefined;
}

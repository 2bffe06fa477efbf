import type { PodSpec, ServiceAccount } from '@keelson/kubernetes-api/core/v1';
import { secretsInEnvironment, type ContainerSecrets } from './secret-references.ts';

// Behaviour: k8s.io/kubernetes plugin/pkg/admission/serviceaccount limitSecretReferences, v1.37.

/** Whether the pods of an account may only use the secrets that it names. */
export function limitsSecrets({ metadata }: ServiceAccount): boolean {
  const value = metadata.annotations?.['kubernetes.io/enforce-mountable-secrets'] ?? '';
  return ['1', 't', 'T', 'true', 'TRUE', 'True'].includes(value);
}

/** Which secret of a new pod its account does not name; undefined when it names them all. */
export function foreignSecret(spec: PodSpec, account: ServiceAccount): string | undefined {
  return (
    inVolumes(spec, account) ??
    inContainers('init container', spec.initContainers, account) ??
    inContainers('container', spec.containers ?? [], account) ??
    forImages(spec, account)
  );
}

/** The same for containers that join a running pod. */
export const foreignEphemeralSecret = (
  { ephemeralContainers }: PodSpec,
  account: ServiceAccount,
): string | undefined => inContainers('ephemeral container', ephemeralContainers, account);

const knows = ({ secrets = [] }: ServiceAccount, secret: string): boolean =>
  secrets.some(({ name = '' }) => name === secret);
const notNamed = ({ metadata }: ServiceAccount): string =>
  `is not allowed because service account ${metadata.name ?? ''} does not reference that secret`;

function inVolumes({ volumes = [] }: PodSpec, account: ServiceAccount): string | undefined {
  const secrets = volumes.flatMap(({ secret }) => secret?.secretName ?? (secret ? '' : []));
  const foreign = secrets.find((secret) => !knows(account, secret));
  return foreign === undefined
    ? undefined
    : `volume with secret.secretName="${foreign}" ${notNamed(account)}`;
}

function inContainers(
  sort: string,
  containers: readonly ContainerSecrets[] = [],
  account: ServiceAccount,
): string | undefined {
  for (const container of containers) {
    const foreign = secretsInEnvironment(container).find(({ secret }) => !knows(account, secret));
    if (foreign === undefined) continue;
    const where = foreign.variable === undefined ? 'envFrom' : `envVar ${foreign.variable}`;
    return `${sort} ${container.name ?? ''} with ${where} referencing secret.secretName="${foreign.secret}" ${notNamed(account)}`;
  }
  return undefined;
}

function forImages(
  { imagePullSecrets = [] }: PodSpec,
  { metadata, imagePullSecrets: named = [] }: ServiceAccount,
): string | undefined {
  const isNamed = (secret: string): boolean => named.some(({ name = '' }) => name === secret);
  const at = imagePullSecrets.findIndex(({ name = '' }) => !isNamed(name));
  return at < 0
    ? undefined
    : `imagePullSecrets[${at}].name="${imagePullSecrets[at]?.name ?? ''}" is not allowed because service account ${metadata.name ?? ''} does not reference that imagePullSecret`;
}

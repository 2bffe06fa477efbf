import { setTimeout } from 'node:timers/promises';
import { goQuote, randomSuffix, StatusError } from '@keelson/api-machinery';
import type { Container, Pod, ServiceAccount, Volume } from '@keelson/kubernetes-api/core/v1';
import type { AdmissionAttributes, AdmissionPlugin, ObjectLookup } from './admission.ts';
import { refused } from './forbidden.ts';
import { foreignEphemeralSecret, foreignSecret, limitsSecrets } from './mountable-secrets.ts';
import { lookupProblem } from './object-name.ts';
import { namesSecrets } from './secret-references.ts';
import { writtenPod } from './pods.ts';

const defaultName = 'default';
const volumePrefix = 'kube-api-access-';
const mountPath = '/var/run/secrets/kubernetes.io/serviceaccount';
const mirrorAnnotation = 'kubernetes.io/config.mirror';
/** How long a mounted token lasts: an hour, and a little for clocks that differ. Behaviour: serviceaccount WarnOnlyBoundTokenExpirationSeconds. */
const tokenSeconds = 3607;

/** How often, and how far apart, the account that controllers make in new namespaces is looked for. Behaviour: serviceaccount getServiceAccount. */
const attempts = 10;
const pause = (): Promise<void> => setTimeout(150);

/**
 * Every pod runs as a service account that exists, and its containers find the account's token.
 * Behaviour: k8s.io/kubernetes plugin/pkg/admission/serviceaccount, v1.37. `wait` is what it does before it looks again.
 */
export function serviceAccount(lookup: ObjectLookup, wait = pause): AdmissionPlugin {
  const accountOf = async (attributes: AdmissionAttributes, pod: Pod): Promise<ServiceAccount> => {
    const { namespace } = attributes;
    const name = pod.spec.serviceAccountName ?? '';
    for (let left = name === defaultName ? attempts : 1; ; left--) {
      const found = await lookup<ServiceAccount>('', 'serviceaccounts', namespace, name);
      if (found !== undefined) return found;
      if (left === 1) throw missing(attributes, name);
      await wait();
    }
  };
  return {
    name: 'ServiceAccount',
    admit: async (attributes) => {
      const pod = attributes.operation === 'CREATE' ? writtenPod(attributes) : undefined;
      if (pod === undefined) return;
      // Upstream refuses them before others change them, too.
      if (isMirror(pod)) return validateMirror(attributes, pod);
      if (!pod.spec.serviceAccountName) {
        pod.spec.serviceAccountName = defaultName;
        pod.spec.serviceAccount = defaultName;
      }
      useAccount(pod, await accountOf(attributes, pod));
    },
    validate: async (attributes) => {
      const joined = joinedPod(attributes);
      if (joined !== undefined) {
        requireAccount(attributes, joined);
        return checkJoining(joined, await accountOf(attributes, joined));
      }
      const pod = attributes.operation === 'CREATE' ? writtenPod(attributes) : undefined;
      if (pod === undefined) return;
      if (isMirror(pod)) return validateMirror(attributes, pod);
      requireAccount(attributes, pod);
      const account = await accountOf(attributes, pod);
      const foreign = limitsSecrets(account) ? foreignSecret(pod.spec, account) : undefined;
      if (foreign !== undefined) throw refused(attributes, foreign);
    },
  };
}

function requireAccount(attributes: AdmissionAttributes, { metadata, spec }: Pod): void {
  if (spec.serviceAccountName) return;
  const whose = `${attributes.namespace}/${metadata.name ?? ''}`;
  throw refused(attributes, `no service account specified for pod ${whose}`);
}

function missing(attributes: AdmissionAttributes, name: string): StatusError {
  const why = lookupProblem(name) ?? `serviceaccount ${goQuote(name)} not found`;
  const whose = `${attributes.namespace}/${name}`;
  return refused(attributes, `error looking up service account ${whose}: ${why}`);
}

/** The pod that ephemeral containers join. */
const joinedPod = (attributes: AdmissionAttributes): Pod | undefined =>
  attributes.operation === 'UPDATE' && attributes.subresource === 'ephemeralcontainers'
    ? writtenPod({ ...attributes, subresource: '' })
    : undefined;

/** Upstream makes no refusal of it, but an error: a 500. */
function checkJoining({ spec }: Pod, account: ServiceAccount): void {
  const foreign = limitsSecrets(account) ? foreignEphemeralSecret(spec, account) : undefined;
  if (foreign !== undefined) throw new StatusError({ code: 500, reason: '', message: foreign });
}

function useAccount(pod: Pod, account: ServiceAccount): void {
  if (pod.spec.automountServiceAccountToken ?? account.automountServiceAccountToken ?? true)
    mountToken(pod);
  if (!pod.spec.imagePullSecrets?.length && account.imagePullSecrets?.length) {
    pod.spec.imagePullSecrets = account.imagePullSecrets.map(({ name }) => ({ name: name ?? '' }));
  }
}

const isMirror = ({ metadata }: Pod): boolean =>
  metadata.annotations?.[mirrorAnnotation] !== undefined;

/** A kubelet's own pods are shown here only: they cannot use what is kept here. */
function validateMirror(attributes: AdmissionAttributes, { spec }: Pod): void {
  if (spec.serviceAccountName)
    throw refused(attributes, 'a mirror pod may not reference service accounts');
  if (namesSecrets(spec)) throw refused(attributes, 'a mirror pod may not reference secrets');
  const tokens = (spec.volumes ?? []).some(({ projected }) =>
    (projected?.sources ?? []).some(({ serviceAccountToken }) => serviceAccountToken),
  );
  if (tokens)
    throw refused(attributes, 'a mirror pod may not use ServiceAccountToken volume projections');
}

/** Gives each container that has nothing at the usual place the token's volume there. */
function mountToken({ spec }: Pod): void {
  const present = (spec.volumes ?? []).find(({ name }) => name.startsWith(volumePrefix));
  const name = present?.name ?? volumePrefix + randomSuffix(5);
  const containers = [...(spec.initContainers ?? []), ...(spec.containers ?? [])].filter(
    (container) => !mountsAlready(container),
  );
  for (const container of containers)
    container.volumeMounts = [
      ...(container.volumeMounts ?? []),
      { name, readOnly: true, mountPath },
    ];
  if (present === undefined && containers.length > 0)
    spec.volumes = [...(spec.volumes ?? []), tokenVolume(name)];
}

const mountsAlready = ({ volumeMounts }: Container): boolean =>
  (volumeMounts ?? []).some((mount) => mount.mountPath === mountPath);

function tokenVolume(name: string): Volume {
  return {
    name,
    projected: {
      sources: [
        { serviceAccountToken: { expirationSeconds: tokenSeconds, path: 'token' } },
        { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
        {
          downwardAPI: {
            items: [
              {
                path: 'namespace',
                fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' },
              },
            ],
          },
        },
      ],
      defaultMode: 420,
    },
  };
}

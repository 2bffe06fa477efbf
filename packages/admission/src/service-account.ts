import { randomSuffix } from '@keelson/api-machinery';
import type { Container, Pod, ServiceAccount, Volume } from '@keelson/kubernetes-api/core/v1';
import type { AdmissionAttributes, AdmissionPlugin, ObjectLookup } from './admission.ts';
import { refused } from './forbidden.ts';
import { lookupProblem } from './object-name.ts';
import { writtenPod } from './pods.ts';

const defaultName = 'default';
const volumePrefix = 'kube-api-access-';
const mountPath = '/var/run/secrets/kubernetes.io/serviceaccount';
const mirrorAnnotation = 'kubernetes.io/config.mirror';
/** How long a mounted token lasts: an hour, and a little for clocks that differ. Behaviour: serviceaccount WarnOnlyBoundTokenExpirationSeconds. */
const tokenSeconds = 3607;

/**
 * Every pod runs as a service account that exists, and its containers find the account's token.
 * Behaviour: k8s.io/kubernetes plugin/pkg/admission/serviceaccount, v1.37.
 */
export function serviceAccount(lookup: ObjectLookup): AdmissionPlugin {
  const accountOf = async (attributes: AdmissionAttributes, pod: Pod): Promise<ServiceAccount> => {
    const name = pod.spec.serviceAccountName ?? '';
    const account = await lookup<ServiceAccount>('', 'serviceaccounts', attributes.namespace, name);
    if (account !== undefined) return account;
    const why = lookupProblem(name) ?? `serviceaccount ${JSON.stringify(name)} not found`;
    throw refused(
      attributes,
      `error looking up service account ${attributes.namespace}/${name}: ${why}`,
    );
  };
  return {
    name: 'ServiceAccount',
    admit: async (attributes) => {
      const pod = attributes.operation === 'CREATE' ? writtenPod(attributes) : undefined;
      if (pod === undefined || isMirror(pod)) return;
      if (!pod.spec.serviceAccountName) {
        pod.spec.serviceAccountName = defaultName;
        pod.spec.serviceAccount = defaultName;
      }
      const account = await accountOf(attributes, pod);
      if (pod.spec.automountServiceAccountToken ?? account.automountServiceAccountToken ?? true)
        mountToken(pod);
      if (!pod.spec.imagePullSecrets?.length && account.imagePullSecrets?.length) {
        pod.spec.imagePullSecrets = account.imagePullSecrets.map(({ name }) => ({
          name: name ?? '',
        }));
      }
    },
    validate: async (attributes) => {
      const pod = attributes.operation === 'CREATE' ? writtenPod(attributes) : undefined;
      if (pod === undefined) return;
      if (isMirror(pod)) return validateMirror(attributes, pod);
      if (!pod.spec.serviceAccountName)
        throw refused(
          attributes,
          `no service account specified for pod ${attributes.namespace}/${pod.metadata.name ?? ''}`,
        );
      await accountOf(attributes, pod);
    },
  };
}

const isMirror = ({ metadata }: Pod): boolean =>
  metadata.annotations?.[mirrorAnnotation] !== undefined;

/** A kubelet's own pods are shown here only: they cannot use what is kept here. */
function validateMirror(attributes: AdmissionAttributes, { spec }: Pod): void {
  if (spec.serviceAccountName)
    throw refused(attributes, 'a mirror pod may not reference service accounts');
  const containers = [...(spec.containers ?? []), ...(spec.initContainers ?? [])];
  const secrets =
    (spec.volumes ?? []).some(({ secret }) => secret !== undefined) ||
    (spec.imagePullSecrets ?? []).length > 0 ||
    containers.some(
      ({ env, envFrom }) =>
        (env ?? []).some(({ valueFrom }) => valueFrom?.secretKeyRef) ||
        (envFrom ?? []).some(({ secretRef }) => secretRef),
    );
  if (secrets) throw refused(attributes, 'a mirror pod may not reference secrets');
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

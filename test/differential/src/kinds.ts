import type { Random } from '@keelson/storage-backend/testing';
import {
  configMap,
  endpoints,
  event,
  namespace,
  node,
  secret,
  service,
  serviceAccount,
  servingService,
  typedSecret,
} from './core-contents.ts';
import type { JsonObject } from './json.ts';
import { deployment, pod, podDisruptionBudget } from './workload-contents.ts';

type Make = (random: Random) => JsonObject;

/** A kind to try: where it is, and what may be said of it. */
export interface Kind {
  readonly kind: string;
  readonly apiVersion: string;
  readonly plural: string;
  readonly namespaced: boolean;
  /** Where its objects are, when not where all others are. */
  readonly namespace?: string;
  /** What every object of it has to say. */
  readonly required: JsonObject;
  /** Some of what may be said, of few names and values, so that what is said meets. */
  readonly content: Make;
  /** What may be said to its subresources that look like the object. */
  readonly parts: Readonly<Record<string, Make>>;
  readonly scalable?: true;
}

const core = { apiVersion: 'v1', namespaced: true, required: {}, parts: {} } as const;
const withStatus = (status: Make) => ({
  status: (random: Random) => ({ status: status(random) }),
});

const deployments: Kind = {
  apiVersion: 'apps/v1',
  namespaced: true,
  kind: 'Deployment',
  plural: 'deployments',
  required: deployment.required,
  content: deployment.spec,
  parts: withStatus(deployment.status),
  scalable: true,
};

export const kinds: readonly [Kind, ...Kind[]] = [
  { ...core, kind: 'ConfigMap', plural: 'configmaps', content: configMap },
  { ...core, kind: 'Secret', plural: 'secrets', content: secret },
  { ...core, kind: 'Secret', plural: 'secrets', content: typedSecret },
  { ...core, kind: 'ServiceAccount', plural: 'serviceaccounts', content: serviceAccount },
  { ...core, kind: 'Endpoints', plural: 'endpoints', content: endpoints },
  // Events of another namespace than their object's are refused.
  { ...core, kind: 'Event', plural: 'events', namespace: 'default', content: event },
  {
    ...core,
    kind: 'Service',
    plural: 'services',
    required: { spec: { clusterIP: 'None', ports: [{ port: 80 }] } },
    content: service.spec,
    parts: withStatus(service.status),
  },
  {
    ...core,
    kind: 'Service',
    plural: 'services',
    content: servingService,
    parts: withStatus(service.status),
  },
  {
    ...core,
    kind: 'Pod',
    plural: 'pods',
    // Without a token: servers name its volume at random.
    required: {
      spec: { automountServiceAccountToken: false, containers: [{ name: 'a', image: 'a:1' }] },
    },
    content: pod.spec,
    parts: {
      ...withStatus(pod.status),
      ephemeralcontainers: pod.ephemeralContainers,
      resize: pod.resize,
    },
  },
  {
    ...core,
    namespaced: false,
    kind: 'Namespace',
    plural: 'namespaces',
    content: namespace.spec,
    parts: { ...withStatus(namespace.status), finalize: namespace.spec },
  },
  {
    ...core,
    namespaced: false,
    kind: 'Node',
    plural: 'nodes',
    content: node.spec,
    parts: withStatus(node.status),
  },
  {
    apiVersion: 'policy/v1',
    namespaced: true,
    kind: 'PodDisruptionBudget',
    plural: 'poddisruptionbudgets',
    required: {},
    content: podDisruptionBudget.spec,
    parts: withStatus(podDisruptionBudget.status),
  },
  // More often, for there is more in it.
  deployments,
  deployments,
  deployments,
];

/** The path of an object. */
export function pathOf(kind: Kind, namespace: string, name: string): string {
  const { apiVersion, plural, namespaced } = kind;
  const prefix = apiVersion === 'v1' ? '/api/v1' : `/apis/${apiVersion}`;
  const scope = namespaced ? `/namespaces/${kind.namespace ?? namespace}` : '';
  return `${prefix}${scope}/${plural}${name === '' ? '' : `/${name}`}`;
}

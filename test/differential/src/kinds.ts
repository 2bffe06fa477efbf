import type { JsonObject } from './json.ts';
import {
  configMap,
  deployment,
  endpoints,
  node,
  pod,
  podDisruptionBudget,
  secret,
  service,
  serviceAccount,
} from './contents.ts';
import type { Random } from '@keelson/storage-backend/testing';

/** A kind to try: where it is, and what may be said of it. */
export interface Kind {
  readonly kind: string;
  readonly apiVersion: string;
  readonly plural: string;
  readonly namespaced: boolean;
  /** What every object of it has to say. */
  readonly required: JsonObject;
  /** Some of what may be said, of few names and values, so that what is said meets. */
  readonly content: (random: Random) => JsonObject;
  /** Of the status, where it has one. */
  readonly status?: (random: Random) => JsonObject;
  readonly scalable?: true;
}

const core = { apiVersion: 'v1', namespaced: true } as const;

export const kinds: readonly [Kind, ...Kind[]] = [
  { ...core, kind: 'ConfigMap', plural: 'configmaps', required: {}, content: configMap },
  { ...core, kind: 'Secret', plural: 'secrets', required: {}, content: secret },
  {
    ...core,
    kind: 'ServiceAccount',
    plural: 'serviceaccounts',
    required: {},
    content: serviceAccount,
  },
  { ...core, kind: 'Endpoints', plural: 'endpoints', required: {}, content: endpoints },
  {
    ...core,
    kind: 'Service',
    plural: 'services',
    required: { spec: { clusterIP: 'None', ports: [{ port: 80 }] } },
    content: service.spec,
    status: service.status,
  },
  {
    ...core,
    kind: 'Pod',
    plural: 'pods',
    required: {
      spec: { automountServiceAccountToken: false, containers: [{ name: 'a', image: 'a:1' }] },
    },
    content: pod.metadata,
    status: pod.status,
  },
  {
    ...core,
    namespaced: false,
    kind: 'Node',
    plural: 'nodes',
    required: {},
    content: node.spec,
    status: node.status,
  },
  {
    apiVersion: 'policy/v1',
    namespaced: true,
    kind: 'PodDisruptionBudget',
    plural: 'poddisruptionbudgets',
    required: {},
    content: podDisruptionBudget.spec,
    status: podDisruptionBudget.status,
  },
  ...[1, 2, 3].map((): Kind => ({
    apiVersion: 'apps/v1',
    namespaced: true,
    kind: 'Deployment',
    plural: 'deployments',
    required: deployment.required,
    content: deployment.spec,
    status: deployment.status,
    scalable: true,
  })),
];

/** The path of an object. */
export function pathOf(
  { apiVersion, plural, namespaced }: Kind,
  namespace: string,
  name: string,
): string {
  const prefix = apiVersion === 'v1' ? '/api/v1' : `/apis/${apiVersion}`;
  const scope = namespaced ? `/namespaces/${namespace}` : '';
  return `${prefix}${scope}/${plural}${name === '' ? '' : `/${name}`}`;
}

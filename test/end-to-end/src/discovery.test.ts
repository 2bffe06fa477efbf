import { expect } from 'chai';
import { describe, it } from 'mocha';
import { ApiClient } from './api-client.ts';
import { RunningServer } from './running-server.ts';

/** A resource as kube-apiserver 1.37 lists it: who it is, its verbs, short names and categories. */
type Row = readonly [
  name: string,
  singular: string,
  where: 'namespaced' | 'cluster',
  kind: string,
  verbs: string,
  more?: { readonly shortNames?: readonly string[]; readonly categories?: readonly string[] },
];

const all = 'create delete deletecollection get list patch update watch';
const some = 'get patch update';

/** What is served, as kube-apiserver lists it among more. */
const groups: Readonly<Record<string, readonly Row[]>> = {
  '/api/v1': [
    ['bindings', 'binding', 'namespaced', 'Binding', 'create'],
    ['configmaps', 'configmap', 'namespaced', 'ConfigMap', all, { shortNames: ['cm'] }],
    ['endpoints', 'endpoints', 'namespaced', 'Endpoints', all, { shortNames: ['ep'] }],
    ['events', 'event', 'namespaced', 'Event', all, { shortNames: ['ev'] }],
    [
      'namespaces',
      'namespace',
      'cluster',
      'Namespace',
      'create delete get list patch update watch',
      { shortNames: ['ns'] },
    ],
    ['namespaces/finalize', '', 'cluster', 'Namespace', 'update'],
    ['namespaces/status', '', 'cluster', 'Namespace', some],
    ['nodes', 'node', 'cluster', 'Node', all, { shortNames: ['no'] }],
    ['nodes/status', '', 'cluster', 'Node', some],
    ['pods', 'pod', 'namespaced', 'Pod', all, { shortNames: ['po'], categories: ['all'] }],
    ['pods/binding', '', 'namespaced', 'Binding', 'create'],
    ['pods/ephemeralcontainers', '', 'namespaced', 'Pod', some],
    ['pods/eviction', '', 'namespaced', 'policy/v1/Eviction', 'create'],
    ['pods/resize', '', 'namespaced', 'Pod', some],
    ['pods/status', '', 'namespaced', 'Pod', some],
    ['secrets', 'secret', 'namespaced', 'Secret', all],
    [
      'serviceaccounts',
      'serviceaccount',
      'namespaced',
      'ServiceAccount',
      all,
      { shortNames: ['sa'] },
    ],
    [
      'services',
      'service',
      'namespaced',
      'Service',
      all,
      { shortNames: ['svc'], categories: ['all'] },
    ],
    ['services/status', '', 'namespaced', 'Service', some],
  ],
  '/apis/apps/v1': [
    [
      'deployments',
      'deployment',
      'namespaced',
      'Deployment',
      all,
      { shortNames: ['deploy'], categories: ['all'] },
    ],
    ['deployments/scale', '', 'namespaced', 'autoscaling/v1/Scale', some],
    ['deployments/status', '', 'namespaced', 'Deployment', some],
  ],
  '/apis/policy/v1': [
    [
      'poddisruptionbudgets',
      'poddisruptionbudget',
      'namespaced',
      'PodDisruptionBudget',
      all,
      { shortNames: ['pdb'] },
    ],
    ['poddisruptionbudgets/status', '', 'namespaced', 'PodDisruptionBudget', some],
  ],
};

interface Resource {
  readonly name: string;
  readonly singularName: string;
  readonly namespaced: boolean;
  readonly group?: string;
  readonly version?: string;
  readonly kind: string;
  readonly verbs: readonly string[];
  readonly shortNames?: readonly string[];
  readonly categories?: readonly string[];
}

function rowOf(resource: Resource): Row {
  const { name, singularName, namespaced, group, version, kind, verbs } = resource;
  const { shortNames, categories } = resource;
  const more = {
    ...(shortNames === undefined ? {} : { shortNames }),
    ...(categories === undefined ? {} : { categories }),
  };
  return [
    name,
    singularName,
    namespaced ? 'namespaced' : 'cluster',
    version === undefined ? kind : `${group}/${version}/${kind}`,
    verbs.join(' '),
    ...(Object.keys(more).length === 0 ? ([] as const) : ([more] as const)),
  ];
}

describe('discovery', () => {
  it('lists what is served as kube-apiserver lists it', async () => {
    await using server = await RunningServer.start('--storage-backend=memory');
    using client = await ApiClient.of(server);
    for (const [path, rows] of Object.entries(groups)) {
      const { resources } = JSON.parse((await client.get(path)).text) as {
        readonly resources: readonly Resource[];
      };
      expect(resources.map(rowOf), path).to.deep.equal(rows);
    }
  });
});

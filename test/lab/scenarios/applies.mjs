/* oxlint-disable max-lines, max-lines-per-function, import/no-default-export -- a page of calls, in the form that lab/diff takes */
// Applies in the corners: values that are not of their type, items that are there twice, kubectl's own applies, managed fields that clients set,
// subresources, emptied items, empty lists in lists, scales that stay.
const ns = 'applies',
  base = `/api/v1/namespaces/${ns}`,
  apps = `/apis/apps/v1/namespaces/${ns}`;

const type = { 'content-type': 'application/apply-patch+yaml' },
  merge = { 'content-type': 'application/merge-patch+json' },
  smp = { 'content-type': 'application/strategic-merge-patch+json' },
  json = { 'content-type': 'application/json-patch+json' };
/** The managed fields of an applier called h. */
const ownedByH = (apiVersion, fieldsV1) => [
  { manager: 'h', operation: 'Apply', apiVersion, fieldsType: 'FieldsV1', fieldsV1 },
];

export default async (call) => {
  await call('ns', 'POST', '/api/v1/namespaces', { metadata: { name: ns } });
  await call('sa', 'POST', base + '/serviceaccounts', { metadata: { name: 'default' } });
  const apply = (name, path, m, body, more = '') =>
    call(name, 'PATCH', `${path}?fieldManager=${m}${more}`, body, type);
  const d = apps + '/deployments/d';
  const dep = (spec, more) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'd' },
    spec: {
      selector: { matchLabels: { app: 'd' } },
      template: {
        metadata: { labels: { app: 'd' } },
        spec: { containers: [{ name: 'a', image: 'a:1', ...more }] },
      },
      ...spec,
    },
  });
  await apply('bad quantity', d, 'one', dep({}, { resources: { requests: { cpu: 'abc' } } }));
  await apply('bad int', d, 'one', dep({ replicas: 'three' }));
  await apply('float int', d, 'one', dep({ replicas: 1.5 }));
  await apply('big int', d, 'one', dep({ replicas: 3000000000 }));
  await apply(
    'bad intorstring',
    d,
    'one',
    dep({ strategy: { rollingUpdate: { maxSurge: true } } }),
  );
  await apply(
    'map intorstring',
    d,
    'one',
    dep({ strategy: { rollingUpdate: { maxSurge: { a: 1 } } } }),
  );
  await apply('list for scalar', d, 'one', dep({ replicas: [1] }));
  await apply('map for list', d, 'one', dep({}, { env: { a: 1 } }));
  await apply('null container', d, 'one', {
    ...dep({}),
    spec: { selector: { matchLabels: { app: 'd' } }, template: { spec: { containers: [null] } } },
  });
  await apply('string container', d, 'one', {
    ...dep({}),
    spec: { selector: { matchLabels: { app: 'd' } }, template: { spec: { containers: ['x'] } } },
  });
  await apply('bool for string', d, 'one', dep({}, { image: true }));
  await apply('string for bool', d, 'one', dep({ paused: 'yes' }));
  await apply('bad time', d, 'one', {
    ...dep({}),
    metadata: { name: 'd', creationTimestamp: 'never' },
  });
  await apply('time number', d, 'one', {
    ...dep({}),
    metadata: { name: 'd', creationTimestamp: 5 },
  });
  await apply('metadata list', d, 'one', { ...dep({}), metadata: [] });
  await apply('metadata string', d, 'one', { ...dep({}), metadata: 'x' });
  await apply('metadata null', d, 'one', { ...dep({}), metadata: null });
  await apply('labels number', d, 'one', { ...dep({}), metadata: { name: 'd', labels: { a: 1 } } });
  await apply('mf not list', d, 'one', { ...dep({}), metadata: { name: 'd', managedFields: 'x' } });
  await apply('mf null', d, 'one', { ...dep({}), metadata: { name: 'd', managedFields: null } });
  await apply('mf of strings', d, 'one', {
    ...dep({}),
    metadata: { name: 'd', managedFields: ['x'] },
  });
  await apply('kind number', d, 'one', { ...dep({}), kind: 5 });
  await apply(
    'duplicate env',
    d,
    'one',
    dep(
      {},
      {
        env: [
          { name: 'A', value: '1' },
          { name: 'A', value: '2' },
        ],
      },
    ),
  );
  await apply(
    'duplicate ports',
    d,
    'one',
    dep({}, { ports: [{ containerPort: 80 }, { containerPort: 80, protocol: 'TCP' }] }),
  );
  await apply(
    'ok',
    d,
    'one',
    dep({}, { env: [{ name: 'A', value: '1' }], ports: [{ containerPort: 80 }] }),
  );
  await call(
    'dup env by put',
    'PATCH',
    d + '?fieldManager=upd',
    [
      {
        op: 'add',
        path: '/spec/template/spec/containers/0/env/-',
        value: { name: 'A', value: '2' },
      },
    ],
    json,
  );
  await apply(
    'over dup env',
    d,
    'one',
    dep({}, { env: [{ name: 'A', value: '1' }], ports: [{ containerPort: 80 }] }),
  );
  await apply('over dup env two', d, 'two', dep({}, { env: [{ name: 'A', value: '3' }] }));
  await apply(
    'over dup env two force',
    d,
    'two',
    dep({}, { env: [{ name: 'A', value: '3' }] }),
    '&force=true',
  );
  await call(
    'dup again',
    'PATCH',
    d + '?fieldManager=upd',
    [
      {
        op: 'add',
        path: '/spec/template/spec/containers/0/env/-',
        value: { name: 'A', value: '2' },
      },
    ],
    json,
  );
  await call(
    'dup three',
    'PATCH',
    d + '?fieldManager=upd2',
    [
      {
        op: 'add',
        path: '/spec/template/spec/containers/0/env/-',
        value: { name: 'A', value: '9' },
      },
    ],
    json,
  );
  await call(
    'dup change',
    'PATCH',
    d + '?fieldManager=upd3',
    [{ op: 'replace', path: '/spec/template/spec/containers/0/env/1/value', value: '8' }],
    json,
  );
  await call(
    'undup',
    'PATCH',
    d + '?fieldManager=upd4',
    [
      {
        op: 'replace',
        path: '/spec/template/spec/containers/0/env',
        value: [{ name: 'A', value: '5' }],
      },
    ],
    json,
  );
  await apply('give up env', d, 'two', dep({}));
  await call('get', 'GET', d);
  // kubectl migration
  const c = base + '/configmaps/csa';
  const last = (o) => JSON.stringify(o) + '\n';
  const cm = (data, ann) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'csa', ...(ann ? { annotations: ann } : {}) },
    data,
  });
  const la = 'kubectl.kubernetes.io/last-applied-configuration';
  await call(
    'csa create',
    'POST',
    base + '/configmaps?fieldManager=kubectl-client-side-apply',
    cm({ a: '1', b: '2' }, { [la]: last(cm({ a: '1', b: '2' })) }),
  );
  await apply('ssa kubectl other value', c, 'kubectl', cm({ a: '5', b: '2' }));
  await apply('ssa other manager conflict', c, 'other', cm({ a: '6', b: '2' }));
  await call('csa edit', 'PATCH', c + '?fieldManager=kubectl-edit', { data: { b: '3' } }, merge);
  await apply('ssa kubectl conflicts with edit', c, 'kubectl', cm({ a: '5', b: '9' }));
  await apply('ssa kubectl drop', c, 'kubectl', cm({ a: '5' }));
  await apply('ssa kubectl with annotations', c, 'kubectl', cm({ a: '5' }, { x: '<y>' }));
  await apply('ssa kubectl with last applied', c, 'kubectl', cm({ a: '5' }, { [la]: 'junk' }));
  await call('csa2', 'POST', base + '/configmaps?fieldManager=kubectl-client-side-apply', {
    ...cm({ a: '1' }, { [la]: 'not json' }),
    metadata: { name: 'csa2', annotations: { [la]: 'not json' } },
  });
  await apply('ssa kubectl bad last', base + '/configmaps/csa2', 'kubectl', {
    ...cm({ a: '2' }),
    metadata: { name: 'csa2' },
  });
  await apply('ssa kubectl bad last same', base + '/configmaps/csa2', 'kubectl', {
    ...cm({ a: '1' }),
    metadata: { name: 'csa2' },
  });
  // resets and so on
  await call('reset empty', 'PUT', c, {
    ...cm({ z: '1' }),
    metadata: { name: 'csa', managedFields: [] },
  });
  await call('put after', 'PUT', c + '?fieldManager=x', cm({ z: '2' }));
  await apply('first apply', c, 'y', cm({ z: '3' }));
  await apply('first apply ok', c, 'y', cm({ z: '2', q: '1' }));
  await call('put mf', 'PUT', c, {
    ...cm({ z: '2', q: '1' }),
    metadata: {
      name: 'csa',
      managedFields: ownedByH('v1', { 'f:data': { 'f:z': {}, 'v:1': {}, 'x:q': {} } }),
    },
  });
  await call('create with mf', 'POST', base + '/configmaps?fieldManager=cc', {
    ...cm({ z: '2' }),
    metadata: {
      name: 'cmf',
      managedFields: ownedByH('v1', { 'f:data': { 'f:z': {}, 'f:other': {} } }),
    },
  });
  await call('create with bad mf', 'POST', base + '/configmaps?fieldManager=cc', {
    ...cm({ z: '2' }),
    metadata: {
      name: 'cmf2',
      managedFields: ownedByH('v1', { bad: {} }),
    },
  });
  await call('create with other version mf', 'POST', base + '/configmaps?fieldManager=cc', {
    ...cm({ z: '2' }),
    metadata: {
      name: 'cmf3',
      managedFields: ownedByH('apps/v1', { 'f:data': { 'f:z': {} } }),
    },
  });
  await call('create with unparsable version mf', 'POST', base + '/configmaps?fieldManager=cc', {
    ...cm({ z: '2' }),
    metadata: {
      name: 'cmf4',
      managedFields: ownedByH('a/b/c', { 'f:data': { 'f:z': {} } }),
    },
  });
  await call('put unparsable version mf', 'PUT', base + '/configmaps/cmf3?fieldManager=cc', {
    ...cm({ z: '3' }),
    metadata: {
      name: 'cmf3',
      managedFields: ownedByH('a/b/c', { 'f:data': { 'f:z': {} } }),
    },
  });
  // status/empty
  const p = base + '/pods/p';
  await apply('pod', p, 'one', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p' },
    spec: { containers: [{ name: 'a', image: 'a' }] },
  });
  await apply('pod status', p + '/status', 'kubelet', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p' },
    status: {
      phase: 'Running',
      podIPs: [{ ip: '1.2.3.4' }],
      conditions: [{ type: 'Ready', status: 'True' }],
    },
  });
  await apply('pod status null time', p + '/status', 'k2', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p' },
    status: { conditions: [{ type: 'Ready', status: 'True', lastProbeTime: null }] },
  });
  await call(
    'pod status patch',
    'PATCH',
    p + '/status?fieldManager=k3',
    { status: { conditions: [{ type: 'X', status: 'True' }] } },
    smp,
  );
  await apply('pod ephemeral', p + '/ephemeralcontainers', 'dbg', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p' },
    spec: { ephemeralContainers: [{ name: 'e', image: 'e' }] },
  });
  await apply('pod resize', p + '/resize', 'rs', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p' },
    spec: { containers: [{ name: 'a', resources: { requests: { cpu: '1' } } }] },
  });
  await call('pod get', 'GET', p);
  await apply('pdb', `/apis/policy/v1/namespaces/${ns}/poddisruptionbudgets/b`, 'one', {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: 'b' },
    spec: { minAvailable: 1, selector: { matchLabels: { a: 'b' } } },
  });
  await apply('pdb 2', `/apis/policy/v1/namespaces/${ns}/poddisruptionbudgets/b`, 'two', {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: 'b' },
    spec: { minAvailable: '50%', selector: { matchLabels: { a: 'b', c: 'd' } } },
  });
  await apply('event', base + '/events/e', 'one', {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: 'e', namespace: ns },
    involvedObject: { namespace: ns },
    reason: 'x',
  });
  await apply(
    'event2',
    base + '/events/e',
    'two',
    {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: 'e', namespace: ns },
      involvedObject: { namespace: ns },
      reason: 'y',
    },
    '&force=true',
  );
  await apply('secret', base + '/secrets/s', 'one', {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 's' },
    stringData: { a: 'b' },
    data: { c: 'ZA==' },
  });
  await apply('secret2', base + '/secrets/s', 'two', {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 's' },
    data: { c: '!' },
  });
  await apply('secret3', base + '/secrets/s', 'one', {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 's' },
    stringData: { a: 'c' },
  });
  await apply('node', '/api/v1/nodes/' + ns, 'one', {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: ns },
    spec: { taints: [{ key: 'a', effect: 'NoSchedule' }] },
  });
  await apply(
    'node2',
    '/api/v1/nodes/' + ns,
    'two',
    {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: ns },
      spec: { taints: [{ key: 'b', effect: 'NoSchedule' }] },
    },
    '&force=true',
  );
  await apply('node status', '/api/v1/nodes/' + ns + '/status', 'two', {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: ns },
    status: { addresses: [{ type: 'Hostname', address: 'x' }], capacity: { cpu: '1000m' } },
  });
  await apply('ns', '/api/v1/namespaces/' + ns + 'x', 'two', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: ns + 'x' },
  });

  // what random writes have found
  const raw = (name, body) => call(name, 'PATCH', `${base}/configmaps/csa`, body, merge);
  await raw('null among bytes', { binaryData: { x: null } });
  const e = base + '/endpoints/e2';
  const subsets = (name, m, list) =>
    call(name, 'PATCH', `${e}?fieldManager=${m}`, { subsets: list }, merge);
  await call('endpoints', 'POST', base + '/endpoints?fieldManager=c', {
    metadata: { name: 'e2' },
    subsets: [{ addresses: [{ ip: '192.0.2.1' }] }],
  });
  await subsets('the same subsets', 'm1', [{ addresses: [{ ip: '192.0.2.1' }] }]);
  await subsets('an empty list in a list', 'm2', [{ addresses: [{ ip: '192.0.2.1' }], ports: [] }]);
  await subsets('an empty list in a list again', 'm3', [
    { addresses: [{ ip: '192.0.2.1' }], ports: [] },
  ]);
  await subsets('no list in a list', 'm4', [{ addresses: [{ ip: '192.0.2.1' }] }]);
  const cm2 = base + '/configmaps/own',
    owner = (uid) => ({ apiVersion: 'v1', kind: 'ConfigMap', name: 'o', uid });
  const own = (name, ownerReferences) =>
    apply(
      name,
      cm2,
      'one',
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'own', ...(ownerReferences ? { ownerReferences } : {}) },
      },
      '&force=true',
    );
  await call('an object with a list', 'POST', base + '/configmaps?fieldManager=x', {
    metadata: { name: 'own', ownerReferences: [owner('a')] },
  });
  await own('an applied list', [owner('a'), owner('b')]);
  await own('a list that is given up', undefined);
  const scale = (name, path, body, headers) => call(name, 'PATCH', `${d}${path}`, body, headers);
  await scale('a scale', '/scale?fieldManager=s1', { spec: { replicas: 0 } }, merge);
  await scale('a scale that stays', '/scale?fieldManager=s2', { spec: { replicas: 0 } }, merge);
  await call('whose replicas they are', 'GET', d);
  await call(
    'managed fields of items',
    'PATCH',
    d,
    {
      metadata: {
        managedFields: [
          {
            manager: 'two',
            operation: 'Update',
            apiVersion: 'apps/v1',
            fieldsType: 'FieldsV1',
            fieldsV1: {
              'f:spec': {
                'f:template': { 'f:spec': { 'f:containers': { 'k:{"name":"a"}': {} } } },
              },
            },
          },
          {
            manager: 'one',
            operation: 'Apply',
            apiVersion: 'apps/v1',
            fieldsType: 'FieldsV1',
            fieldsV1: {
              'f:spec': {
                'f:template': {
                  'f:spec': {
                    'f:containers': { 'k:{"name":"a"}': { 'f:name': {}, 'f:image': {} } },
                  },
                },
              },
            },
          },
        ],
      },
    },
    merge,
  );
  await apply(
    'an item that is emptied',
    d,
    'one',
    { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'd' } },
    '&force=true',
  );
};

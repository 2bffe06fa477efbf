#!/usr/bin/env node
// Measures what field management costs for one running pod and one config map. Usage: node --run measure
// Prints the table of docs/performance.md: the least of many rounds, for a shared machine adds to all of them.
import { applyFields, kubernetesSchema, updateManagedFields } from '@keelson/field-management';
import { schemaOf } from '@keelson/kubernetes-api';

const time = '2026-01-01T00:00:00Z';
const container = (name) => ({
  name,
  image: `${name}:1`,
  command: ['run'],
  env: [
    { name: 'A', value: '1' },
    { name: 'B', value: '2' },
  ],
  ports: [{ containerPort: 80, protocol: 'TCP' }],
  resources: { limits: { cpu: '1' }, requests: { cpu: '100m', memory: '1Gi' } },
  volumeMounts: [{ name: 'data', mountPath: '/data' }],
  terminationMessagePath: '/dev/termination-log',
  terminationMessagePolicy: 'File',
  imagePullPolicy: 'IfNotPresent',
});
const pod = {
  kind: 'Pod',
  apiVersion: 'v1',
  metadata: { name: 'p', namespace: 'shop', labels: { app: 'web', tier: 'front' } },
  spec: {
    volumes: [{ name: 'data', emptyDir: {} }],
    containers: [container('web'), container('side')],
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    serviceAccountName: 'default',
    securityContext: {},
    schedulerName: 'default-scheduler',
    tolerations: [{ key: 'a', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 }],
  },
  status: {
    phase: 'Running',
    podIP: '192.0.2.1',
    podIPs: [{ ip: '192.0.2.1' }],
    conditions: ['Ready', 'Initialized', 'PodScheduled'].map((type) => ({
      type,
      status: 'True',
      lastProbeTime: null,
      lastTransitionTime: time,
    })),
  },
};
const configMap = (value) => ({
  kind: 'ConfigMap',
  apiVersion: 'v1',
  metadata: { name: 'c', namespace: 'shop', labels: { app: 'web' } },
  data: Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`key${index}`, value])),
});

const writeOf = (type, kind, manager, subresource = '') => ({
  manager,
  subresource,
  time,
  kind: { group: '', version: 'v1', kind },
  schema: kubernetesSchema(schemaOf(type)),
  empty: { metadata: {}, spec: { containers: null }, status: {} },
  force: true,
});
const podWrite = writeOf('core/v1.Pod', 'Pod', 'controller');
const statusWrite = writeOf('core/v1.Pod', 'Pod', 'kubelet', 'status');
const mapWrite = { ...writeOf('core/v1.ConfigMap', 'ConfigMap', 'applier'), empty: {} };

const copy = () => structuredClone(pod);
const live = copy();
delete live.status;
updateManagedFields(undefined, live, podWrite);
const running = copy();
running.metadata.managedFields = live.metadata.managedFields;
updateManagedFields(live, running, statusWrite);

let turn = 0;
/** Owned by a set that nobody has written before. */
function unlike() {
  const object = copy();
  object.metadata.labels[`label-${turn++}`] = '';
  return object;
}
function flipped() {
  const object = copy();
  object.metadata.managedFields = running.metadata.managedFields;
  object.status.conditions[0].status = turn++ % 2 === 0 ? 'False' : 'True';
  return object;
}
let applied = applyFields(undefined, configMap('0'), mapWrite);

const rows = [
  ['create', copy, (object) => updateManagedFields(undefined, object, podWrite)],
  [
    'create, unlike all before',
    unlike,
    (object) => updateManagedFields(undefined, object, podWrite),
  ],
  ['patch of a condition', flipped, (object) => updateManagedFields(running, object, statusWrite)],
  [
    'PUT of the same, managed fields sent back',
    () => structuredClone(running),
    (object) => updateManagedFields(running, object, podWrite),
  ],
  [
    'apply of eight values, all changed',
    () => configMap(String(turn++)),
    (config) => void (applied = applyFields(applied, config, mapWrite)),
  ],
  ['apply of the same', () => structuredClone(applied), again],
];

function again({ kind, apiVersion, metadata, data }) {
  const { managedFields: _, ...own } = metadata;
  applyFields(applied, { kind, apiVersion, metadata: own, data }, mapWrite);
}

for (const [what, prepare, run] of rows) {
  let least = Infinity;
  for (let round = 0; round < 30; round++) {
    const objects = Array.from({ length: 500 }, prepare);
    const start = performance.now();
    for (const object of objects) run(object);
    least = Math.min(least, ((performance.now() - start) / objects.length) * 1000);
  }
  process.stdout.write(`| ${what.padEnd(41)} | ${least.toFixed(1).padStart(4)} |\n`);
}

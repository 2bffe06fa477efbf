#!/usr/bin/env node
// Measures what it costs to encode and to decode one pod in each encoding, beside protobufjs (with Kubernetes' own .proto files, from Go's
// module cache) and cborg. Prints the table of docs/performance.md. The median of several runs in turns: machines are busy.
// Usage: node scripts/measure.mjs [MILLISECONDS]   (per run; after a build; `go mod download k8s.io/api@v0.37.2 k8s.io/apimachinery@v0.37.2`)
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { schemaOf } from '@keelson/kubernetes-api';
import * as cborg from 'cborg';
import protobufjs from 'protobufjs';
import {
  decodeCbor,
  decodeJson,
  decodeProtobuf,
  decodeYaml,
  encodeCbor,
  encodeJson,
  encodeProtobuf,
  encodeStoredJson,
  encodeYaml,
  itemIn,
  parseEncoded,
} from '../dist/index.js';

const duration = Number(process.argv[2] ?? 300);
const rounds = 7;
const schema = schemaOf('core/v1.Pod');
const kind = { group: '', version: 'v1', kind: 'Pod' };

/** What a deployment's pod looks like when it runs. */
const labels = { app: 'web', 'pod-template-hash': '7d4b9c8f6d', tier: 'frontend' };
const time = '2026-11-24T20:00:00Z';
const container = (name) => ({
  name,
  image: `registry.example.com/shop/${name}:1.27.3`,
  command: ['/bin/server', '--port=8080', '--log-level=info'],
  ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
  env: [
    { name: 'POD_NAME', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.name' } } },
    { name: 'MODE', value: 'production' },
  ],
  resources: {
    limits: { cpu: '500m', memory: '256Mi' },
    requests: { cpu: '100m', memory: '128Mi' },
  },
  volumeMounts: [
    { name: 'config', mountPath: '/etc/web' },
    { name: 'token', readOnly: true, mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' },
  ],
  readinessProbe: {
    httpGet: { path: '/ready', port: 'http', scheme: 'HTTP' },
    timeoutSeconds: 1,
    periodSeconds: 10,
    successThreshold: 1,
    failureThreshold: 3,
  },
  terminationMessagePath: '/dev/termination-log',
  terminationMessagePolicy: 'File',
  imagePullPolicy: 'IfNotPresent',
});
const condition = (type) => ({
  type,
  observedGeneration: 1,
  status: 'True',
  lastProbeTime: null,
  lastTransitionTime: time,
});
const pod = {
  kind: 'Pod',
  apiVersion: 'v1',
  metadata: {
    name: 'web-7d4b9c8f6d-x2x8z',
    generateName: 'web-7d4b9c8f6d-',
    namespace: 'shop',
    uid: '0b1f3b5e-6f0a-4c58-9a3e-0c8e4d1f2a3b',
    resourceVersion: '123456',
    generation: 1,
    creationTimestamp: time,
    labels,
    ownerReferences: [
      {
        apiVersion: 'apps/v1',
        kind: 'ReplicaSet',
        name: 'web-7d4b9c8f6d',
        uid: '3f9a3c1e-2d77-4c1c-8e9b-7a6b5c4d3e2f',
        controller: true,
        blockOwnerDeletion: true,
      },
    ],
    managedFields: ['kube-controller-manager', 'kubelet'].map((manager) => ({
      manager,
      operation: 'Update',
      apiVersion: 'v1',
      time,
      fieldsType: 'FieldsV1',
      fieldsV1: {
        'f:metadata': { 'f:generateName': {}, 'f:labels': { '.': {}, 'f:app': {}, 'f:tier': {} } },
        'f:spec': {
          'f:containers': { 'k:{"name":"web"}': { '.': {}, 'f:image': {}, 'f:name': {} } },
        },
      },
    })),
  },
  spec: {
    volumes: [
      { name: 'config', configMap: { name: 'web', defaultMode: 420 } },
      { name: 'token', secret: { secretName: 'token', defaultMode: 420 } },
    ],
    containers: [container('web'), container('proxy')],
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    serviceAccountName: 'web',
    nodeName: 'node-17',
    securityContext: {},
    schedulerName: 'default-scheduler',
    tolerations: [
      {
        key: 'node.kubernetes.io/not-ready',
        operator: 'Exists',
        effect: 'NoExecute',
        tolerationSeconds: 300,
      },
    ],
    priority: 0,
    enableServiceLinks: true,
    preemptionPolicy: 'PreemptLowerPriority',
  },
  status: {
    phase: 'Running',
    conditions: ['PodScheduled', 'Initialized', 'ContainersReady', 'Ready'].map(condition),
    hostIP: '10.0.0.17',
    podIP: '10.1.2.3',
    podIPs: [{ ip: '10.1.2.3' }],
    startTime: time,
    containerStatuses: ['web', 'proxy'].map((name) => ({
      name,
      state: { running: { startedAt: time } },
      lastState: {},
      ready: true,
      restartCount: 0,
      image: `registry.example.com/shop/${name}:1.27.3`,
      imageID: `registry.example.com/shop/${name}@sha256:${'0123456789abcdef'.repeat(4)}`,
      containerID: `containerd://${'fedcba9876543210'.repeat(4)}`,
      started: true,
    })),
    qosClass: 'Burstable',
  },
};

const { object } = decodeJson(Buffer.from(JSON.stringify(pod)), schema, kind);
const bytes = {
  json: encodeJson(object, schema),
  yaml: encodeYaml(JSON.parse(Buffer.from(encodeJson(object, schema)).toString())),
  protobuf: encodeProtobuf(object, schema),
  cbor: encodeCbor(object, schema),
};
const stored = structuredClone(object);
bytes.stored = encodeStoredJson(stored, schema);
const json = JSON.parse(Buffer.from(bytes.json).toString());

/** Kubernetes' own messages, for protobufjs. */
function podMessage() {
  const cache = execFileSync('go', ['env', 'GOMODCACHE'], { encoding: 'utf8' }).trim();
  const root = new protobufjs.Root();
  root.resolvePath = (_, path) =>
    join(cache, path.replace(/^k8s\.io\/(api|apimachinery)\//, 'k8s.io/$1@v0.37.2/'));
  root.loadSync('k8s.io/api/core/v1/generated.proto');
  return root.lookupType('k8s.io.api.core.v1.Pod');
}
const message = podMessage();
/** The pod's message: its envelope and its own tag and length taken off. */
const raw = (() => {
  const item = itemIn(bytes.protobuf);
  const reader = protobufjs.Reader.create(item);
  reader.uint32();
  return reader.bytes();
})();
const theirPod = message.decode(raw);
const theirCbor = cborg.encode(json);

const ways = [
  ['JSON', 'encode', () => encodeJson(object, schema)],
  ['JSON', 'decode', () => decodeJson(bytes.json, schema, kind)],
  ['JSON, stored', 'encode', () => encodeStoredJson(stored, schema)],
  ['JSON, stored', 'decode', () => parseEncoded(bytes.stored, schema)],
  ['JSON.stringify', 'encode', () => Buffer.from(JSON.stringify(json))],
  ['JSON.parse', 'decode', () => JSON.parse(Buffer.from(bytes.json).toString())],
  ['protobuf', 'encode', () => encodeProtobuf(object, schema)],
  ['protobuf', 'decode', () => decodeProtobuf(bytes.protobuf, schema, kind)],
  ['protobufjs', 'encode', () => message.encode(theirPod).finish()],
  ['protobufjs', 'decode', () => message.decode(raw)],
  ['CBOR', 'encode', () => encodeCbor(object, schema)],
  ['CBOR', 'decode', () => decodeCbor(bytes.cbor, schema, kind)],
  ['cborg', 'encode', () => cborg.encode(json)],
  ['cborg', 'decode', () => cborg.decode(theirCbor)],
  ['YAML', 'encode', () => encodeYaml(json)],
  ['YAML', 'decode', () => decodeYaml(bytes.yaml, schema, kind)],
];

/** Microseconds of CPU time a piece. */
function once(way) {
  const start = process.cpuUsage();
  const end = performance.now() + duration;
  let count = 0;
  while (performance.now() < end) {
    for (let inner = 0; inner < 10; inner++) way();
    count += 10;
  }
  const { user, system } = process.cpuUsage(start);
  return (user + system) / count;
}

const samples = new Map(ways.map((way) => [way, []]));
for (let round = 0; round < rounds; round++)
  for (const way of ways) samples.get(way).push(once(way[2]));
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

const sizes = {
  JSON: bytes.json.length,
  'JSON, stored': bytes.stored.length,
  'JSON.stringify': bytes.json.length,
  protobuf: bytes.protobuf.length,
  protobufjs: raw.length,
  CBOR: bytes.cbor.length,
  cborg: theirCbor.length,
  YAML: bytes.yaml.length,
};
console.log('| encoding | bytes | encode (µs) | decode (µs) |');
console.log('| --- | ---: | ---: | ---: |');
const rows = [
  ['JSON', 'JSON'],
  ['JSON, stored', 'JSON, stored'],
  ['JSON.stringify', 'JSON.parse'],
  ['protobuf', 'protobuf'],
  ['protobufjs', 'protobufjs'],
  ['CBOR', 'CBOR'],
  ['cborg', 'cborg'],
  ['YAML', 'YAML'],
];
for (const [encoder, decoder] of rows) {
  const cost = (name, what) =>
    median(samples.get(ways.find(([one, other]) => one === name && other === what))).toFixed(1);
  const name = encoder === decoder ? encoder : `${encoder}, ${decoder}`;
  console.log(
    `| ${name} | ${sizes[encoder]} | ${cost(encoder, 'encode')} | ${cost(decoder, 'decode')} |`,
  );
}

#!/usr/bin/env node
// Measures what a pod's creation costs between decoding and encoding: defaults, preparation, rules, warnings. Usage: node --run measure
// Prints microseconds a pod: of the first 2,000 in a process, which is what a young server is, and of the best round after many.
import {
  nameIsDNSSubdomain,
  validateObjectMeta,
  validateWriteOptions,
} from '@keelson/api-machinery';
import { schemaOf } from '@keelson/kubernetes-api';
import { decodeJson } from '@keelson/serialization';
import { defaultPod } from '../dist/defaults/pod.js';
import { podStrategy } from '../dist/strategy/pod-strategy.js';

const first = 2000;
const rounds = 20;
const schema = schemaOf('core/v1.Pod');
const kind = { group: '', version: 'v1', kind: 'Pod' };
const mountPath = '/var/run/secrets/kubernetes.io/serviceaccount';
const toleration = (key) => ({
  key: `node.kubernetes.io/${key}`,
  operator: 'Exists',
  effect: 'NoExecute',
  tolerationSeconds: 300,
});

/** What a controller makes, with what admission adds to it. */
const body = (index) => ({
  metadata: {
    name: `pod-${String(index).padStart(6, '0')}`,
    namespace: 'shop',
    labels: { app: `app-${index % 50}`, 'pod-template-hash': '6d4cf56db6', tier: 'backend' },
    annotations: { 'example.com/checksum': '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822c' },
  },
  spec: {
    volumes: [tokenVolume(`kube-api-access-${index}`)],
    serviceAccountName: 'default',
    containers: [
      {
        name: 'main',
        image: 'registry.example.com/team/app:v1.2.3',
        ports: [{ name: 'http', containerPort: 8080 }],
        env: Array.from({ length: 8 }, (_, number) => ({
          name: `SETTING_${number}`,
          value: `value-${number}-of-the-setting`,
        })),
        volumeMounts: [{ name: `kube-api-access-${index}`, readOnly: true, mountPath }],
      },
      {
        name: 'sidecar',
        image: 'registry.example.com/team/sidecar:v0.9',
        volumeMounts: [{ name: `kube-api-access-${index}`, readOnly: true, mountPath }],
      },
    ],
    tolerations: [toleration('not-ready'), toleration('unreachable')],
  },
});

const tokenVolume = (name) => ({
  name,
  projected: {
    sources: [
      { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
      { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
      {
        downwardAPI: {
          items: [{ path: 'namespace', fieldRef: { fieldPath: 'metadata.namespace' } }],
        },
      },
    ],
  },
});

const decoded = (index) =>
  decodeJson(Buffer.from(JSON.stringify(body(index))), schema, kind).object;
const context = { namespace: 'shop', warn: () => undefined };
const rules = { namespaced: true, validateName: nameIsDNSSubdomain };
const query = { fieldManager: 'controller', fieldValidation: 'Strict', dryRun: [] };

/** In the order of a creation. Rules and warnings find nothing in this pod. */
const steps = {
  defaults: defaultPod,
  'options of the request': () => validateWriteOptions(query),
  'preparation for creation': (pod) => podStrategy.prepareForCreate(pod, context),
  'rules for metadata': ({ metadata }) => validateObjectMeta(metadata, rules),
  'rules for pods': (pod) => podStrategy.validate(pod, context),
  warnings: (pod) => podStrategy.warningsOnCreate(pod, context),
};

/** Microseconds a pod, by step. */
function round(pods) {
  const costs = {};
  for (const name of Object.keys(steps)) costs[name] = 0;
  for (const pod of pods) {
    for (const [name, run] of Object.entries(steps)) {
      const start = performance.now();
      const found = run(pod);
      costs[name] += ((performance.now() - start) / pods.length) * 1000;
      if (found?.length) throw new Error(`${name}: ${JSON.stringify(found)}`);
    }
  }
  return costs;
}

const pods = () => Array.from({ length: first }, (_, index) => decoded(index));
const young = round(pods());
const old = Array.from({ length: rounds }, () => round(pods()));
for (const name of Object.keys(steps)) {
  const best = Math.min(...old.map((costs) => costs[name]));
  process.stdout.write(
    `| ${name.padEnd(24)} | ${young[name].toFixed(1).padStart(5)} | ${best.toFixed(1).padStart(5)} |\n`,
  );
}

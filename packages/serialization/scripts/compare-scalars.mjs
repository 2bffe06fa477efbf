#!/usr/bin/env node
// Compares what becomes of random quantities and times with what Kubernetes' own types make of them: their canonical form, or what is wrong.
// Usage: node scripts/compare-scalars.mjs [SEED] [COUNT]   (after a build; needs Go and the lab's modules)
import { schemaOf } from '@keelson/kubernetes-api';
import { decodeJson, encodeJson } from '../dist/index.js';
import { ask } from '../dist/lab/oracle.js';
import { seeded } from '../dist/testing/random-object.js';

const [seed = '1', count = '6000'] = process.argv.slice(2);
const random = seeded(Number(seed));
const pick = (choices) => choices[Math.floor(random() * choices.length)];
const digits = () =>
  Array.from({ length: Math.floor(random() * random() * 24) }, () => pick('0123456789')).join('');
const suffixes = 'n u m k M G T P E Ki Mi Gi Ti Pi Ei e3 E3 e-3 E+2 e99 K x mm'.split(' ');

const quantity = () =>
  pick(['', '', '-', '+']) +
  digits() +
  pick(['', '', `.${digits()}`, '.']) +
  pick(['', ...suffixes]);
const time = () =>
  [
    `${pick(['0001', '1970', '2026', '9999', '0000'])}-${pick(['01', '02', '12', '13', '00', '1'])}-`,
    pick(['01', '28', '29', '30', '31', '32', '00']) + pick(['T', 't', ' ']),
    `${pick(['00', '23', '24', '7'])}:${pick(['00', '59', '60'])}:${pick(['00', '59', '60', '61'])}`,
    pick(['', '', '.5', '.123456', '.123456789', ',5', '.']),
    pick(['Z', 'Z', 'z', '+00:00', '+05:30', '-08:00', '+24:00', '+25:00', '', '+0530']),
  ].join('');

const quota = {
  typeId: 'core/v1.ResourceQuota',
  kind: { group: '', version: 'v1', kind: 'ResourceQuota' },
};
const lease = {
  typeId: 'coordination/v1.Lease',
  kind: { group: 'coordination.k8s.io', version: 'v1', kind: 'Lease' },
};
const ofQuantity = (text) => ({
  ...quota,
  object: { kind: 'ResourceQuota', apiVersion: 'v1', spec: { hard: { a: text } } },
});
const ofTime = (text) => ({
  ...lease,
  object: {
    kind: 'Lease',
    apiVersion: 'coordination.k8s.io/v1',
    metadata: { creationTimestamp: text },
    spec: random() < 0.5 ? { renewTime: text } : {},
  },
});

const samples = Array.from({ length: Number(count) }, () =>
  random() < 0.65 ? ofQuantity(quantity()) : ofTime(time()),
);
const answers = ask(
  samples.map(({ object }) => ({
    from: 'json',
    to: 'json',
    document: Buffer.from(JSON.stringify(object)),
  })),
);

function ours({ typeId, kind, object }) {
  const schema = schemaOf(typeId);
  try {
    const { object: decoded } = decodeJson(Buffer.from(JSON.stringify(object)), schema, kind);
    return Buffer.from(encodeJson(decoded, schema)).toString();
  } catch (error) {
    // What stands before, the server says.
    return `! ${error.message.replace(/^.*? cannot be handled as a \w+: /, '')}`;
  }
}

let different = 0;
for (const [index, sample] of samples.entries()) {
  const theirs = answers[index];
  const expected = typeof theirs === 'string' ? theirs : Buffer.from(theirs).toString().trimEnd();
  const found = ours(sample);
  if (found === expected) continue;
  different++;
  console.log(`${JSON.stringify(sample.object)}: ${expected} but ours ${found}`);
}
console.log(`${different} of ${samples.length} differ`);
process.exitCode = different === 0 ? 0 : 1;

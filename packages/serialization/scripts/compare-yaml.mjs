#!/usr/bin/env node
// Compares the YAML of random texts with that of sigs.k8s.io/yaml, which the lab's oracle asks. Prints the lines that differ.
// Usage: node scripts/compare-yaml.mjs [SEED] [DOCUMENTS]   (after a build; needs Go and the lab's modules)
import { encodeYaml } from '../dist/index.js';
import { ask } from '../dist/lab/oracle.js';
import { seeded } from '../dist/testing/random-object.js';

const [seed = '1', count = '400'] = process.argv.slice(2);
const random = seeded(Number(seed));
const pick = (choices) => choices[Math.floor(random() * choices.length)];
const parts = [
  ...Array.from('ab10-: #\'"\n\t.eEx_+[]{},&*!|>%@`?=<~é\u{1f600}\u2028\u00a0\\\u0007\r'),
  '  ',
  'true',
  'no',
  'null',
  'long words that go on and on ',
];
const text = () => Array.from({ length: 1 + Math.floor(random() * 8) }, () => pick(parts)).join('');
const documents = Array.from({ length: Number(count) }, () => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'a' },
  data: Object.fromEntries(
    Array.from({ length: 30 }, (_, index) => [random() < 0.5 ? `k${index}` : text(), text()]),
  ),
}));
const answers = ask(
  documents.map((one) => ({
    from: 'json',
    to: 'yaml',
    document: Buffer.from(JSON.stringify(one)),
  })),
);
let different = 0;
for (const [index, document] of documents.entries()) {
  const theirs = Buffer.from(answers[index]).toString().split('\n');
  const ours = Buffer.from(encodeYaml(document)).toString().split('\n');
  const at = theirs.findIndex((line, number) => line !== ours[number]);
  if (at < 0) continue;
  different++;
  console.log(`${JSON.stringify(theirs[at])} but ours ${JSON.stringify(ours[at])}`);
}
console.log(`${different} of ${documents.length} documents differ`);
process.exitCode = different === 0 ? 0 : 1;

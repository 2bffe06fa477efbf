#!/usr/bin/env node
// Feeds a decoder with damaged and hostile bytes for a while. Fails when one throws anything but a 400 with a message, takes long, or
// leaves memory behind. The seed of each run is printed, and gives the same run again.
// Usage: node --expose-gc scripts/fuzz.mjs [json|yaml|protobuf|cbor|all] [SECONDS] [SEED]   (after a build)
import { kindSchema, schemaOf, typeIds } from '@keelson/kubernetes-api';
import { decodeCbor, decodeJson, decodeProtobuf, decodeYaml, encode } from '../dist/index.js';
import { DamagedCbor } from '../dist/testing/damaged-cbor.js';
import { RandomObjects, seeded } from '../dist/testing/random-object.js';

const [which = 'all', seconds = '600', seed = String(Date.now() % 1e9)] = process.argv.slice(2);
const decoders = { json: decodeJson, yaml: decodeYaml, protobuf: decodeProtobuf, cbor: decodeCbor };
/** Of an input of at most 200 kB, in milliseconds; machines are busy. */
const longest = 2000;
const collect = globalThis.gc ?? (() => {});

const kinds = typeIds()
  .map((id) => ({ id, gvk: schemaOf(id).gvk?.[0] }))
  .filter(({ gvk }) => gvk !== undefined && kindSchema(gvk) !== undefined);

/** Texts and bytes that parsers have stumbled over before. */
const hostile = {
  json: [
    '['.repeat(50_000),
    `{"a":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_001)}`,
    '{"__proto__":{"a":1},"constructor":{"prototype":1}}',
    `{"metadata":{"labels":{${Array.from({ length: 20_000 }, (_, i) => `"k${i}":"v"`).join()}}}}`,
    `{"data":${'9'.repeat(100_000)}}`,
    `{"data":1e${'9'.repeat(1000)}}`,
    '"\\ud800"',
    '\ufeff{}',
    '{"a":1,"a":2}'.repeat(1000),
  ],
  yaml: [
    `a: &a [${'x,'.repeat(9)}x]\n${'bcdefghi'
      .split('')
      .map((c, i) => `${c}: &${c} [${Array(9).fill(`*${'abcdefgh'[i]}`).join()}]\n`)
      .join('')}`,
    'a: &a [*a]',
    '- '.repeat(20_000),
    '['.repeat(20_000),
    '? '.repeat(20_000),
    `a: |\n${' x\n'.repeat(50_000)}`,
    '!!binary AA==',
    `${'&a '.repeat(5000)}x`,
    '%YAML 9.9\n---\n',
    '<<: {a: b}\n',
    `${' '.repeat(100_000)}a`,
    `"${'\\u0041'.repeat(20_000)}"`,
    '--- a\n'.repeat(10_000),
  ],
  protobuf: [
    Buffer.concat([Buffer.from('k8s\0'), Buffer.alloc(100_000, 0x0a)]),
    Buffer.concat([Buffer.from('k8s\0'), Buffer.alloc(100_000, 0xff)]),
    Buffer.concat([Buffer.from('k8s\0'), Buffer.alloc(100_000, 0x0b)]),
    Buffer.from('k8s\0\x12\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01', 'latin1'),
  ],
  cbor: [
    Buffer.alloc(100_000, 0x81),
    Buffer.alloc(100_000, 0x9f),
    Buffer.alloc(100_000, 0xa1),
    Buffer.alloc(100_000, 0xc1),
    Buffer.alloc(100_000, 0x5f),
    Buffer.from('9bffffffffffffffff', 'hex'),
    Buffer.from('bbffffffffffffffff', 'hex'),
    Buffer.from('5bffffffffffffffff', 'hex'),
    Buffer.concat([Buffer.from([0xbf]), Buffer.alloc(100_000, 0x60)]),
    Buffer.alloc(100_000, 0xc5),
    Buffer.alloc(100_000, 0xd6),
    Buffer.concat([
      Buffer.from('a1486d65746164617461a1446e616d655f', 'hex'),
      Buffer.alloc(100_000, 0x40),
    ]),
    Buffer.concat([
      Buffer.from('a1486d65746164617461a1446e616d657f', 'hex'),
      Buffer.alloc(100_000, 0x60),
      Buffer.from([0xff]),
    ]),
    Buffer.concat([
      Buffer.from('a1486d65746164617461a14a66696e616c697a6572739a00017000', 'hex'),
      Buffer.alloc(0x17000, 0xf6),
    ]),
    Buffer.concat(
      Array.from({ length: 20_000 }, (_, i) => Buffer.from([0x9a, 0, 1, i >> 8, i & 255])),
    ),
    Buffer.concat([
      Buffer.from([0xbf]),
      ...Array.from({ length: 20_000 }, (_, i) => Buffer.from([0x19, i >> 8, i & 255, 0])),
      Buffer.from([0xff]),
    ]),
  ],
};

function damaged(bytes, random) {
  const below = (limit) => Math.floor(random() * limit);
  let copy = Buffer.from(bytes);
  for (let count = 1 + below(4); count > 0; count--) {
    const [from, to] = [below(copy.length + 1), below(copy.length + 1)].sort((a, b) => a - b);
    const way = below(7);
    if (way === 0) copy[below(copy.length)] = below(256);
    else if (way === 1) copy = Buffer.concat([copy.subarray(0, from), copy.subarray(to)]);
    else if (way === 2) copy = Buffer.concat([copy, copy.subarray(from, to)]).subarray(0, 200_000);
    else if (way === 3)
      copy = Buffer.concat([copy.subarray(0, to), copy.subarray(from, to), copy.subarray(to)]);
    else if (way === 4) copy = copy.subarray(0, from);
    else if (way === 5) copy[below(copy.length)] ^= 1 << below(8);
    else
      copy = Buffer.concat([
        copy.subarray(0, from),
        Buffer.alloc(1 + below(9), below(256)),
        copy.subarray(from),
      ]);
    if (copy.length === 0) return copy;
  }
  return copy;
}

function attempt(name, bytes, { id, gvk }) {
  const start = performance.now();
  let outcome = 'decoded';
  try {
    decoders[name](bytes, schemaOf(id), gvk);
  } catch (error) {
    outcome = error.code === 400 && error.message !== '' ? 'refused' : `broke: ${error.stack}`;
  }
  const took = performance.now() - start;
  if (took > longest) outcome = `broke: took ${took.toFixed()} ms`;
  if (outcome.startsWith('broke')) {
    console.log(
      `${name} of ${id}: ${outcome}\n  ${Buffer.from(bytes.subarray(0, 400)).toString('base64')}`,
    );
    process.exitCode = 1;
  }
  return outcome;
}

function run(name) {
  const random = seeded(Number(seed));
  const objects = new RandomObjects(random);
  const cborDamage = new DamagedCbor(random);
  const counts = {};
  const note = (outcome) =>
    (counts[outcome.split(':')[0]] = (counts[outcome.split(':')[0]] ?? 0) + 1);
  for (const bytes of hostile[name]) note(attempt(name, Buffer.from(bytes), kinds[0]));
  collect();
  const before = process.memoryUsage();
  const end = performance.now() + Number(seconds) * 1000;
  while (performance.now() < end && process.exitCode === undefined) {
    const kind = kinds[Math.floor(random() * kinds.length)];
    const said = {
      kind: kind.gvk.kind,
      apiVersion: [kind.gvk.group, kind.gvk.version].filter(Boolean).join('/'),
    };
    const bytes = encode({ ...objects.object(schemaOf(kind.id)), ...said }, name);
    for (let round = 0; round < 20; round++) {
      const isCbor = name === 'cbor' && round % 2 === 1;
      note(attempt(name, isCbor ? cborDamage.damaged(bytes) : damaged(bytes, random), kind));
    }
  }
  collect();
  const after = process.memoryUsage();
  const grown = (after.rss - before.rss) / 2 ** 20;
  const heap = (after.heapUsed - before.heapUsed) / 2 ** 20;
  console.log(
    `${name}, seed ${seed}: ${JSON.stringify(counts)}, ${grown.toFixed()} MiB more than at the start, ${heap.toFixed()} of them in the heap`,
  );
  if (grown > 200) process.exitCode = 1;
}

for (const name of which === 'all' ? Object.keys(decoders) : [which]) run(name);

#!/usr/bin/env node
// Damages the CBOR of random objects in ways that keep it CBOR, mostly, and compares what is made of it with what Kubernetes' own serializer
// makes of it: whether it is taken, the object, and the words. Prints what differs.
// Usage: node scripts/compare-cbor.mjs [SEED] [DOCUMENTS]   (after a build; needs Go and the lab's modules)
import { isDeepStrictEqual } from 'node:util';
import { groupVersionText } from '@keelson/api-machinery';
import { kindSchema, schemaOf, typeIds } from '@keelson/kubernetes-api';
import { encodeCbor } from '../dist/index.js';
import { askCbor } from '../dist/lab/oracle.js';
import { DamagedCbor } from '../dist/testing/damaged-cbor.js';
import { outcomeOf } from '../dist/testing/decode-outcome.js';
import { RandomObjects, seeded } from '../dist/testing/random-object.js';

const [seed = '1', count = '2000'] = process.argv.slice(2);
const random = seeded(Number(seed));
const objects = new RandomObjects(random);
const damage = new DamagedCbor(random);
const kinds = typeIds()
  .map((id) => ({ id, kind: schemaOf(id).gvk?.[0] }))
  .filter(
    ({ id, kind }) =>
      kind !== undefined &&
      kindSchema(kind) !== undefined &&
      !/^(apidiscovery|apiregistration|meta)\//.test(id),
  );

function question() {
  const { id, kind } = kinds[Math.floor(random() * kinds.length)];
  const said = { kind: kind.kind, apiVersion: groupVersionText(kind) };
  const bytes = encodeCbor({ ...objects.object(schemaOf(id)), ...said }, schemaOf(id));
  const document = damage.damaged(bytes);
  return random() < 0.1 ? { id, document } : { id, kind, document };
}

/** What may differ. */
const exceptions = [
  {
    why: 'bytes that are no UTF-8 are U+FFFD in errors, too',
    fits: ({ refused = '' }) => /\\x[89a-f]/.test(refused),
  },
  {
    why: 'a server stores no bytes as empty ones, and reads them so',
    fits: ({ json = '' }) => /"(data|binaryData)":\{[^{}]*null/.test(json),
  },
  {
    why: 'managed fields that cannot be read are no error for a server, but cannot be written as JSON',
    fits: ({ refused = '' }) => refused.includes('MarshalJSON for type *v1.FieldsV1'),
  },
];

/** Keys that look like indexes come first in JavaScript's objects: their order does not count. */
const isSame = (theirs, own) =>
  isDeepStrictEqual({ ...theirs, json: parsed(theirs.json) }, { ...own, json: parsed(own.json) });
/** JavaScript writes -0 as 0. What is null behind a tag is an empty time or empty fields in Go, written as null: here it is nothing. */
const parsed = (json) =>
  json === undefined
    ? undefined
    : JSON.parse(json, (key, value) => {
        if (value === null && /^fieldsV1$|[tT]ime(stamp)?$/.test(key)) return undefined;
        return value === 0 ? 0 : value;
      });

const questions = Array.from({ length: Number(count) }, question);
const answers = askCbor(questions);
const outcomes = { json: 0, unknown: 0, refused: 0, excepted: 0, different: 0 };
for (const [index, one] of questions.entries()) {
  const theirs = answers[index];
  const own = outcomeOf(one.document, one.kind === undefined ? undefined : one.id);
  const outcome = ['refused', 'unknown', 'json'].find((key) => theirs[key] !== undefined);
  const isExcepted = exceptions.some(({ fits }) => fits(theirs));
  outcomes[isExcepted ? 'excepted' : isSame(theirs, own) ? outcome : 'different']++;
  if (isExcepted || isSame(theirs, own)) continue;
  console.log(
    `${one.kind === undefined ? 'any value' : one.id} ${Buffer.from(one.document).toString('hex').slice(0, 4000)}`,
  );
  console.log(
    `  ${JSON.stringify(theirs).slice(0, 1500)}\n  ${JSON.stringify(own).slice(0, 1500)}`,
  );
}
console.log(`seed ${seed}: ${JSON.stringify(outcomes)}`);
process.exitCode = outcomes.different === 0 ? 0 : 1;

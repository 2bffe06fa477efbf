import { groupVersionText, type KubernetesObject } from '@keelson/api-machinery';
import { kindSchema, schemaOf, type TypeSchema } from '@keelson/kubernetes-api';
import { knowOtherVersions } from '@keelson/kubernetes-api/other-versions';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import {
  decodeCbor,
  decodeJson,
  decodeProtobuf,
  decodeYaml,
  encodeCbor,
  encodeJson,
  encodeProtobuf,
  encodeYaml,
} from '../index.ts';
import { ask, type Encoding } from './oracle.ts';
import { samples, type Sample } from './testdata.ts';

// Every kind of k8s.io/api, as Go wrote it: each encoding must give the others, byte for byte.

const encodings: readonly Encoding[] = ['json', 'yaml', 'protobuf', 'cbor'];
const decoders = {
  json: decodeJson,
  yaml: decodeYaml,
  protobuf: decodeProtobuf,
  cbor: decodeCbor,
};
const encoders: Readonly<
  Record<Encoding, (object: KubernetesObject, schema: TypeSchema) => Uint8Array>
> = {
  json: (object, schema) =>
    Buffer.from(JSON.stringify(JSON.parse(textOf(encodeJson(object, schema))), null, 2)),
  yaml: (object, schema) => encodeYaml(JSON.parse(textOf(encodeJson(object, schema)))),
  protobuf: encodeProtobuf,
  cbor: encodeCbor,
};

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString();
const shown = (encoding: Encoding, bytes: Uint8Array): string =>
  encoding === 'json' || encoding === 'yaml' ? textOf(bytes) : Buffer.from(bytes).toString('hex');

/** The event of a watch does not say what it is, and no serializer would read it. */
const withKind = (sample: Sample): Uint8Array =>
  Buffer.from(
    JSON.stringify({
      kind: sample.kind,
      apiVersion: groupVersionText(sample),
      ...JSON.parse(textOf(sample.json)),
    }),
  );

/** The samples have no CBOR: Go's own serializer makes it. */
function withCbor(all: readonly Sample[]): readonly (Sample & { readonly cbor: Uint8Array })[] {
  const answers = ask(
    all.map((sample) => ({ from: 'json', to: 'cbor', document: withKind(sample) })),
  );
  return all.map((sample, index) => {
    const cbor = answers[index];
    if (typeof cbor === 'object') return { ...sample, cbor };
    throw new Error(`${sample.kind}: ${cbor ?? 'no answer'}`);
  });
}

/** Kinds that are the same in all groups are meta's. */
function schemaOfSample(sample: Sample): TypeSchema {
  return kindSchema(sample) ?? schemaOf(`meta/v1.${sample.kind}`);
}

knowOtherVersions();
describe('testdata of k8s.io/api', () => {
  for (const sample of withCbor(samples())) {
    const name = `${groupVersionText(sample)} ${sample.kind}`;
    for (const from of encodings) {
      for (const to of encodings) {
        it(`${name}: ${from} gives ${to}`, () => {
          const schema = schemaOfSample(sample);
          const { object } = decoders[from]<KubernetesObject>(sample[from], schema, sample);
          expect(shown(to, encoders[to](object, schema))).to.equal(shown(to, sample[to]));
        });
      }
    }
  }
});

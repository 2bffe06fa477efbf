import { groupVersionText, type KubernetesObject } from '@keelson/api-machinery';
import { kindSchema, schemaOf, type TypeSchema } from '@keelson/kubernetes-api';
import { knowOtherVersions } from '@keelson/kubernetes-api/other-versions';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import {
  decodeJson,
  decodeProtobuf,
  decodeYaml,
  encodeJson,
  encodeProtobuf,
  encodeYaml,
} from '../index.ts';
import { samples, type Sample } from './testdata.ts';

// Every kind of k8s.io/api, as Go wrote it: each encoding must give the others, byte for byte.

type Encoding = 'json' | 'yaml' | 'protobuf';
const encodings: readonly Encoding[] = ['json', 'yaml', 'protobuf'];
const decoders = { json: decodeJson, yaml: decodeYaml, protobuf: decodeProtobuf };
const encoders: Readonly<
  Record<Encoding, (object: KubernetesObject, schema: TypeSchema) => Uint8Array>
> = {
  json: (object, schema) =>
    Buffer.from(JSON.stringify(JSON.parse(textOf(encodeJson(object, schema))), null, 2)),
  yaml: (object, schema) => encodeYaml(JSON.parse(textOf(encodeJson(object, schema)))),
  protobuf: encodeProtobuf,
};

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString();
const shown = (encoding: Encoding, bytes: Uint8Array): string =>
  encoding === 'protobuf' ? Buffer.from(bytes).toString('hex') : textOf(bytes);

/** Kinds that are the same in all groups are meta's. */
function schemaOfSample(sample: Sample): TypeSchema {
  return kindSchema(sample) ?? schemaOf(`meta/v1.${sample.kind}`);
}

knowOtherVersions();
describe('testdata of k8s.io/api', () => {
  for (const sample of samples()) {
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

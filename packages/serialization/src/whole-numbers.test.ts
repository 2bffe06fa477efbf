import type { KubernetesObject } from '@keelson/api-machinery';
import { schemaOf } from '@keelson/kubernetes-api';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { decodeCbor } from './cbor/decode-cbor.ts';
import { encodeCbor } from './cbor/encode-cbor.ts';
import { decodeJson, normalize } from './decode.ts';
import { encodeJson } from './encode-json.ts';
import { decodeProtobuf } from './protobuf/decode-protobuf.ts';
import { encodeProtobuf } from './protobuf/encode-protobuf.ts';
import { parseEncoded, parseUnstructured } from './stored-json.ts';
import { decodeYaml } from './yaml/decode-yaml.ts';
import { encodeYaml } from './yaml/encode-yaml.ts';

const schema = schemaOf('core/v1.Pod');
const kind = { group: '', version: 'v1', kind: 'Pod' };

interface Pod extends KubernetesObject {
  readonly spec: { readonly terminationGracePeriodSeconds?: unknown; readonly priority?: unknown };
}
const graceOf = ({ object }: { readonly object: Pod }): unknown =>
  object.spec.terminationGracePeriodSeconds;
const jsonOf = (number: string): string =>
  `{"kind":"Pod","apiVersion":"v1","metadata":{},"spec":{"containers":null,"terminationGracePeriodSeconds":${number}},"status":{}}`;
const podOf = (number: string): Pod =>
  decodeJson<Pod>(Buffer.from(jsonOf(number)), schema, kind).object;

describe('A whole number of 64 bits', () => {
  const numbers: readonly (readonly [text: string, value: number | bigint])[] = [
    ['9007199254740991', 9007199254740991],
    ['9007199254740992', 9007199254740992n],
    ['9007199254740993', 9007199254740993n],
    ['-9007199254740991', -9007199254740991],
    ['-9007199254740992', -9007199254740992n],
    ['-9007199254740993', -9007199254740993n],
    ['9223372036854775807', 9223372036854775807n],
    ['-9223372036854775808', -9223372036854775808n],
    ['-0', 0],
  ];
  for (const [text, value] of numbers) {
    it(`is ${text} after JSON`, () => {
      expect(podOf(text).spec.terminationGracePeriodSeconds).to.equal(value);
    });
    it(`is ${text} after YAML`, () => {
      const yaml = `spec: {containers: null, terminationGracePeriodSeconds: ${text}}`;
      expect(graceOf(decodeYaml<Pod>(Buffer.from(yaml), schema, kind))).to.equal(value);
    });
    it(`is ${text} after protobuf`, () => {
      const bytes = encodeProtobuf(podOf(text), schema);
      expect(graceOf(decodeProtobuf<Pod>(bytes, schema, kind))).to.equal(value);
    });
    it(`is ${text} after CBOR`, () => {
      const bytes = encodeCbor(podOf(text), schema);
      expect(graceOf(decodeCbor<Pod>(bytes, schema, kind))).to.equal(value);
    });
    it(`is ${text} after it was stored`, () => {
      const stored = encodeJson(podOf(text), schema);
      expect(parseEncoded(stored, schema)).to.deep.equal(podOf(text));
      expect(Buffer.from(stored).toString()).to.equal(jsonOf(text.replace('-0', '0')));
    });
    it(`is ${text} where nobody knows the type`, () => {
      const spec = { containers: null, terminationGracePeriodSeconds: value };
      const stored = encodeJson(podOf(text), schema);
      expect(parseUnstructured(stored)).to.have.deep.property('spec', spec);
    });
  }

  const inYaml: readonly (readonly [text: string, value: number | bigint])[] = [
    ['0x1FFFFFFFFFFFFF1', 144115188075855857n],
    ['-0x20000000000001', -9007199254740993n],
    ['9_007_199_254_740_993', 9007199254740993n],
    ['+9007199254740993', 9007199254740993n],
    ['0777777777777777777777', 9223372036854775807n],
    ['1e3', 1000],
    // What Go writes of a float, and reads as a whole number.
    ['1e18', 1000000000000000000n],
  ];
  for (const [text, value] of inYaml) {
    it(`may be written as ${text} in YAML`, () => {
      const yaml = `spec: {containers: null, terminationGracePeriodSeconds: ${text}}`;
      expect(graceOf(decodeYaml<Pod>(Buffer.from(yaml), schema, kind))).to.equal(value);
    });
  }

  const refused = ['9223372036854775808', '-9223372036854775809', '1e3', '1.0', '1.5', '1e400'];
  for (const text of refused) {
    it(`is not ${text}`, () => {
      expect(() => podOf(text))
        .to.throw(
          `cannot unmarshal number ${text} into Go struct field PodSpec.spec.terminationGracePeriodSeconds of type int64`,
        )
        .with.property('code', 400);
    });
  }

  it('is none of 32 bits', () => {
    const text = jsonOf('1').replace('"containers"', '"priority":9007199254740993,"containers"');
    expect(() => decodeJson(Buffer.from(text), schema, kind)).to.throw(
      'cannot unmarshal number 9007199254740993 into Go struct field PodSpec.spec.priority of type int32',
    );
  });

  it('is written as YAML', () => {
    expect(Buffer.from(encodeYaml({ a: [9007199254740993n] })).toString()).to.equal(
      'a:\n- 9007199254740993\n',
    );
  });

  it('may come from code, in whatever form', () => {
    expect(
      normalize({ terminationGracePeriodSeconds: 5n }, schemaOf('core/v1.PodSpec')),
    ).to.have.property('terminationGracePeriodSeconds', 5);
  });

  it('must not be one that code has rounded beyond 64 bits', () => {
    expect(() =>
      normalize({ terminationGracePeriodSeconds: 2 ** 63 }, schemaOf('core/v1.PodSpec')),
    ).to.throw('cannot unmarshal number 9223372036854776000');
  });
});

describe('A number that Go keeps as it came', () => {
  const revisions = schemaOf('apps/v1.ControllerRevision');
  const revision = { group: 'apps', version: 'v1', kind: 'ControllerRevision' };
  const head = '{"kind":"ControllerRevision","apiVersion":"apps/v1","metadata":{}';
  for (const text of ['1e3', '1.0', '-0', '9007199254740993', '1234567890123456789012', '0.10']) {
    const json = `${head},"data":{"a":[${text}]},"revision":1}`;
    it(`is ${text} in JSON, and when it was stored`, () => {
      const { object } = decodeJson(Buffer.from(json), revisions, revision);
      const stored = encodeJson(object, revisions);
      expect(Buffer.from(stored).toString()).to.equal(json);
      const again = encodeJson(parseEncoded(stored, revisions), revisions);
      expect(Buffer.from(again).toString()).to.equal(json);
    });
    it(`is ${text} after protobuf`, () => {
      const { object } = decodeJson(Buffer.from(json), revisions, revision);
      const bytes = encodeProtobuf(object, revisions);
      const read = decodeProtobuf(bytes, revisions, revision).object;
      expect(Buffer.from(encodeJson(read, revisions)).toString()).to.equal(json);
    });
  }

  it('is a float in CBOR when it is no whole number of 64 bits', () => {
    const json = `${head},"data":{"a":[1e3,9007199254740993]},"revision":1}`;
    const { object } = decodeJson(Buffer.from(json), revisions, revision);
    const hex = Buffer.from(encodeCbor(object, revisions)).toString('hex');
    expect(hex).to.include('4161' + '82' + 'f963d0' + '1b0020000000000001');
  });
});

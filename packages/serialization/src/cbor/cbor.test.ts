import type { JsonValue, KubernetesObject } from '@keelson/api-machinery';
import { schemaOf } from '@keelson/kubernetes-api';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { decodeCbor, parseCbor } from './decode-cbor.ts';
import {
  cborListFrame,
  cborWatchFrame,
  encodeCbor,
  encodeCborItem,
  encodeCborValue,
} from './encode-cbor.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const textHex = (text: string): string => Buffer.from(text).toString('hex');
const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'hex');
const selfDescribed = 'd9d9f7';

const configMap = schemaOf('core/v1.ConfigMap');
const kind = { group: '', version: 'v1', kind: 'ConfigMap' };

describe('CBOR', () => {
  // Those of RFC 8949's appendix A that JSON has a value for, with text as bytes.
  const values: readonly (readonly [value: unknown, encoding: string])[] = [
    [0, '00'],
    [23, '17'],
    [24, '1818'],
    [1000, '1903e8'],
    [1_000_000, '1a000f4240'],
    [1_000_000_000_000, '1b000000e8d4a51000'],
    [-1, '20'],
    [-1000, '3903e7'],
    [1.1, 'fb3ff199999999999a'],
    [1.5, 'f93e00'],
    [0.000_061_035_156_25, 'f90400'],
    [5.960_464_477_539_063e-8, 'f90001'],
    [-4.1, 'fbc010666666666666'],
    [3.402_823_466_385_288_6e38, 'fa7f7fffff'],
    [1e300, 'fb7e37e43c8800759c'],
    [-0, 'f98000'],
    [false, 'f4'],
    [true, 'f5'],
    [null, 'f6'],
    ['', '40'],
    ['IETF', '4449455446'],
    ['ü', '42c3bc'],
    [[1, [2, 3], []], '830182020380'],
    [{ b: [2, 3], a: 1 }, 'a24161014162820203'],
    [{ aa: 1, b: 2 }, 'a241620242616101'],
  ];
  for (const [value, encoding] of values) {
    it(`writes ${JSON.stringify(value)} as ${encoding}, and reads it back`, () => {
      const bytes = encodeCborValue(value);
      expect(hex(bytes)).to.equal(selfDescribed + encoding);
      expect(parseCbor(bytes)).to.deep.equal(value);
    });
  }

  const read: readonly (readonly [name: string, encoding: string, value: unknown])[] = [
    ['text', '6449455446', 'IETF'],
    ['text in parts', '7f657374726561646d696e67ff', 'streaming'],
    ['bytes in parts', '5f426131426232ff', 'a1b2'],
    ['lists without a length', '9f01820203ff', [1, [2, 3]]],
    ['maps without a length', 'bf616101616202ff', { a: 1, b: 2 }],
    ['bytes that are base64 as text', 'd642fbff', '+/8='],
    ['bytes that are base64 for URLs as text', 'd542fbff', '-_8'],
    ['bytes that are hexadecimal as text', 'd742fbff', 'fbff'],
    ['times as seconds', 'c11a514b67b0', '2013-03-21T20:04:00Z'],
    ['times with a fraction', 'c1fb41d452d9ec200000', '2013-03-21T20:04:00.5Z'],
    ['what has a tag that nobody knows', 'd820626162', 'ab'],
    ['maps in the order of their keys', 'a2416202416101', { a: 1, b: 2 }],
    ['keys that are dangerous names', 'a1695f5f70726f746f5f5f01', JSON.parse('{"__proto__":1}')],
  ];
  for (const [name, encoding, value] of read) {
    it(`reads ${name}`, () => {
      const found = parseCbor(bytesOf(encoding));
      expect(JSON.stringify(found)).to.equal(JSON.stringify(value));
    });
  }

  const broken: readonly (readonly [name: string, encoding: string, why: string])[] = [
    ['nothing', '', 'EOF'],
    ['what is cut off', '8301', 'unexpected EOF'],
    ['what claims more than there is', '9bffffffffffffffff', 'unexpected EOF'],
    ['bytes that claim more than there are', '5b00ffffffffffffff', 'unexpected EOF'],
    ['more than one document', '0001', '1 bytes of extraneous data starting at index 1'],
    [
      'keys that are there twice',
      'a2416101416102',
      'found duplicate map key "a" at map element index 1',
    ],
    ['keys that are no text', 'a10101', 'invalid map key type'],
    ['NaN', 'f97e00', 'NaN'],
    ['infinity', 'f97c00', 'infinity'],
    ['undefined', 'f7', 'simple value 23 is not recognized'],
    ['numbers of any length', 'c249010000000000000000', 'bignum'],
    ['numbers beyond 64 bits', '1bffffffffffffffff', "overflows Go's int64"],
    ['text that is no UTF-8', '61ff', 'invalid UTF-8'],
    ['parts of another kind', '5f6161ff', 'wrong element type'],
    ['heads that are none', '1c', 'invalid additional information 28'],
    ['numbers without a length', '1f', 'invalid additional information 31'],
    ['a break that ends nothing', 'ff', 'unexpected "break" code'],
    ['a time that is bytes', 'c04161', 'tag number 0 must be followed by text string'],
    ['nesting without an end', '81'.repeat(100_000), 'exceeded max nested level'],
  ];
  for (const [name, encoding, why] of broken) {
    it(`refuses ${name}`, () => {
      expect(() => parseCbor(bytesOf(encoding)))
        .to.throw(why)
        .with.property('code', 400);
    });
  }

  it('writes objects as JSON has them, bytes as bytes, and names in the order of their encoding', () => {
    const object = {
      kind: 'ConfigMap',
      apiVersion: 'v1',
      metadata: {},
      binaryData: { a: '/w==' },
    };
    expect(hex(encodeCbor(object, configMap))).to.equal(
      [
        `${selfDescribed}a4`,
        `44${textHex('kind')}49${textHex('ConfigMap')}`,
        `48${textHex('metadata')}a0`,
        `4a${textHex('apiVersion')}42${textHex('v1')}`,
        `4a${textHex('binaryData')}a14161d641ff`,
      ].join(''),
    );
  });

  it('reads objects as JSON has them', () => {
    const object = { kind: 'ConfigMap', apiVersion: 'v1', metadata: {}, binaryData: { a: '/w==' } };
    const decoded = decodeCbor<KubernetesObject>(encodeCbor(object, configMap), configMap, kind);
    expect(decoded).to.deep.equal({ object, problems: [] });
  });

  it('tells fields that nobody knows', () => {
    const bytes = encodeCborValue({ kind: 'ConfigMap', apiVersion: 'v1', surprise: 1 });
    expect(decodeCbor(bytes, configMap, kind).problems).to.deep.equal(['unknown field "surprise"']);
  });

  const undetermined: readonly (readonly [name: string, value: JsonValue, why: string])[] = [
    [
      'a list',
      [1],
      'cannot unmarshal array into Go value of type v1.TypeMeta (cannot decode CBOR array to struct without toarray option)',
    ],
    ['text', 'a', 'cannot unmarshal byte string into Go value of type v1.TypeMeta'],
    ['a fraction', 1.5, 'cannot unmarshal primitives into Go value of type v1.TypeMeta'],
    [
      'a kind that is a number',
      { kind: -1 },
      'cannot unmarshal negative integer into Go struct field v1.TypeMeta.kind of type string',
    ],
  ];
  for (const [name, value, why] of undetermined)
    it(`refuses ${name} where an object should be`, () => {
      expect(() => decodeCbor(encodeCborValue(value), configMap, kind))
        .to.throw(
          `(must be of type ConfigMap): unable to determine group/version/kind: cbor: ${why}`,
        )
        .with.property('code', 400);
    });

  it('takes no key for another that is written otherwise', () => {
    const bytes = encodeCborValue({ Kind: 'Pod', apiVersion: 'v1' });
    expect(decodeCbor(bytes, configMap, kind).problems).to.deep.equal(['unknown field "Kind"']);
  });

  it('makes lists of items that exist', () => {
    const what = { kind: 'ConfigMapList', apiVersion: 'v1' };
    const item = { kind: 'ConfigMap', apiVersion: 'v1', metadata: { name: 'a' }, data: { b: 'c' } };
    const metadata = { resourceVersion: '7', remainingItemCount: 2, continue: 'd' };
    const { head, tail } = cborListFrame(what, metadata, 2);
    const bytes = encodeCborItem(item, configMap);
    const { kind: _, apiVersion: __, ...rest } = item;
    expect(hex(Buffer.concat([head, bytes, bytes, tail]))).to.equal(
      hex(encodeCborValue({ ...what, metadata, items: [rest, rest] })),
    );
  });

  it('makes lists that are null', () => {
    const { head, tail } = cborListFrame({ kind: 'L', apiVersion: 'v1' }, {}, undefined);
    expect(parseCbor(Buffer.concat([head, tail]))).to.have.property('items', null);
  });

  it('frames the events of a watch as documents', () => {
    const frame = cborWatchFrame('ADDED', encodeCborValue(1));
    expect(parseCbor(frame)).to.deep.equal({ type: 'ADDED', object: 1 });
    expect(hex(frame).startsWith(selfDescribed)).to.equal(true);
  });
});

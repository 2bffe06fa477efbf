import type { KubernetesObject } from '@keelson/api-machinery';
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

import { kindSchema, schemaOf } from '@keelson/kubernetes-api';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { normalize } from '../decode.ts';
import { parseProtobuf } from './decode-protobuf.ts';

// Messages written by hand: field(1, 'x') is field 1 with the bytes of 'x'; number(1, 5) is field 1 with the varint 5.
const bytesOf = (value: string | Uint8Array): Uint8Array =>
  typeof value === 'string' ? Buffer.from(value) : value;
const varint = (value: number): number[] =>
  value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(Math.floor(value / 128))];
const field = (id: number, value: string | Uint8Array): Buffer =>
  Buffer.concat([
    Buffer.from([...varint(id * 8 + 2), ...varint(bytesOf(value).length)]),
    bytesOf(value),
  ]);
const number = (id: number, value: number): Buffer =>
  Buffer.from([...varint(id * 8), ...varint(value)]);
const message = (...fields: readonly Uint8Array[]): Buffer => Buffer.concat(fields);
const envelope = (apiVersion: string, kind: string, raw: Uint8Array): Buffer =>
  message(
    Buffer.from('k8s\0'),
    field(1, message(field(1, apiVersion), field(2, kind))),
    field(2, raw),
  );

const schema = (group: string, version: string, kind: string) => {
  const found = kindSchema({ group, version, kind });
  if (found === undefined) throw new Error(`no ${kind}`);
  return found;
};
const decode = (apiVersion: string, kind: string, raw: Uint8Array): unknown => {
  const [group = '', version = ''] = apiVersion.includes('/')
    ? apiVersion.split('/')
    : ['', apiVersion];
  return parseProtobuf(envelope(apiVersion, kind, raw), schema(group, version, kind));
};
const entry = (key: string, value: string | Uint8Array): Buffer =>
  message(field(1, key), field(2, value));

describe('protobuf', () => {
  const cases: readonly {
    name: string;
    apiVersion: string;
    kind: string;
    raw: Uint8Array;
    value: object;
  }[] = [
    {
      name: 'has maps',
      apiVersion: 'v1',
      kind: 'ConfigMap',
      raw: message(field(2, entry('a', '1')), field(2, entry('b', ''))),
      value: { data: { a: '1', b: '' } },
    },
    {
      name: 'has managed fields that cannot be read',
      apiVersion: 'v1',
      kind: 'ConfigMap',
      raw: field(1, field(17, field(7, field(1, '{"f:data":{}} and more')))),
      value: { metadata: { managedFields: [{ fieldsV1: { unreadable: {} } }] } },
    },
    {
      name: 'has map entries without a value',
      apiVersion: 'v1',
      kind: 'ConfigMap',
      raw: field(2, field(1, 'a')),
      value: { data: { a: '' } },
    },
    {
      name: 'has bytes, which are base64 in JSON',
      apiVersion: 'v1',
      kind: 'ConfigMap',
      raw: field(3, entry('a', Buffer.from([0, 255]))),
      value: { binaryData: { a: 'AP8=' } },
    },
    {
      name: 'has map keys that are dangerous names',
      apiVersion: 'v1',
      kind: 'ConfigMap',
      raw: field(2, entry('__proto__', 'x')),
      value: { data: JSON.parse('{"__proto__":"x"}') as object },
    },
    {
      name: 'leaves out the zero values of what is no pointer',
      apiVersion: 'v1',
      kind: 'ConfigMap',
      raw: field(1, message(field(1, 'n'), field(2, ''), number(7, 0))),
      value: { metadata: { name: 'n' } },
    },
    {
      name: 'keeps the zero values of pointers',
      apiVersion: 'v1',
      kind: 'ConfigMap',
      raw: number(4, 0),
      value: { immutable: false },
    },
    {
      name: 'has times',
      apiVersion: 'v1',
      kind: 'ConfigMap',
      raw: field(1, field(8, message(number(1, 1_700_000_000), number(2, 0)))),
      value: { metadata: { creationTimestamp: '2023-11-14T22:13:20Z' } },
    },
    {
      name: 'leaves out the zero time',
      apiVersion: 'v1',
      kind: 'ConfigMap',
      raw: field(1, field(8, '')),
      value: { metadata: {} },
    },
    {
      name: 'has times with microseconds',
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      raw: field(2, field(4, message(number(1, 1_700_000_000), number(2, 5_000)))),
      value: { spec: { renewTime: '2023-11-14T22:13:20.000005Z' } },
    },
    {
      name: 'has quantities and embedded structs',
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      raw: field(
        2,
        message(field(1, entry('storage', field(1, '1Gi'))), field(2, field(3, field(1, '/p')))),
      ),
      value: { spec: { capacity: { storage: '1Gi' }, hostPath: { path: '/p' } } },
    },
    {
      name: 'has integers or strings',
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      raw: field(
        2,
        message(
          field(1, message(number(1, 0), number(2, 2), field(3, ''))),
          field(3, message(number(1, 1), number(2, 0), field(3, '50%'))),
        ),
      ),
      value: { spec: { minAvailable: 2, maxUnavailable: '50%' } },
    },
    {
      name: 'has negative integers',
      apiVersion: 'v1',
      kind: 'ConfigMap',
      raw: field(
        1,
        Buffer.from([0x50, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]),
      ),
      value: { metadata: { deletionGracePeriodSeconds: -1 } },
    },
    {
      name: 'has lists',
      apiVersion: 'v1',
      kind: 'ConfigMap',
      raw: field(1, message(field(14, 'a'), field(14, 'b'))),
      value: { metadata: { finalizers: ['a', 'b'] } },
    },
    {
      name: 'has messages in parts',
      apiVersion: 'v1',
      kind: 'ConfigMap',
      raw: message(
        field(1, message(field(1, 'n'), field(14, 'a'), field(11, entry('a', '1')))),
        field(1, message(field(14, 'b'), field(11, entry('b', '2')))),
      ),
      value: { metadata: { name: 'n', finalizers: ['a', 'b'], labels: { a: '1', b: '2' } } },
    },
    {
      name: 'has quantities, and numbers or texts, in parts',
      apiVersion: 'v1',
      kind: 'Pod',
      raw: field(
        2,
        field(
          2,
          message(
            field(8, field(1, message(field(1, 'cpu'), field(2, field(1, '1'))))),
            field(10, field(1, field(2, message(field(2, number(2, 80)), field(2, number(7, 1)))))),
          ),
        ),
      ),
      value: {
        spec: {
          containers: [
            { resources: { limits: { cpu: '1' } }, livenessProbe: { httpGet: { port: 80 } } },
          ],
        },
      },
    },
    {
      name: 'has keys that go on behind their entry, where what follows is read again',
      apiVersion: 'v1',
      kind: 'ConfigMap',
      raw: message(field(2, Buffer.from([0x0a, 2])), Buffer.from('88')),
      value: { data: { '88': '' } },
    },
    {
      name: 'has entries of whatever wire types',
      apiVersion: 'v1',
      kind: 'ConfigMap',
      raw: field(2, Buffer.from([0x0d, 1, 0x6b, 0x11, 1, 0x76])),
      value: { data: { k: 'v' } },
    },
    {
      name: 'has field numbers of 32 bits, whatever stands before them',
      apiVersion: 'v1',
      kind: 'ConfigMap',
      raw: message(
        Buffer.from([0x8a, 0x80, 0x80, 0x80, 0x80, 1, 3, 0x0a, 1, 0x6e]),
        // 2^29 + 1, which is not 1.
        Buffer.from([0x8a, 0x80, 0x80, 0x80, 0x10, 0]),
      ),
      value: { metadata: { name: 'n' } },
    },
    {
      name: 'passes over groups without a look at their numbers',
      apiVersion: 'v1',
      kind: 'ConfigMap',
      raw: Buffer.from([0x9b, 6, 0x00, 1, 0xa3, 6, 0x0c, 0x9c, 6]),
      value: {},
    },
    {
      name: 'passes over fields that nobody knows',
      apiVersion: 'v1',
      kind: 'ConfigMap',
      raw: message(
        number(99, 5),
        field(98, 'x'),
        Buffer.from([0xad, 6, 1, 2, 3, 4]),
        Buffer.from([0x9b, 6, 0x08, 1, 0x9b, 6, 0x9c, 6, 0x9c, 6]),
        field(2, entry('a', '1')),
      ),
      value: { data: { a: '1' } },
    },
  ];
  for (const { name, apiVersion, kind, raw, value } of cases) {
    it(name, () => {
      const [group = '', version = ''] = apiVersion.includes('/')
        ? apiVersion.split('/')
        : ['', apiVersion];
      const expected = normalize({ apiVersion, kind, ...value }, schema(group, version, kind));
      expect(decode(apiVersion, kind, raw)).to.deep.equal(expected);
    });
  }

  it('takes a body that does not say its kind for what is expected', () => {
    expect(
      parseProtobuf(envelope('', '', number(1, 7)), schemaOf('meta/v1.DeleteOptions')),
    ).to.deep.equal({ gracePeriodSeconds: 7 });
  });

  const broken: readonly { name: string; bytes: Uint8Array; message: string }[] = [
    { name: 'is not empty', bytes: Buffer.alloc(0), message: 'empty data' },
    {
      name: 'begins with its prefix',
      bytes: Buffer.from('{"kind":"ConfigMap"}'),
      message:
        'provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]',
    },
    {
      name: 'is not cut off',
      bytes: envelope('v1', 'ConfigMap', field(2, entry('a', 'b'))).subarray(0, -1),
      message: 'unexpected EOF',
    },
    {
      name: 'does not claim more than there is',
      bytes: envelope('v1', 'ConfigMap', Buffer.from([0x12, 0xff, 0xff, 0xff, 0xff, 0x0f])),
      message: 'unexpected EOF',
    },
    {
      name: 'has no numbers without an end',
      bytes: envelope(
        'v1',
        'ConfigMap',
        Buffer.from([0x20, ...Array.from<number>({ length: 11 }).fill(0xff)]),
      ),
      message: 'proto: integer overflow',
    },
    {
      name: 'has no field 0',
      bytes: envelope('v1', 'ConfigMap', Buffer.from([0])),
      message: 'proto: ConfigMap: illegal tag 0 (wire type 0)',
    },
    {
      name: 'has no groups without an end',
      bytes: envelope('v1', 'ConfigMap', Buffer.from([0x9b, 6])),
      message: 'unexpected EOF',
    },
    {
      name: 'has no groups that end before they begin',
      bytes: envelope('v1', 'ConfigMap', Buffer.from([0x9c, 6])),
      message: 'proto: ConfigMap: wiretype end group for non-group',
    },
    {
      name: 'has no entries that go beyond their message',
      bytes: envelope(
        'v1',
        'ConfigMap',
        message(field(2, Buffer.from([0x0a, 5])), Buffer.alloc(4)),
      ),
      message: 'unexpected EOF',
    },
    {
      name: 'has no wire types that are none',
      bytes: envelope('v1', 'ConfigMap', Buffer.from([0x9e, 6])),
      message: 'proto: illegal wireType 6',
    },
    {
      name: 'has no lengths below zero',
      bytes: envelope(
        'v1',
        'ConfigMap',
        Buffer.from([0x0a, ...Array.from<number>({ length: 9 }).fill(0xff), 1]),
      ),
      message: 'proto: negative length found during unmarshaling',
    },
    {
      name: 'has no field numbers below zero',
      bytes: envelope('v1', 'ConfigMap', Buffer.from([0x82, 0x80, 0x80, 0x80, 0x40])),
      message: 'proto: ConfigMap: illegal tag -2147483648 (wire type 17179869186)',
    },
    {
      name: 'has entries without groups that end',
      bytes: envelope('v1', 'ConfigMap', field(2, Buffer.from([0x1c]))),
      message: 'proto: unexpected end of group',
    },
    {
      name: 'has its message in the envelope',
      bytes: Buffer.concat([Buffer.from('k8s\0'), number(2, 1)]),
      message: 'proto: wrong wireType = 0 for field Raw',
    },
    {
      name: 'names fields as Go does',
      bytes: envelope('v1', 'ConfigMap', number(1, 1)),
      message: 'proto: wrong wireType = 0 for field ObjectMeta',
    },
    {
      name: 'has fields of their types',
      bytes: envelope('v1', 'ConfigMap', number(2, 1)),
      message: 'proto: wrong wireType = 0 for field Data',
    },
  ];
  for (const { name, bytes, message: text } of broken) {
    it(name, () => {
      expect(() => parseProtobuf(bytes, schema('', 'v1', 'ConfigMap')))
        .to.throw(text)
        .with.property('code', 400);
    });
  }

  it('is not nested without an end', () => {
    let props: Uint8Array = Buffer.alloc(0);
    for (let i = 0; i < 10_000; i++) props = field(28, props);
    const spec = field(7, field(4, field(1, props)));
    expect(() =>
      decode('apiextensions.k8s.io/v1', 'CustomResourceDefinition', field(2, spec)),
    ).to.throw('exceeded max depth');
  });
});

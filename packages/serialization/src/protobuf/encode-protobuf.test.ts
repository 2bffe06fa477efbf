import type { KubernetesObject } from '@keelson/api-machinery';
import { schemaOf } from '@keelson/kubernetes-api';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { decodeProtobuf } from './decode-protobuf.ts';
import { itemIn } from './envelope.ts';
import {
  encodeMessage,
  encodeProtobuf,
  protobufListFrame,
  protobufWatchFrame,
} from './encode-protobuf.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const textHex = (text: string): string => Buffer.from(text).toString('hex');

const configMap = schemaOf('core/v1.ConfigMap');
const configMapKind = { group: '', version: 'v1', kind: 'ConfigMap' };
const aConfigMap = (name: string, data: Record<string, string>) => ({
  kind: 'ConfigMap',
  apiVersion: 'v1',
  metadata: { name },
  data,
});

describe('protobuf encoding', () => {
  const cases: readonly { name: string; typeId: string; object: object; message: string }[] = [
    {
      name: 'writes what is no pointer although it is empty',
      typeId: 'core/v1.LocalObjectReference',
      object: {},
      message: '0a00',
    },
    {
      name: 'leaves out pointers that were not given',
      typeId: 'core/v1.SecurityContext',
      object: {},
      message: '',
    },
    {
      name: 'writes pointers to zero values',
      typeId: 'core/v1.SecurityContext',
      object: { privileged: false, runAsUser: 0 },
      message: '10002000',
    },
    {
      name: 'writes fields of embedded structs in a message of their own',
      typeId: 'core/v1.Volume',
      object: { name: 'v', emptyDir: {} },
      message: `0a01${textHex('v')}120412020a00`,
    },
    {
      name: 'writes the entries of maps in the order of their bytes',
      typeId: 'core/v1.ConfigMap',
      object: { metadata: null, data: { '\u{10000}': '', '\uffff': '' } },
      message: `${emptyMetadata()}12070a03efbfbf120012080a04f09080801200`,
    },
    {
      name: 'writes negative numbers as 64 bits',
      typeId: 'core/v1.Toleration',
      object: { tolerationSeconds: -1 },
      message: '0a0012001a00220028ffffffffffffffffff01',
    },
    {
      name: 'writes numbers of more than 32 bits',
      typeId: 'core/v1.Toleration',
      object: { tolerationSeconds: 2 ** 40 },
      message: '0a0012001a00220028808080808020',
    },
    {
      name: 'writes the largest number of 64 bits as itself',
      typeId: 'core/v1.Toleration',
      object: { tolerationSeconds: 2n ** 63n - 1n },
      message: '0a0012001a00220028ffffffffffffffff7f',
    },
    {
      name: 'writes integers or strings with all their parts',
      typeId: 'core/v1.HTTPGetAction',
      object: { port: 'http' },
      message: `0a00120a080110001a04${textHex('http')}1a002200`,
    },
    {
      name: 'writes times as seconds, and times with microseconds with their nanoseconds',
      typeId: 'coordination/v1.LeaseSpec',
      object: { acquireTime: '1970-01-01T00:00:01.000002Z' },
      message: '1a05080110d00f',
    },
    {
      name: 'writes text that is longer than most',
      typeId: 'core/v1.LocalObjectReference',
      object: { name: 'é'.repeat(100) },
      message: `0ac801${'c3a9'.repeat(100)}`,
    },
  ];
  for (const { name, typeId, object, message } of cases) {
    it(name, () => {
      expect(hex(encodeMessage(object, schemaOf(typeId)))).to.equal(message);
    });
  }

  it('writes an object in an envelope that says its kind', () => {
    const object = aConfigMap('a', { b: 'c' });
    const { object: read } = decodeProtobuf<KubernetesObject>(
      encodeProtobuf(object, configMap),
      configMap,
      configMapKind,
    );
    expect(read).to.deep.equal(object);
  });

  it('writes messages that are larger than its buffer', () => {
    const object = aConfigMap('a', { b: 'x'.repeat(1_000_000) });
    const { object: read } = decodeProtobuf<KubernetesObject>(
      encodeProtobuf(object, configMap),
      configMap,
      configMapKind,
    );
    expect(read).to.deep.equal(object);
  });

  for (const count of [0, 3, 2000]) {
    it(`writes a list of ${count} around its items as it writes it at once`, () => {
      const items = Array.from({ length: count }, (_, index) =>
        aConfigMap(`n${index}`, { key: 'x'.repeat(index) }),
      );
      const kind = { kind: 'ConfigMapList', apiVersion: 'v1' };
      const metadata = { resourceVersion: '7', continue: 'token', remainingItemCount: 5 };
      const written = items.map((item) => itemIn(encodeProtobuf(item, configMap)));
      const { head, tail } = protobufListFrame(kind, metadata, written);
      const whole = encodeProtobuf({ ...kind, metadata, items }, schemaOf('core/v1.ConfigMapList'));
      expect(hex(Buffer.concat([head, ...written, tail]))).to.equal(hex(whole));
    });
  }

  it('frames the events of a watch with their length', () => {
    const frame = protobufWatchFrame('ADDED', Buffer.from('document'));
    expect(hex(frame)).to.equal(`000000130a05${textHex('ADDED')}120a0a08${textHex('document')}`);
  });
});

/** The message of metadata that says nothing, as a config map's first field. */
function emptyMetadata(): string {
  const message = hex(encodeMessage({}, schemaOf('meta/v1.ObjectMeta')));
  expect(message).to.equal('0a0012001a0022002a00320038004200');
  return `0a10${message}`;
}

import { formatTime } from '@keelson/api-machinery';
import type { ScalarType } from '@keelson/kubernetes-api';
import { WireError, WireReader, wireTypes } from './wire.ts';

const utf8 = new TextDecoder();

/** Kubernetes wraps some of its scalars in messages: these are their fields, by number. */
function fieldsOf(bytes: Uint8Array): ReadonlyMap<number, bigint | Uint8Array> {
  const fields = new Map<number, bigint | Uint8Array>();
  const reader = new WireReader(bytes);
  while (!reader.done) {
    const { field, wireType } = reader.tag();
    if (wireType === wireTypes.varint) fields.set(field, reader.varint());
    else if (wireType === wireTypes.bytes) fields.set(field, reader.bytes());
    else reader.skip(wireType);
  }
  return fields;
}

const integerOf = (value: bigint | Uint8Array | undefined): number =>
  typeof value === 'bigint' ? Number(BigInt.asIntN(64, value)) : 0;
const bytesOf = (value: bigint | Uint8Array | undefined): Uint8Array =>
  value instanceof Uint8Array ? value : new Uint8Array();

/** Undefined for the time that Go calls zero. */
function timeOf(bytes: Uint8Array, micro: boolean): string | undefined {
  const fields = fieldsOf(bytes);
  const seconds = integerOf(fields.get(1));
  const nanos = integerOf(fields.get(2));
  if (seconds === 0 && nanos === 0) return undefined;
  const text = formatTime(seconds * 1000);
  return micro
    ? text.replace(/Z$/, `.${String(Math.floor(nanos / 1000)).padStart(6, '0')}Z`)
    : text;
}

function jsonOf(bytes: Uint8Array): unknown {
  const raw = bytesOf(fieldsOf(bytes).get(1));
  if (raw.length === 0) return undefined;
  try {
    return JSON.parse(utf8.decode(raw));
  } catch {
    throw new WireError('a field that holds JSON does not');
  }
}

function intOrStringOf(bytes: Uint8Array): number | string {
  const fields = fieldsOf(bytes);
  return integerOf(fields.get(1)) === 0
    ? integerOf(fields.get(2))
    : utf8.decode(bytesOf(fields.get(3)));
}

const readers: Readonly<
  Record<
    Exclude<ScalarType, 'int32' | 'int64' | 'boolean' | 'double'>,
    (bytes: Uint8Array) => unknown
  >
> = {
  string: (bytes) => utf8.decode(bytes),
  bytes: (bytes) =>
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'),
  time: (bytes) => timeOf(bytes, false),
  microtime: (bytes) => timeOf(bytes, true),
  quantity: (bytes) => utf8.decode(bytesOf(fieldsOf(bytes).get(1))),
  intorstring: intOrStringOf,
  raw: jsonOf,
  fieldsv1: jsonOf,
  json: jsonOf,
};

/** A scalar as JSON has it. Undefined for what Go's zero value stands for nothing. */
export function readScalar(type: ScalarType, wireType: number, reader: WireReader): unknown {
  if (type === 'double') {
    expectWireType(wireType, wireTypes.fixed64);
    return reader.double();
  }
  if (type === 'boolean' || type === 'int32' || type === 'int64') {
    expectWireType(wireType, wireTypes.varint);
    const value = reader.varint();
    if (type === 'boolean') return value !== 0n;
    return Number(BigInt.asIntN(type === 'int32' ? 32 : 64, value));
  }
  expectWireType(wireType, wireTypes.bytes);
  return readers[type](reader.bytes());
}

export function expectWireType(wireType: number, expected: number): void {
  if (wireType !== expected) throw new WireError(`proto: wrong wireType = ${wireType}`);
}

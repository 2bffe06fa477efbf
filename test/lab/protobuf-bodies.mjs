// Bodies in protobuf for protobuf.mjs: whole ones, ones that are damaged by hand, each in one way, and a way to damage them at random.

/** Protobuf by hand. */
const bytes = (...parts) =>
  Buffer.concat(parts.map((part) => (typeof part === 'number' ? varint(part) : Buffer.from(part))));
function varint(value) {
  const digits = [];
  let left = BigInt.asUintN(64, BigInt(value));
  for (; left >= 0x80n; left >>= 7n) digits.push(Number(left & 0x7fn) | 0x80);
  return Buffer.from([...digits, Number(left)]);
}
export const field = (number, content) =>
  bytes(varint(number * 8 + 2), varint(Buffer.from(content).length), content);
export const number = (of, value) => bytes(varint(of * 8), varint(value));
export const hex = (text) => Buffer.from(text.replaceAll(' ', ''), 'hex');
export const envelope = (kind, raw, apiVersion = 'v1') =>
  bytes('k8s\0', field(1, bytes(field(1, apiVersion), field(2, kind))), field(2, raw));
export const named = (name) => field(1, field(1, name));

export const largest = 2n ** 63n - 1n;
const container = {
  name: 'c',
  image: 'i',
  ports: [{ containerPort: 80, name: 'http', protocol: 'TCP' }],
  env: [{ name: 'A', value: 'é' }],
  resources: { limits: { cpu: '500m', memory: '1Gi' }, requests: { cpu: '0.1' } },
  livenessProbe: { httpGet: { path: '/', port: 'http' }, terminationGracePeriodSeconds: largest },
};
export const pod = {
  kind: 'Pod',
  apiVersion: 'v1',
  metadata: { name: 'p', labels: { a: 'b', c: 'd' }, annotations: { e: 'f' }, generation: largest },
  spec: {
    automountServiceAccountToken: false,
    terminationGracePeriodSeconds: 9007199254740993n,
    containers: [container],
    volumes: [{ name: 'v', emptyDir: { sizeLimit: '1Gi' } }],
    tolerations: [
      { key: 'k', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: -9007199254740993n },
    ],
    securityContext: { supplementalGroups: [1, 2147483647], runAsUser: 5 },
  },
};
export const configMap = {
  kind: 'ConfigMap',
  apiVersion: 'v1',
  metadata: { name: 'c', creationTimestamp: '2026-11-25T00:00:00Z', finalizers: ['a.b/c'] },
  data: { a: '1', b: '' },
  binaryData: { d: 'AAE=' },
  immutable: false,
};

/** Messages of config maps: metadata is 1, data 2, binaryData 3, immutable 4. */
export const configMaps = {
  nothing: '',
  'a name': named('n'),
  'metadata that is a number': number(1, 5),
  'data that is a number': number(2, 5),
  'immutable that is text': field(4, 'x'),
  'immutable of eight bytes': hex('21 0000000000000001'),
  'immutable of four bytes': hex('25 00000001'),
  'immutable of many bits': bytes(named('n'), hex('20 8080808080808080807e')),
  'immutable of too many bits': hex('20 ffffffffffffffffffff01'),
  'immutable of too many bits, cut off': hex('20 ffffffffffffffffffff'),
  'immutable cut off': hex('20 ff'),
  'immutable twice': bytes(named('n'), number(4, 1), number(4, 0)),
  'field 0': hex('00 00'),
  'field 0 with a length': hex('02 01 41'),
  'a negative field': bytes(hex('8280808078'), 'x'),
  'field 1 beyond 32 bits': bytes(hex('8a 80 80 80 80 01'), 3, hex('0a 01 6e')),
  'field 2^29 + 1': bytes(named('n'), varint((2 ** 29 + 1) * 8), 1),
  'the largest field': bytes(named('n'), varint((2 ** 31 - 1) * 8), 1),
  'a tag of 64 bits': bytes(hex('ffffffffffffffffff01')),
  'a tag of 64 bits that are even': bytes(hex('f8ffffffffffffffff01')),
  'a tag that is too long': hex('ffffffffffffffffffffff01'),
  'a tag that is cut off': hex('8a'),
  'a group that ends': hex('0c'),
  'a group of nobody that ends': hex('9c06'),
  'a group for metadata': hex('0b 0c'),
  'a group of nobody': bytes(named('n'), hex('9b06 08 01 9c06')),
  'groups in a group': bytes(named('n'), hex('9b06 a306 9c06 08 01 0c')),
  'a group with a field 0': bytes(named('n'), hex('9b06 00 01 9c06')),
  'a group with all types': bytes(
    named('n'),
    hex('9b06 0801 09 0000000000000000 0a0141 0d 00000000 9c06'),
  ),
  'a group with a type that is none': hex('9b06 0e 9c06'),
  'a group with a length that is too long': hex('9b06 0a7f 9c06'),
  'a group with eight bytes that are cut off': hex('9b06 09 00'),
  'a group without an end': hex('9b06'),
  'wire type 6': hex('9e06'),
  'wire type 7 for metadata': hex('0f'),
  'unknown numbers': bytes(
    named('n'),
    number(99, 5),
    field(98, 'x'),
    hex('ad06 01020304'),
    hex('a906 0102030405060708'),
  ),
  'an unknown number that is cut off': hex('9806 ff'),
  'an unknown number that is too long': hex('9806 ffffffffffffffffffffff01'),
  'unknown eight bytes that are cut off': hex('a906 01'),
  'unknown four bytes that are cut off': hex('ad06 01'),
  'unknown text that is cut off': hex('9a06 05 41'),
  'unknown text of a negative length': hex('9a06 ffffffffffffffffff01'),
  'metadata of a negative length': hex('0a ffffffffffffffffff01'),
  'metadata of the largest length': hex('0a ffffffffffffffff7f'),
  'metadata of a large length': hex('0a ffffffff0f'),
  'metadata cut off': hex('0a 05 0a'),
  'a name that goes beyond metadata': hex('0a 02 0a 05 41 41 41 41 41'),
  'metadata in parts': bytes(
    named('n'),
    field(1, bytes(field(5, 'u'), field(11, bytes(field(1, 'a'), field(2, 'b'))))),
    field(1, field(14, 'x.y/z')),
    field(1, field(14, 'x.y/z2')),
  ),
  'a name twice': bytes(named('n'), named('m')),
  'a name that is no UTF-8': field(1, field(1, hex('ff'))),
  'a label that is no UTF-8': field(
    1,
    bytes(field(1, 'n'), field(11, bytes(field(1, 'a'), field(2, hex('61c3'))))),
  ),
  'an annotation that is no UTF-8': field(
    1,
    bytes(
      field(1, 'n'),
      field(
        12,
        bytes(field(1, 'a'), field(2, hex('61c328e28261f0908d41ed a0 80 fe'.replaceAll(' ', '')))),
      ),
    ),
  ),
  'data that is no UTF-8': bytes(named('n'), field(2, bytes(field(1, 'a'), field(2, hex('80'))))),
  'a key that is no UTF-8': bytes(named('n'), field(2, bytes(field(1, hex('ff')), field(2, 'a')))),
  'a time that is empty': field(1, bytes(field(1, 'n'), field(9, ''))),
  'a time of zero': field(1, bytes(field(1, 'n'), field(9, number(1, -62135596800)))),
  'a time that is a number': field(1, number(9, 0)),
  'a time with text for seconds': field(1, field(9, field(1, 'x'))),
  'a time with text for nanoseconds': field(1, field(9, field(2, 'x'))),
  'a time with more': field(1, bytes(field(1, 'n'), field(9, bytes(number(1, 5), number(9, 9))))),
  'a time with field 0': field(1, field(9, hex('00 00'))),
  'a deletion grace that is text': field(1, field(10, 'x')),
  'an owner without anything': field(1, bytes(field(1, 'n'), field(13, ''))),
  'an owner whose controller is text': field(1, field(13, field(6, 'x'))),
  'managed fields that are none': field(
    1,
    bytes(field(1, 'n'), field(17, field(7, field(1, '{"f:data":{}} and more')))),
  ),
  'managed fields that are a number': field(1, field(17, field(7, number(1, 1)))),
  'an entry without anything': bytes(named('n'), field(2, '')),
  'an entry without a key': bytes(named('n'), field(2, field(2, 'x'))),
  'an entry without a value': bytes(named('n'), field(2, field(1, 'x'))),
  'an entry backwards': bytes(named('n'), field(2, bytes(field(2, 'v'), field(1, 'k')))),
  'an entry with two keys': bytes(
    named('n'),
    field(2, bytes(field(1, 'k'), field(1, 'l'), field(2, 'v'))),
  ),
  'two entries of a key': bytes(
    named('n'),
    field(2, bytes(field(1, 'k'), field(2, 'v'))),
    field(2, bytes(field(1, 'k'), field(2, 'w'))),
  ),
  'an entry whose key is a number': bytes(named('n'), field(2, number(1, 5))),
  'an entry whose key has another type': bytes(named('n'), field(2, hex('0d 01 6b 12 01 76'))),
  'an entry whose value has another type': bytes(named('n'), field(2, hex('0a 01 6b 11 01 76'))),
  'an entry whose key goes beyond it': bytes(named('n'), field(2, hex('0a 02')), hex('38 38')),
  'an entry whose key goes beyond all': bytes(named('n'), field(2, hex('0a 50'))),
  'an entry whose key is negative': field(2, hex('0a ffffffffffffffffff01')),
  'an entry with more': bytes(
    named('n'),
    field(2, bytes(field(1, 'k'), number(3, 1), field(2, 'v'))),
  ),
  'an entry with more that goes beyond it': bytes(
    named('n'),
    field(2, hex('0a 01 6b 1a 02 41')),
    hex('12 00'),
  ),
  'an entry with field 0': bytes(named('n'), field(2, hex('00 01 0a 01 6b'))),
  'an entry with a group': bytes(named('n'), field(2, hex('1b 08 01 1c 0a 01 6b'))),
  'an entry with a group that ends': field(2, hex('1c')),
  'an entry with a type that is none': field(2, hex('1e')),
  'an entry cut off': hex('12 05 0a'),
  'an entry with field 1 beyond 32 bits': bytes(named('n'), field(2, hex('8a8080808001 01 6b'))),
  'binary data without a value': bytes(named('n'), field(3, field(1, 'x'))),
  'binary data that is empty': bytes(named('n'), field(3, bytes(field(1, 'x'), field(2, '')))),
  'binary data whose value is a number': bytes(
    named('n'),
    field(3, bytes(field(1, 'x'), number(2, 0))),
  ),
};

/** Messages of pods: metadata is 1, spec 2; containers of spec is 2, volumes 1. */
const inSpec = (...parts) => bytes(named('n'), field(2, bytes(number(21, 0), ...parts)));
const inContainer = (...parts) => inSpec(field(2, bytes(field(1, 'c'), field(2, 'i'), ...parts)));
const limits = (...parts) => inContainer(field(8, field(1, bytes(field(1, 'cpu'), ...parts))));
const port = (...parts) => inContainer(field(10, field(1, field(2, field(2, bytes(...parts))))));
export const pods = {
  'spec twice': bytes(
    inContainer(),
    field(2, number(4, 7)),
    field(2, field(2, bytes(field(1, 'd'), field(2, 'i')))),
  ),
  'grace that is text': inSpec(field(4, 'x')),
  'grace of 64 bits':
    inContainer().length > 0 && bytes(inContainer(), field(2, number(4, largest))),
  'grace of the least': bytes(inContainer(), field(2, number(4, -(2n ** 63n)))),
  'priority of more than 32 bits': bytes(inContainer(), field(2, number(25, 2n ** 32n + 7n))),
  'host network of a large number': bytes(inContainer(), field(2, number(11, 2n ** 60n))),
  'groups in a row': bytes(
    inContainer(),
    field(2, field(14, field(4, bytes(varint(1), varint(2))))),
  ),
  'groups one by one': bytes(inContainer(), field(2, field(14, bytes(number(4, 1), number(4, 2))))),
  'groups of eight bytes': inSpec(field(14, hex('21 0000000000000001'))),
  'groups in a row that is cut off': inSpec(field(14, field(4, hex('ff')))),
  'groups in a row that goes beyond its end': bytes(
    inContainer(),
    field(2, field(14, bytes(field(4, hex('81')), hex('0a 00')))),
  ),
  'a container that is a number': inSpec(number(2, 1)),
  'a container twice': bytes(inContainer(), inContainer()),
  'ports that are numbers': inContainer(number(6, 5)),
  'a host port that is text': inContainer(field(6, field(2, 'x'))),
  'a quantity': limits(field(2, field(1, '0.5'))),
  'a quantity of nothing': limits(field(2, '')),
  'a quantity without a value': limits(),
  'a quantity that is empty': limits(field(2, field(1, ''))),
  'a quantity that is none': limits(field(2, field(1, 'x'))),
  'a quantity that is a number': limits(field(2, number(1, 1))),
  'a quantity with field 0': limits(field(2, hex('00 00'))),
  'a quantity with more': limits(field(2, bytes(field(1, '1'), number(7, 7)))),
  'a quantity whose value is another': limits(number(2, 1)),
  'a quantity twice': limits(field(2, field(1, '1')), field(2, '')),
  'a port of nothing': port(''),
  'a port by number': port(number(2, 80)),
  'a port by name': port(number(1, 1), field(3, 'http')),
  'a port by a name that does not count': port(number(2, 80), field(3, 'http')),
  'a port in parts': bytes(
    port(number(1, 1)).subarray(0, 0),
    inContainer(
      field(10, field(1, field(2, bytes(field(2, number(1, 1)), field(2, field(3, 'http')))))),
    ),
  ),
  'a port whose number is text': port(field(2, 'x')),
  'a port whose name is a number': port(number(3, 1)),
  'a port whose type is text': port(field(1, 'x')),
  'a volume with two sources': bytes(
    inContainer(),
    field(2, field(1, bytes(field(1, 'v'), field(2, bytes(field(1, ''), field(2, '')))))),
  ),
  'a volume whose source is a number': inSpec(field(1, number(2, 1))),
  'a volume whose source has field 0': inSpec(field(1, field(2, hex('00 00')))),
  'a volume whose source comes in parts': bytes(
    inContainer(),
    field(
      2,
      field(
        1,
        bytes(
          field(1, 'v'),
          field(2, field(2, field(1, 'Memory'))),
          field(2, field(2, field(2, field(1, '1Gi')))),
        ),
      ),
    ),
  ),
  'a host path that is a number': inSpec(field(1, field(2, number(1, 1)))),
  'an environment that is text': inContainer(number(7, 1)),
};

/** What stands around a message. */
const raw = named('n');
export const envelopes = {
  empty: '',
  'the prefix': 'k8s\0',
  'part of the prefix': 'k8s',
  JSON: '{"metadata":{"name":"n"}}',
  'no kind': bytes('k8s\0', field(2, raw)),
  'no message': bytes('k8s\0', field(1, bytes(field(1, 'v1'), field(2, 'ConfigMap')))),
  'kind alone': bytes('k8s\0', field(1, field(2, 'ConfigMap')), field(2, raw)),
  'version alone': bytes('k8s\0', field(1, field(1, 'v1')), field(2, raw)),
  'another kind': envelope('Pod', raw),
  'another kind, broken': envelope('Pod', hex('00')),
  'an unknown kind': envelope('Nothing', raw),
  'another version': envelope('ConfigMap', raw, 'v2'),
  'another group': envelope('ConfigMap', raw, 'apps/v1'),
  'a version that is none': envelope('ConfigMap', raw, 'a/b/c'),
  'the type twice': bytes(
    'k8s\0',
    field(1, field(1, 'v1')),
    field(1, field(2, 'ConfigMap')),
    field(2, raw),
  ),
  'the message twice': bytes(envelope('ConfigMap', hex('00')), field(2, raw)),
  'an encoding': bytes(envelope('ConfigMap', raw), field(3, 'gzip'), field(4, 'application/json')),
  more: bytes(envelope('ConfigMap', raw), number(9, 9)),
  'a type that is a number': bytes('k8s\0', number(1, 1)),
  'a message that is a number': bytes('k8s\0', number(2, 1)),
  'an encoding that is a number': bytes('k8s\0', number(3, 1)),
  'a content type that is a number': bytes('k8s\0', number(4, 1)),
  'a version that is a number': bytes('k8s\0', field(1, number(1, 1))),
  'a kind that is a number': bytes('k8s\0', field(1, number(2, 1))),
  'a type with field 0': bytes('k8s\0', field(1, hex('00 00'))),
  'field 0': bytes('k8s\0', hex('00 00')),
  'a group that ends': bytes('k8s\0', hex('0c')),
  'a type with a group that ends': bytes('k8s\0', field(1, hex('0c'))),
  'a type that is cut off': bytes('k8s\0', hex('0a 05 0a')),
  'a message that is cut off': bytes('k8s\0', hex('12 05 0a')),
  'a message of a negative length': bytes('k8s\0', hex('12 ffffffffffffffffff01')),
  'a kind that is no UTF-8': bytes(
    'k8s\0',
    field(1, bytes(field(1, 'v1'), field(2, hex('ff')))),
    field(2, raw),
  ),
};

/** The same numbers for the same seed. */
export function seeded(seed) {
  let state = seed >>> 0;
  return (limit) => {
    // xorshift
    state ^= state << 13;
    state ^= state >>> 17;
    state = (state ^ (state << 5)) >>> 0;
    return state % limit;
  };
}

export function damaged(whole, below) {
  let copy = Buffer.from(whole);
  for (let count = 1 + below(3); count > 0 && copy.length > 0; count--) {
    const [from, to] = [below(copy.length + 1), below(copy.length + 1)].sort((a, b) => a - b);
    const way = below(6);
    if (way === 0) copy[below(copy.length)] = below(256);
    else if (way === 1) copy[below(copy.length)] ^= 1 << below(8);
    else if (way === 2) copy = Buffer.concat([copy.subarray(0, from), copy.subarray(to)]);
    else if (way === 3) copy = Buffer.concat([copy.subarray(0, to), copy.subarray(from)]);
    else if (way === 4) copy = copy.subarray(0, to);
    else
      copy = Buffer.concat([copy.subarray(0, from), varint(below(2 ** 31)), copy.subarray(from)]);
  }
  return copy;
}

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { convert, decode, encode, type AnyObject, type Encoding } from './codec.ts';

const encodings: readonly Encoding[] = ['json', 'yaml', 'protobuf', 'cbor'];
const bytesOf = (text: string): Uint8Array => Buffer.from(text);
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

const configMap = {
  data: { b: '2', a: '<' },
  kind: 'ConfigMap',
  apiVersion: 'v1',
  metadata: { name: 'one' },
};
const json =
  '{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"one"},"data":{"a":"\\u003c","b":"2"}}';
const custom = { apiVersion: 'example.com/v1', kind: 'Thing', spec: { b: 1.5, a: [true, null] } };

describe('the codec', () => {
  it('writes an object as Go does', () => {
    expect(textOf(encode(configMap, 'json'))).to.equal(json);
  });

  for (const from of encodings)
    for (const to of encodings)
      it(`converts ${from} to ${to}`, () => {
        const converted = convert(encode(configMap, from), from, to);
        expect(textOf(converted)).to.equal(textOf(encode(configMap, to)));
      });

  for (const encoding of encodings.filter((one) => one !== 'protobuf'))
    it(`keeps objects of kinds that are not built in: ${encoding}`, () => {
      expect(decode(encode(custom, encoding), encoding)).to.deep.equal(custom);
    });

  for (const encoding of encodings)
    it(`keeps the largest number of 64 bits: ${encoding}`, () => {
      const spec = '"spec":{"containers":null,"terminationGracePeriodSeconds":9223372036854775807}';
      const pod = `{"kind":"Pod","apiVersion":"v1","metadata":{},${spec},"status":{}}`;
      const there = convert(bytesOf(pod), 'json', encoding);
      expect(textOf(convert(there, encoding, 'json'))).to.equal(pod);
    });

  const broken: readonly (readonly [name: string, run: () => unknown, why: string])[] = [
    ['protobuf of a kind that is not built in', () => encode(custom, 'protobuf'), 'no protobuf'],
    [
      'text for a number',
      () => decode(bytesOf('{"kind":"Pod","apiVersion":"v1","spec":{"priority":"x"}}'), 'json'),
      'priority',
    ],
    ['what is no object', () => decode(bytesOf('[]'), 'json'), 'an object is needed'],
    ['what is no JSON', () => decode(bytesOf('{'), 'json'), 'unexpected end of JSON input'],
    ['what is no YAML', () => decode(bytesOf('a: ['), 'yaml'), ''],
    ['what is no protobuf', () => decode(bytesOf('{}'), 'protobuf'), 'expected prefix'],
    ['what is no CBOR', () => decode(bytesOf('{}'), 'cbor'), 'unexpected EOF'],
  ];
  for (const [name, run, why] of broken) {
    it(`refuses ${name}`, () => {
      expect(run).to.throw(why).with.property('code', 400);
    });
  }

  it('takes an object of any type that has a kind', () => {
    const object: AnyObject = decode(bytesOf('kind: Pod\napiVersion: v1\n'), 'yaml');
    expect(object.kind).to.equal('Pod');
  });

  it('imports nothing of Node', () => {
    const seen = new Set<string>();
    const nodeImports = visit(fileURLToPath(new URL('codec.js', import.meta.url)), seen);
    expect(seen.size).to.be.greaterThan(30);
    expect(nodeImports).to.deep.equal([]);
  });
});

/** What a module, and all that it imports, imports of Node. */
function visit(file: string, seen: Set<string>): string[] {
  if (seen.has(file) || !/\.m?js$/.test(file)) return [];
  seen.add(file);
  const specifiers = [
    ...readFileSync(file, 'utf8').matchAll(
      /^(?:import|export)\s(?:[\w\s{},*$]+\sfrom\s)?['"]([^'"]+)['"]/gm,
    ),
  ].map(([, specifier = '']) => specifier);
  const { resolve } = createRequire(file);
  return specifiers.flatMap((specifier) => {
    if (specifier.startsWith('node:')) return [`${file}: ${specifier}`];
    const next = specifier.startsWith('.')
      ? fileURLToPath(new URL(specifier, pathToFileURL(file)))
      : resolve(specifier);
    return visit(next, seen);
  });
}

import type { JsonValue } from '@keelson/api-machinery';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { pathsOf } from './field-set.ts';
import { customResourceSchema, openApiSchema, type OpenApi } from './openapi-schema.ts';
import { ownedFields } from './owned-fields.ts';
import { pathText } from './step.ts';
import { validate } from './validate.ts';

const text: OpenApi = { type: 'string' };
const object = (properties: Record<string, OpenApi>, more: OpenApi = {}): OpenApi => ({
  type: 'object',
  properties,
  ...more,
});
const list = (items: OpenApi, more: OpenApi = {}): OpenApi => ({ type: 'array', items, ...more });
const owned = (schema: ReturnType<typeof openApiSchema>, value: JsonValue): string[] =>
  [...pathsOf(ownedFields(value, schema))].map(pathText);

describe('An OpenAPI schema', () => {
  const keyed: OpenApi = { 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['a'] };
  const rows: readonly (readonly [
    what: string,
    openApi: OpenApi,
    value: JsonValue,
    owned: readonly string[],
  ])[] = [
    ['of a struct', object({ a: text }), { a: '1' }, ['.a']],
    [
      'of an atomic struct',
      object({ a: object({ b: text }, { 'x-kubernetes-map-type': 'atomic' }) }),
      { a: { b: '1' } },
      ['.a'],
    ],
    ['of a map', { type: 'object', additionalProperties: text }, { x: '1' }, ['.x']],
    ['of a list', object({ a: list(text) }), { a: ['1'] }, ['.a']],
    [
      'of a set',
      object({ a: list(text, { 'x-kubernetes-list-type': 'set' }) }),
      { a: ['1'] },
      ['.a[="1"]'],
    ],
    [
      'of a list by keys',
      object({ l: list(object({ a: text, b: text }), keyed) }),
      { l: [{ a: '1', b: '2' }] },
      ['.l[a="1"]', '.l[a="1"].a', '.l[a="1"].b'],
    ],
    [
      'of keys with defaults',
      object({ l: list(object({ a: { ...text, default: 'd' }, b: text }), keyed) }),
      { l: [{ b: '2' }] },
      ['.l[a="d"]', '.l[a="d"].b'],
    ],
    ['of anything', object({ a: {} }), { a: { b: { c: 1 }, d: [1] } }, ['.a.b', '.a.d', '.a.b.c']],
    [
      'of an object of which nothing is said',
      object({ a: { type: 'object' } }),
      { a: { b: 1 } },
      ['.a.b'],
    ],
    [
      'that keeps what is unknown',
      object({ a: text }, { 'x-kubernetes-preserve-unknown-fields': true }),
      { z: { y: 1 } },
      ['.z', '.z.y'],
    ],
    [
      'that holds an object',
      object({ o: object({}, { 'x-kubernetes-embedded-resource': true }) }),
      { o: { kind: 'K', metadata: { finalizers: ['x'] } } },
      ['.o.kind', '.o.metadata.finalizers[="x"]'],
    ],
  ];
  for (const [what, openApi, value, paths] of rows) {
    it(`${what} says what is owned`, () => {
      const schema = openApiSchema(openApi);
      expect(() => validate(value, schema)).to.not.throw();
      expect(owned(schema, value)).to.deep.equal(paths);
    });
  }

  const refused: readonly (readonly [value: JsonValue, message: string])[] = [
    [{ b: '1' }, '.b: field not declared in schema'],
    [{ a: 1 }, '.a: expected string, got &value.valueUnstructured{Value:1}'],
    [{ n: '1' }, '.n: expected numeric (int or float), got string'],
    [{ t: ['1'] }, '.t: expected any scalar, got &{[1]}'],
  ];
  for (const [value, message] of refused) {
    it(`refuses ${JSON.stringify(value)}`, () => {
      const schema = openApiSchema(
        object({ a: text, n: { type: 'integer' }, t: { type: 'string', format: 'date-time' } }),
      );
      expect(() => validate(value, schema)).to.throw(message);
    });
  }

  it('of a custom resource knows what every object has', () => {
    const schema = customResourceSchema(object({ spec: object({ a: text }) }));
    const value = {
      apiVersion: 'v',
      kind: 'K',
      metadata: { labels: { l: '1' } },
      spec: { a: '1' },
    };
    expect(() => validate(value, schema)).to.not.throw();
    expect(owned(schema, value)).to.deep.equal([
      '.apiVersion',
      '.kind',
      '.metadata.labels.l',
      '.spec.a',
    ]);
  });

  it('may be missing', () => {
    expect(owned(customResourceSchema(), { spec: { a: { b: 1 } } })).to.deep.equal([
      '.spec',
      '.spec.a',
      '.spec.a.b',
    ]);
  });
});

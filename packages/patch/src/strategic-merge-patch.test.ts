import type { JsonValue } from '@keelson/api-machinery';
import { schemaOf } from '@keelson/kubernetes-api';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { strategicMergePatch } from './strategic-merge-patch.ts';
import { isPolluted, nested, outcome } from './testing/patch-outcome.ts';

const schema = schemaOf('core/v1.Pod');
const merged = (original: JsonValue, patch: JsonValue): JsonValue =>
  outcome(() => strategicMergePatch(original, patch, schema).merged);

interface Row {
  readonly name: string;
  readonly original: JsonValue;
  readonly patch: JsonValue;
  readonly makes: JsonValue;
}

const a = { name: 'a', image: 'a:1' };
const b = { name: 'b', image: 'b:1' };
const c = { name: 'c', image: 'c:1' };
const containers = (...items: JsonValue[]) => ({ spec: { containers: items } });
const finalizers = (...items: string[]) => ({ metadata: { finalizers: items } });
const tolerations = (...items: JsonValue[]) => ({ spec: { tolerations: items } });

const fields: readonly Row[] = [
  {
    name: 'sets',
    original: {},
    patch: { spec: { nodeName: 'n' } },
    makes: { spec: { nodeName: 'n' } },
  },
  {
    name: 'removes by null',
    original: { spec: { nodeName: 'n', hostname: 'h' } },
    patch: { spec: { nodeName: null } },
    makes: { spec: { hostname: 'h' } },
  },
  {
    name: 'takes what is new without its nulls',
    original: {},
    patch: { spec: { nodeName: null, securityContext: { runAsUser: null } } },
    makes: { spec: { securityContext: {} } },
  },
  {
    name: 'merges maps',
    original: { metadata: { labels: { a: '1', b: '2' } } },
    patch: { metadata: { labels: { b: null, c: '3' } } },
    makes: { metadata: { labels: { a: '1', c: '3' } } },
  },
  {
    name: 'replaces a map by directive',
    original: { metadata: { labels: { a: '1' } } },
    patch: { metadata: { labels: { $patch: 'replace', b: '2' } } },
    makes: { metadata: { labels: { b: '2' } } },
  },
  {
    name: 'empties a map by directive',
    original: { metadata: { labels: { a: '1' } } },
    patch: { metadata: { labels: { $patch: 'delete' } } },
    makes: { metadata: { labels: {} } },
  },
  { name: 'that is null does nothing', original: containers(a), patch: null, makes: containers(a) },
  {
    name: 'does not know a directive',
    original: { metadata: { labels: {} } },
    patch: { metadata: { labels: { $patch: 'turn' } } },
    makes: '500: unknown patch type: turn in map: map[$patch:turn]',
  },
  {
    name: 'does not know a directive that is no text',
    original: { metadata: { labels: {} } },
    patch: { metadata: { labels: { $patch: 7 } } },
    makes: '500: unknown patch type: %!s(int64=7) in map: map[$patch:7]',
  },
  {
    name: 'does not know a directive of several',
    original: { metadata: { labels: {} } },
    patch: { metadata: { labels: { $patch: [null, 7, 'x'] } } },
    makes: '500: unknown patch type: [<nil> %!s(int64=7) x] in map: map[$patch:[<nil> 7 x]]',
  },
  {
    name: 'does not know no directive',
    original: { metadata: { labels: {} } },
    patch: { metadata: { labels: { $patch: null } } },
    makes: '500: unknown patch type: %!s(<nil>) in map: map[$patch:<nil>]',
  },
  {
    name: 'does not know a field that would merge',
    original: { spec: { surprise: { a: 1 } } },
    patch: { spec: { surprise: { b: 1 } } },
    makes: '500: unable to find api field in struct PodSpec for the json field "surprise"',
  },
];

const lists: readonly Row[] = [
  {
    name: 'merges items by their key',
    original: containers(a, b),
    patch: containers({ name: 'b', image: 'b:2' }, c),
    makes: containers(a, { name: 'b', image: 'b:2' }, c),
  },
  {
    name: 'merges lists in lists',
    original: containers({ ...a, ports: [{ containerPort: 80, name: 'http' }] }),
    patch: containers({
      name: 'a',
      ports: [{ containerPort: 80, name: 'web' }, { containerPort: 443 }],
    }),
    makes: containers({
      ...a,
      ports: [{ containerPort: 80, name: 'web' }, { containerPort: 443 }],
    }),
  },
  {
    name: 'deletes an item by directive',
    original: containers(a, b),
    patch: containers({ name: 'a', $patch: 'delete' }),
    makes: containers(b),
  },
  {
    name: 'deletes what is not there',
    original: containers(a),
    patch: containers({ name: 'x', $patch: 'delete' }),
    makes: containers(a),
  },
  {
    name: 'takes a new list without what it deletes',
    original: {},
    patch: containers(a, { name: 'b', $patch: 'delete' }),
    makes: containers(a),
  },
  {
    name: 'replaces a list by directive',
    original: containers(a, b),
    patch: containers({ $patch: 'replace' }, c),
    makes: containers(c),
  },
  {
    name: 'removes a list by null',
    original: containers(a),
    patch: { spec: { containers: null } },
    makes: { spec: {} },
  },
  {
    name: 'replaces lists without a key',
    original: tolerations({ key: 'a' }, { key: 'b' }),
    patch: tolerations({ key: 'c' }),
    makes: tolerations({ key: 'c' }),
  },
  {
    name: 'refuses an item without its key',
    original: containers(a),
    patch: containers({ image: 'x' }),
    makes: '500: map: map[image:x] does not contain declared merge key: name',
  },
  {
    name: 'refuses an item that is none',
    original: containers(a),
    patch: containers('x'),
    makes: '500: list element types are not identical: [[map[image:a:1 name:a]] [x]]',
  },
  {
    name: 'refuses to merge by directive',
    original: containers(a),
    patch: containers({ name: 'a', $patch: 'merge' }),
    makes: '500: merging lists cannot yet be specified in the patch',
  },
];

const orders: readonly Row[] = [
  {
    name: 'orders items',
    original: containers(a, b, c),
    patch: {
      spec: { '$setElementOrder/containers': [{ name: 'c' }, { name: 'b' }, { name: 'a' }] },
    },
    makes: containers(c, b, a),
  },
  {
    name: 'orders what it adds',
    original: containers(a, c),
    patch: {
      spec: {
        '$setElementOrder/containers': [{ name: 'a' }, { name: 'b' }, { name: 'c' }],
        containers: [b],
      },
    },
    makes: containers(a, b, c),
  },
  {
    name: 'keeps the place of what the order does not name',
    original: containers(a, b, c),
    patch: { spec: { '$setElementOrder/containers': [{ name: 'c' }, { name: 'a' }] } },
    makes: containers(b, c, a),
  },
  {
    name: 'puts what it adds where what it takes away made room, behind what it does not name',
    original: containers(c, b),
    patch: {
      spec: {
        '$setElementOrder/containers': [{ name: 'a' }, { name: 'c' }],
        containers: [a, { name: 'c', $patch: 'delete' }],
      },
    },
    makes: containers(b, a),
  },
  {
    name: 'orders scalars',
    original: finalizers('x/a', 'x/b'),
    patch: {
      metadata: { '$setElementOrder/finalizers': ['x/b', 'x/a'], finalizers: ['x/b', 'x/a'] },
    },
    makes: finalizers('x/b', 'x/a'),
  },
  {
    name: 'refuses an order that is no list',
    original: containers(a),
    patch: { spec: { '$setElementOrder/containers': 'a' } },
    makes: '500: expected a []interface {}, but received a string',
  },
];

const scalars: readonly Row[] = [
  {
    name: 'merges scalars as a set',
    original: finalizers('x/a', 'x/b'),
    patch: finalizers('x/b', 'x/c'),
    makes: finalizers('x/a', 'x/b', 'x/c'),
  },
  {
    name: 'deletes scalars by directive',
    original: finalizers('x/a', 'x/b'),
    patch: { metadata: { '$deleteFromPrimitiveList/finalizers': ['x/a', 'x/none'] } },
    makes: finalizers('x/b'),
  },
  {
    name: 'deletes from a list that is not there',
    original: { metadata: {} },
    patch: { metadata: { '$deleteFromPrimitiveList/finalizers': ['x/a'] } },
    makes: { metadata: {} },
  },
];

const volume = { name: 'v', hostPath: { path: '/x' } };
const unions: readonly Row[] = [
  {
    name: 'retains the keys that are named',
    original: { spec: { volumes: [volume] } },
    patch: { spec: { volumes: [{ name: 'v', $retainKeys: ['name', 'emptyDir'], emptyDir: {} }] } },
    makes: { spec: { volumes: [{ name: 'v', emptyDir: {} }] } },
  },
  {
    name: 'refuses to retain less than it sets',
    original: { spec: { volumes: [volume] } },
    patch: { spec: { volumes: [{ name: 'v', $retainKeys: ['name'], emptyDir: {} }] } },
    makes: '400: invalid patch format of retainKeys',
  },
  {
    name: 'refuses to retain what is no list',
    original: { spec: { volumes: [volume] } },
    patch: { spec: { volumes: [{ name: 'v', $retainKeys: 'name' }] } },
    makes: '400: invalid patch format of retainKeys',
  },
];

const strange: readonly Row[] = [
  {
    name: 'puts the last scalar in the place of one that is there twice',
    original: { metadata: { finalizers: ['x/a', 'x/b', 'x/a', 'x/c', 'x/d'] } },
    patch: { metadata: { finalizers: [] } },
    makes: { metadata: { finalizers: ['x/a', 'x/b', 'x/d', 'x/c'] } },
  },
  {
    name: 'keeps the order of scalars that are there twice when it adds one',
    original: { metadata: { finalizers: ['x/a', 'x/b', 'x/a', 'x/c', 'x/d'] } },
    patch: { metadata: { finalizers: ['x/e'] } },
    makes: { metadata: { finalizers: ['x/e', 'x/a', 'x/b', 'x/c', 'x/d'] } },
  },
  {
    name: 'looks for a key of items that have none once their order is given',
    original: { spec: { tolerations: [{ key: 'a' }] } },
    patch: { spec: { '$setElementOrder/tolerations': [], tolerations: [] } },
    makes: '500: map: map[key:a] does not contain declared merge key: ',
  },
  {
    name: 'takes __proto__ for a name',
    original: { metadata: { labels: {} } },
    patch: JSON.parse('{"metadata":{"labels":{"__proto__":"x"}}}'),
    makes: JSON.parse('{"metadata":{"labels":{"__proto__":"x"}}}'),
  },
  {
    name: 'refuses a document of text',
    original: 'x',
    patch: {},
    makes: '400: invalid JSON document',
  },
  {
    name: 'refuses a patch that is a list',
    original: {},
    patch: [],
    makes: '400: invalid JSON document',
  },
  {
    name: 'refuses a patch that is too deep',
    original: {},
    patch: { metadata: { annotations: nested(9000) } },
    makes: '422: what is nested deeper than 1000 levels cannot be patched',
  },
];

describe('Strategic merge patch', () => {
  for (const { name, original, patch, makes } of [
    ...fields,
    ...lists,
    ...orders,
    ...scalars,
    ...unions,
    ...strange,
  ]) {
    it(name, () => {
      const before = JSON.stringify([original, patch]);
      expect(merged(original, patch)).to.deep.equal(makes);
      expect(JSON.stringify([original, patch])).to.equal(before);
      expect(isPolluted()).to.equal(false);
    });
  }
});

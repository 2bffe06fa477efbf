import type { JsonValue } from '@keelson/api-machinery';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { leavesManagers } from './leaves-managers.ts';

describe('Managed fields', () => {
  const merge = 'application/merge-patch+json';
  const strategic = 'application/strategic-merge-patch+json';
  const json = 'application/json-patch+json';
  const rows: readonly (readonly [
    left: boolean,
    type: typeof merge | typeof strategic | typeof json,
    patch: JsonValue,
  ])[] = [
    [true, merge, { data: { a: '1' } }],
    [true, merge, { metadata: { labels: { managedFields: '1' } } }],
    [false, merge, { metadata: { managedFields: null } }],
    [false, merge, { metadata: null }],
    [false, merge, null],
    [true, strategic, { status: { $setElementOrder: [] } }],
    [false, strategic, { $patch: 'replace' }],
    [false, strategic, { $retainKeys: ['data'] }],
    [false, strategic, { metadata: { $patch: 'replace', name: 'a' } }],
    [false, strategic, { metadata: { '$setElementOrder/managedFields': [] } }],
    [true, json, [{ op: 'add', path: '/data/a', value: '1' }]],
    [true, json, [{ op: 'remove', path: '/metadata/labels' }]],
    [true, json, []],
    [false, json, [{ op: 'test', path: '', value: {} }]],
    [false, json, [{ op: 'test', path: '/', value: {} }]],
    [false, json, [{ op: 'test', path: '/metadata', value: {} }]],
    [false, json, [{ op: 'remove', path: '/metadata/managedFields/0' }]],
    [false, json, [{ op: 'remove', path: '/metadata/managedFields' }]],
    [false, json, [{ op: 'copy', from: '/metadata', path: '/data' }]],
    [false, json, [{ op: 'move', from: '/metadata/managedFields', path: '/data/a' }]],
    [false, json, [{ op: 'remove', path: '/metadata/~0' }]],
    [false, json, [{ op: 'remove' }]],
    [false, json, ['a']],
    [false, json, {}],
  ];
  for (const [left, type, patch] of rows) {
    it(`are ${left ? 'left' : 'not surely left'} alone by ${JSON.stringify(patch)}`, () => {
      expect(leavesManagers(type, patch)).to.equal(left);
    });
  }
});

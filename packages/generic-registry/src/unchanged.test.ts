import type { KubernetesObject } from '@keelson/api-machinery';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { withOldTimestamps } from './unchanged.ts';

const entryAt = (time: string, manager = 'one') => ({ manager, operation: 'Apply', time });
const anObject = (time: string, more: object = {}): KubernetesObject => ({
  kind: 'Thing',
  apiVersion: 'v1',
  metadata: { name: 'a', managedFields: [entryAt(time)] },
  ...more,
});

/** What becomes of the time of the first manager. */
const timeAfter = (object: KubernetesObject, old: KubernetesObject): string | undefined => {
  withOldTimestamps(object, old);
  return object.metadata.managedFields?.[0]?.time;
};

describe('The time of a manager', () => {
  const rows: readonly (readonly [what: string, after: object, before: object, kept: boolean])[] = [
    ['nothing else', {}, {}, true],
    ['the order of fields', { spec: { a: 1, b: 2 } }, { spec: { b: 2, a: 1 } }, true],
    ['an empty map', { spec: { labels: {} } }, { spec: {} }, true],
    ['an empty list that was null', { spec: { items: [] } }, { spec: { items: null } }, true],
    ['a value', { spec: { a: 1 } }, { spec: { a: 2 } }, false],
    ['an item', { spec: { items: [1] } }, { spec: { items: [] } }, false],
    ['zero', { spec: { a: 0 } }, { spec: {} }, false],
  ];
  for (const [what, after, before, kept] of rows) {
    it(`${kept ? 'stays' : 'is a new one'} when a write changes ${what}`, () => {
      expect(timeAfter(anObject('new', after), anObject('old', before))).to.equal(
        kept ? 'old' : 'new',
      );
    });
  }

  it('is a new one when somebody comes to own something', () => {
    const [object, old] = [anObject('new'), anObject('old')];
    old.metadata.managedFields = [{ ...entryAt('old'), fieldsV1: { 'f:a': {} } }];
    object.metadata.managedFields = [{ ...entryAt('new'), fieldsV1: { 'f:a': {}, 'f:b': {} } }];
    expect(timeAfter(object, old)).to.equal('new');
  });

  it('is a new one for another manager', () => {
    const object = anObject('new');
    object.metadata.managedFields = [entryAt('new', 'two')];
    expect(timeAfter(object, anObject('old'))).to.equal('new');
  });
});

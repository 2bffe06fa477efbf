import type { KubernetesObject } from '@keelson/api-machinery';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import {
  isCollectionDeleter,
  isConnecter,
  isCreater,
  isGetter,
  isGracefulDeleter,
  isLister,
  isPatcher,
  isTableConvertor,
  isUpdater,
  isWatcher,
} from './guards.ts';
import type { Getter, Storage } from './storage.ts';

const least: Storage = {
  kind: { group: '', version: 'v1', kind: 'Thing' },
  namespaced: true,
  typeId: 'core/v1.Thing',
};
const guards = {
  isGetter,
  isLister,
  isCreater,
  isUpdater,
  isPatcher,
  isGracefulDeleter,
  isCollectionDeleter,
  isWatcher,
  isConnecter,
  isTableConvertor,
};
const method = () => undefined;

/** The names of the guards that hold. */
const held = (storage: Storage): string[] =>
  Object.entries(guards)
    .filter(([, guard]) => guard(storage))
    .map(([name]) => name);

describe('Guards', () => {
  it('find nothing in a storage that is the least', () => {
    expect(held(least)).to.deep.equal([]);
  });

  const table: readonly { methods: readonly string[]; guards: readonly string[] }[] = [
    { methods: ['get'], guards: ['isGetter'] },
    { methods: ['list'], guards: ['isLister'] },
    { methods: ['create'], guards: ['isCreater'] },
    { methods: ['update'], guards: ['isUpdater'] },
    { methods: ['get', 'update'], guards: ['isGetter', 'isUpdater', 'isPatcher'] },
    { methods: ['delete'], guards: ['isGracefulDeleter'] },
    { methods: ['deleteCollection'], guards: ['isCollectionDeleter'] },
    { methods: ['watch'], guards: ['isWatcher'] },
    { methods: ['connect'], guards: ['isConnecter'] },
    { methods: ['tableCells'], guards: ['isTableConvertor'] },
  ];
  for (const { methods, guards: found } of table) {
    it(`find ${found.join(', ')} by ${methods.join(' and ')}`, () => {
      const storage = { ...least, ...Object.fromEntries(methods.map((name) => [name, method])) };
      expect(held(storage)).to.deep.equal(found);
    });
  }

  it('find the methods of a class', () => {
    class Store {
      readonly kind = least.kind;
      readonly namespaced = true;
      readonly typeId = least.typeId;
      get(): undefined {
        return undefined;
      }
    }
    expect(held(new Store())).to.deep.equal(['isGetter']);
  });

  it('do not take a property for a method', () => {
    const properties = { get: 'x', watch: true, connect: null };
    expect(held({ ...least, ...properties })).to.deep.equal([]);
  });

  it('narrow the type', () => {
    const storage: Storage = least;
    // @ts-expect-error -- a storage has no get until somebody asked
    const before: unknown = storage.get;
    const get = (asked: Storage): Getter<KubernetesObject>['get'] | undefined =>
      isGetter(asked) ? asked.get.bind(asked) : undefined;
    expect([before, get(storage)]).to.deep.equal([undefined, undefined]);
  });
});

import type { Resource, Strategy } from '@keelson/generic-registry';
import { describeResourceContract, ResourceFixture } from '@keelson/generic-registry/testing';
import type { ConfigMap, Pod } from '@keelson/kubernetes-api/core/v1';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { configMaps } from './index.ts';

describeResourceContract(configMaps, {
  valid: () => ({ metadata: { name: 'one' }, data: { colour: 'blue' } }),
});

const keyRule =
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";
const mebibyte = 1024 * 1024;

describe('What is wrong with a new config map', () => {
  const rows: readonly (readonly [
    what: string,
    body: Record<string, unknown>,
    problems: readonly string[],
  ])[] = [
    ['null among its bytes', { binaryData: { a: null } }, []],
    ['nothing', { data: { a: '1', 'b.c-d_e': '' }, binaryData: { f: 'AAEC' } }, []],
    [
      'a key with a slash',
      { data: { 'a/b': '' } },
      [`data[a/b]: Invalid value: "a/b": ${keyRule}`],
    ],
    ['an empty key', { data: { '': '' } }, [`data[]: Invalid value: "": ${keyRule}`]],
    [
      'a key that is a folder',
      { data: { '..': '' } },
      ['data[..]: Invalid value: "..": must not be \'..\''],
    ],
    [
      'a binary key with a space',
      { binaryData: { 'a b': '' } },
      [`binaryData[a b]: Invalid value: "a b": ${keyRule}`],
    ],
    [
      'a key that is in both',
      { data: { a: '' }, binaryData: { a: '' } },
      ['data[a]: Invalid value: "a": duplicate of key present in binaryData'],
    ],
    ['a mebibyte', { data: { a: 'x'.repeat(mebibyte) } }, []],
    [
      'more than a mebibyte in all',
      { data: { a: 'x'.repeat(mebibyte) }, binaryData: { b: 'AA==' } },
      ['[]: Too long: may not be more than 1048576 bytes'],
    ],
  ];
  for (const [what, body, problems] of rows) {
    it(`is said of ${what}`, async () => {
      await using fixture = await ResourceFixture.open(configMaps);
      expect((await fixture.create(body)).problems).to.deep.equal(problems);
    });
  }
});

describe('A config map that is immutable', () => {
  const old = { data: { a: '1' }, binaryData: { b: 'AA==' }, immutable: true };
  const rows: readonly (readonly [
    what: string,
    after: {
      data?: Record<string, string>;
      binaryData?: Record<string, string>;
      immutable?: boolean;
    },
    problems: readonly string[],
  ])[] = [
    ['may stay as it is', {}, []],
    [
      'keeps its data',
      { data: { a: '2' } },
      ['data: Forbidden: field is immutable when `immutable` is set'],
    ],
    [
      'keeps its binary data',
      { binaryData: {} },
      ['binaryData: Forbidden: field is immutable when `immutable` is set'],
    ],
    [
      'stays immutable',
      { immutable: false },
      ['immutable: Forbidden: field is immutable when `immutable` is set'],
    ],
    [
      'is told of all that it would lose',
      { data: { 'a b': '' }, immutable: false },
      [
        'immutable: Forbidden: field is immutable when `immutable` is set',
        'data: Forbidden: field is immutable when `immutable` is set',
        `data[a b]: Invalid value: "a b": ${keyRule}`,
      ],
    ],
  ];
  for (const [what, after, problems] of rows) {
    it(what, async () => {
      await using fixture = await ResourceFixture.open(configMaps);
      await fixture.create(old);
      const answer = await fixture.update((configMap) => void Object.assign(configMap, after));
      expect(answer.problems).to.deep.equal(problems);
    });
  }

  it('that has no data does not get empty ones', async () => {
    await using fixture = await ResourceFixture.open(configMaps);
    await fixture.create({ data: {}, immutable: true });
    const { problems } = await fixture.update((configMap) => void (configMap.data = {}));
    expect(problems).to.deep.equal(['data: Forbidden: field is immutable when `immutable` is set']);
    expect(
      (await fixture.update((configMap) => void delete configMap.data)).problems,
    ).to.deep.equal([]);
  });

  it('takes labels all the same', async () => {
    await using fixture = await ResourceFixture.open(configMaps);
    await fixture.create(old);
    const { object } = await fixture.update(({ metadata }) => void (metadata.labels = { a: 'b' }));
    expect(object?.metadata.labels).to.deep.equal({ a: 'b' });
  });
});

describe('A config map that is not', () => {
  it('may change, and become immutable', async () => {
    await using fixture = await ResourceFixture.open(configMaps);
    await fixture.create({ data: { a: '1' } });
    const { object } = await fixture.update((configMap) => {
      configMap.data = { b: '2' };
      configMap.immutable = true;
    });
    expect(object).to.deep.include({ data: { b: '2' }, immutable: true });
  });

  it('is checked again when it changes', async () => {
    await using fixture = await ResourceFixture.open(configMaps);
    await fixture.create();
    const { problems } = await fixture.update(
      (configMap) => void (configMap.data = { '...': 'x' }),
    );
    expect(problems).to.deep.equal(['data[...]: Invalid value: "...": must not start with \'..\'']);
  });
});

describe('A config map in a table', () => {
  it('counts its keys', () => {
    const cells = configMaps.table?.cells(
      {
        metadata: { name: 'one', creationTimestamp: '2026-11-24T10:00:00Z' },
        data: { a: '', b: '' },
        binaryData: { c: '' },
      },
      Date.UTC(2026, 10, 24, 12),
    );
    expect(cells).to.deep.equal(['one', 3, '120m']);
  });

  it('has three columns', () => {
    expect(configMaps.table?.columns.map(({ name }) => name)).to.deep.equal([
      'Name',
      'Data',
      'Age',
    ]);
  });
});

describe('The declaration of a resource', () => {
  // The compiler holds these: a line that compiles below fails the build.
  const rest = { ...configMaps };

  it('is of its own kind, with hooks that there are, of its own type', () => {
    // @ts-expect-error a config map is no pod
    const otherKind: Resource<ConfigMap> = { ...rest, kind: 'Pod' };
    // @ts-expect-error a misspelt hook
    const misspelt: Strategy<ConfigMap> = { namespaced: true, validat: () => [] };
    // @ts-expect-error a hook of another type
    const otherHook: Strategy<ConfigMap> = { namespaced: true, canonicalize: (_: Pod) => {} };
    expect([otherKind, misspelt, otherHook]).to.have.length(3);
  });
});

import { describeResourceContract, ResourceFixture } from '@keelson/generic-registry/testing';
import type { Namespace } from '@keelson/kubernetes-api/core/v1';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { namespaces } from './index.ts';

const held = 'the finalizer `kubernetes` in its spec holds it';

describeResourceContract(namespaces, {
  valid: () => ({ metadata: { name: 'one' } }),
  except: {
    'deletes for good': held,
    'waits for finalizers': held,
    'tells watchers of a creation, a change and a deletion': held,
  },
});

describe('A new namespace', () => {
  it('is active, carries its name as a label, and is held by its finalizer', async () => {
    await using fixture = await ResourceFixture.open(namespaces);
    const { object } = await fixture.create({ status: { phase: 'Terminating' } });
    expect(object?.status).to.deep.equal({ phase: 'Active' });
    expect(object?.metadata.labels).to.deep.equal({ 'kubernetes.io/metadata.name': 'one' });
    expect(object?.spec.finalizers).to.deep.equal(['kubernetes']);
  });

  const rows: readonly (readonly [
    what: string,
    body: Record<string, unknown>,
    problems: readonly string[],
  ])[] = [
    [
      'is named as a DNS label',
      { metadata: { name: 'a.b' } },
      ['metadata.name: Invalid value: "a.b": must not contain dots'],
    ],
    [
      'has finalizers that say whose they are',
      { spec: { finalizers: ['mine'] } },
      [
        'spec.finalizers: Invalid value: "mine": name is neither a standard finalizer name nor is it fully qualified',
      ],
    ],
    [
      'has finalizers that are names',
      { spec: { finalizers: ['example.com/a b'] } },
      [
        "spec.finalizers: Invalid value: \"example.com/a b\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
      ],
    ],
  ];
  for (const [what, body, problems] of rows) {
    it(what, async () => {
      await using fixture = await ResourceFixture.open(namespaces);
      expect((await fixture.create(body)).problems).to.deep.equal(problems);
    });
  }
});

describe('A change of a namespace', () => {
  it('leaves its finalizers and its status alone, and its label in place', async () => {
    await using fixture = await ResourceFixture.open(namespaces);
    await fixture.create();
    const { object } = await fixture.update((namespace) => {
      namespace.spec.finalizers = [];
      namespace.status.phase = 'Terminating';
      namespace.metadata.labels = { a: 'b' };
    });
    expect(object?.spec.finalizers).to.deep.equal(['kubernetes']);
    expect(object?.status.phase).to.equal('Active');
    expect(object?.metadata.labels).to.deep.equal({
      a: 'b',
      'kubernetes.io/metadata.name': 'one',
    });
  });

  const rows: readonly (readonly [
    what: string,
    subresource: string,
    change: (namespace: Namespace) => void,
    problems: readonly string[],
  ])[] = [
    [
      'cannot say that it ends while nobody deletes it',
      'status',
      ({ status }) => void (status.phase = 'Terminating'),
      [
        'status.Phase: Invalid value: "Terminating": may only be \'Active\' if `deletionTimestamp` is empty',
      ],
    ],
    [
      'may say how it is',
      'status',
      ({ status }) =>
        void (status.conditions = [
          { type: 'Mine', status: 'True', lastTransitionTime: '2026-11-24T10:00:00Z' },
        ]),
      [],
    ],
    [
      'may change its finalizers',
      'finalize',
      ({ spec }) => void (spec.finalizers = ['kubernetes', 'example.com/mine']),
      [],
    ],
    [
      'names the finalizer that is none',
      'finalize',
      ({ spec }) => void (spec.finalizers = ['kubernetes', 'mine']),
      [
        'spec.finalizers[1]: Invalid value: "mine": name is neither a standard finalizer name nor is it fully qualified',
      ],
    ],
  ];
  for (const [what, subresource, change, problems] of rows) {
    it(`${what} (${subresource})`, async () => {
      await using fixture = await ResourceFixture.open(namespaces);
      await fixture.create();
      expect((await fixture.update(change, subresource)).problems).to.deep.equal(problems);
    });
  }
});

describe('The deletion of a namespace', () => {
  it('marks it first, and is over when its finalizers are gone', async () => {
    await using fixture = await ResourceFixture.open(namespaces);
    await fixture.create();
    const { deleted, object } = await fixture.delete();
    expect(deleted).to.equal(false);
    expect(object?.status.phase).to.equal('Terminating');
    expect(object?.metadata.deletionTimestamp).to.be.a('string');
    await fixture.update(({ spec }) => void (spec.finalizers = []), 'finalize');
    expect((await fixture.get()).problems).to.deep.equal(['namespaces "one" not found']);
  });

  it('is over at once for one that nothing holds any more', async () => {
    await using fixture = await ResourceFixture.open(namespaces);
    await fixture.create();
    await fixture.update(({ spec }) => void (spec.finalizers = []), 'finalize');
    expect((await fixture.delete()).deleted).to.equal(false);
    expect((await fixture.delete()).deleted).to.equal(true);
  });

  it('waits for finalizers of either kind', async () => {
    await using fixture = await ResourceFixture.open(namespaces);
    await fixture.create({ metadata: { finalizers: ['example.com/wait'] } });
    await fixture.delete();
    await fixture.update(({ spec }) => void (spec.finalizers = []), 'finalize');
    expect((await fixture.get()).problems).to.deep.equal([]);
    await fixture.update(({ metadata }) => void delete metadata.finalizers);
    expect((await fixture.get()).problems).to.deep.equal(['namespaces "one" not found']);
  });
});

describe('Namespaces', () => {
  it('can be selected by their phase', () => {
    const one: Namespace = { metadata: { name: 'one' }, spec: {}, status: { phase: 'Active' } };
    expect(namespaces.selectableFields?.of(one)).to.deep.equal({ 'status.phase': 'Active' });
    expect(namespaces.namespaceSelectable).to.equal(false);
  });

  it('show how they are', () => {
    const cells = namespaces.table?.cells(
      {
        metadata: { name: 'one', creationTimestamp: '2026-11-22T10:00:00Z' },
        spec: {},
        status: { phase: 'Active' },
      },
      Date.UTC(2026, 10, 24, 10),
    );
    expect(cells).to.deep.equal(['one', 'Active', '2d']);
  });

  it('cannot be read through finalize', async () => {
    await using fixture = await ResourceFixture.open(namespaces);
    await fixture.create();
    expect((await fixture.get('finalize')).problems).to.deep.equal([
      'the server does not allow this method on the requested resource',
    ]);
  });
});

import { parseFieldSelector, parseLabelSelector } from '@keelson/api-machinery';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { decodeContinue } from './continue-token.ts';
import type { ListQuery, SnapshotList } from './object-storage.ts';
import { aThing, Fixture, namesOf, things, type Thing } from './testing/fixture.ts';

const inDefault = `${things}default/`;

/** Three things in `default` and one in `other`. */
async function openWithThings(): Promise<Fixture> {
  const fixture = await Fixture.open();
  for (const [name, tier] of [
    ['b', 'web'],
    ['a', 'db'],
    ['c', 'web'],
  ] as const)
    await fixture.create(aThing(name, { labels: { tier } }));
  await fixture.create(aThing('d', { namespace: 'other', labels: { tier: 'web' } }));
  return fixture;
}

async function refusal(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'not refused',
    (error: unknown) => error,
  );
}

async function allPages(fixture: Fixture, query: ListQuery): Promise<SnapshotList<Thing>[]> {
  const pages: SnapshotList<Thing>[] = [];
  let token: string | undefined;
  do {
    const page: SnapshotList<Thing> = await fixture.storage.list(things, {
      ...query,
      ...(token === undefined ? {} : { continue: token }),
    });
    pages.push(page);
    token = page.continue;
  } while (token !== undefined);
  return pages;
}

describe('list', () => {
  it('gives all objects below a prefix in key order, at the newest revision', async () => {
    await using fixture = await openWithThings();
    const { items, revision } = await fixture.storage.list(things, {});
    expect(namesOf(items)).to.deep.equal(['a', 'b', 'c', 'd']);
    expect(revision).to.equal(await fixture.backend.revision());
    expect(namesOf((await fixture.storage.list(inDefault, {})).items)).to.deep.equal([
      'a',
      'b',
      'c',
    ]);
  });

  it('is not disturbed by prefixes that begin alike', async () => {
    await using fixture = await openWithThings();
    await fixture.create(aThing('x', { namespace: 'default-2' }));
    expect(namesOf((await fixture.storage.list(inDefault, {})).items)).to.deep.equal([
      'a',
      'b',
      'c',
    ]);
  });

  const selections: readonly { name: string; query: ListQuery; names: string[] }[] = [
    {
      name: 'labels',
      query: { selection: { labels: parseLabelSelector('tier=web') } },
      names: ['b', 'c', 'd'],
    },
    {
      name: 'fields',
      query: { selection: { fields: parseFieldSelector('metadata.namespace=other') } },
      names: ['d'],
    },
    {
      name: 'labels and fields',
      query: {
        selection: {
          labels: parseLabelSelector('tier=web'),
          fields: parseFieldSelector('metadata.name!=c'),
        },
      },
      names: ['b', 'd'],
    },
    {
      name: 'empty selectors',
      query: { selection: { labels: parseLabelSelector(''), fields: parseFieldSelector('') } },
      names: ['a', 'b', 'c', 'd'],
    },
    {
      name: 'a name in all namespaces',
      query: { selection: { fields: parseFieldSelector('metadata.name=d') } },
      names: ['d'],
    },
  ];
  for (const { name, query, names } of selections) {
    it(`selects by ${name}`, async () => {
      await using fixture = await openWithThings();
      expect(namesOf((await fixture.storage.list(things, query)).items)).to.deep.equal(names);
    });
  }

  it('by one name gives that object and no token, whatever the limit', async () => {
    await using fixture = await openWithThings();
    const list = await fixture.storage.list(inDefault, {
      limit: 1,
      selection: { fields: parseFieldSelector('metadata.name=b') },
    });
    expect(list).to.have.all.keys('items', 'revision');
    expect(namesOf(list.items)).to.deep.equal(['b']);
  });

  describe('in pages', () => {
    it('says where to go on and how many remain', async () => {
      await using fixture = await openWithThings();
      const page = await fixture.storage.list(things, { limit: 3 });
      expect(namesOf(page.items)).to.deep.equal(['a', 'b', 'c']);
      expect(page.remainingItemCount).to.equal(1);
      expect(decodeContinue(page.continue ?? '', things)).to.deep.equal({
        startKey: `${inDefault}c\0`,
        revision: page.revision,
      });
    });

    it('ends without a token', async () => {
      await using fixture = await openWithThings();
      for (const limit of [4, 5])
        expect(await fixture.storage.list(things, { limit })).to.have.all.keys('items', 'revision');
    });

    it('shows the state of the first page while others write', async () => {
      await using fixture = await openWithThings();
      const first = await fixture.storage.list(things, { limit: 1 });
      const d = (await fixture.storage.list(`${things}other/`, {})).items[0];
      await fixture.create(aThing('aa'));
      if (d !== undefined) await fixture.remove(d);
      const rest = await fixture.storage.list(things, { continue: first.continue ?? '' });
      expect(namesOf(rest.items)).to.deep.equal(['b', 'c', 'd']);
      expect(rest.revision).to.equal(first.revision);
    });

    it('gives no count with a selector, and pages on over what it drops', async () => {
      await using fixture = await openWithThings();
      const pages = await allPages(fixture, {
        limit: 1,
        selection: { labels: parseLabelSelector('tier=web') },
      });
      expect(pages.map(({ items }) => namesOf(items))).to.deep.equal([['b'], ['c'], ['d']]);
      expect(pages.map(({ remainingItemCount }) => remainingItemCount)).to.deep.equal([
        undefined,
        undefined,
        undefined,
      ]);
    });

    it('with resourceVersion 0 ignores the limit, and gives all the rest', async () => {
      await using fixture = await openWithThings();
      expect(
        (await fixture.storage.list(things, { limit: 1, resourceVersion: '0' })).items,
      ).to.have.lengthOf(4);
      const { continue: token = '' } = await fixture.storage.list(things, { limit: 1 });
      expect(
        namesOf(
          (await fixture.storage.list(things, { limit: 1, resourceVersion: '0', continue: token }))
            .items,
        ),
      ).to.deep.equal(['b', 'c', 'd']);
    });

    it('goes on at the newest revision with an inconsistent token', async () => {
      await using fixture = await openWithThings();
      await fixture.create(aThing('bb'));
      const token = Buffer.from(
        JSON.stringify({ v: 'meta.k8s.io/v1', rv: -1, start: 'default/b\0' }),
      ).toString('base64url');
      const rest = await fixture.storage.list(things, { continue: token });
      expect(namesOf(rest.items)).to.deep.equal(['bb', 'c', 'd']);
      expect(rest.revision).to.equal(await fixture.backend.revision());
    });

    it('goes on after a restart, with the state of the first page', async () => {
      await using before = await openWithThings();
      const first = await before.storage.list(things, { limit: 2 });
      await before.create(aThing('aa'));
      await before.storage[Symbol.asyncDispose]();
      await using after = await Fixture.open({ backend: before.backend });
      const rest = await after.storage.list(things, { continue: first.continue ?? '' });
      expect(namesOf(rest.items)).to.deep.equal(['c', 'd']);
      expect(rest.revision).to.equal(first.revision);
    });

    it('expires with the backend, whatever the cache still has', async () => {
      await using fixture = await openWithThings();
      const { continue: token = '' } = await fixture.storage.list(things, { limit: 1 });
      await fixture.create(aThing('bb'));
      expect(
        namesOf((await fixture.storage.list(things, { continue: token })).items),
      ).to.deep.equal(['b', 'c', 'd']);
      await fixture.backend.compact(await fixture.backend.revision());
      expect(await refusal(fixture.storage.list(things, { continue: token }))).to.include({
        code: 410,
      });
    });

    it('whose state is compacted away gives 410 with a token that goes on inconsistently', async () => {
      await using before = await openWithThings();
      const { continue: token = '' } = await before.storage.list(things, { limit: 1 });
      await before.create(aThing('bb'));
      await before.backend.compact(await before.backend.revision());
      const other = new Fixture(before.backend);
      await other.storage.ready();
      const error = (await refusal(other.storage.list(things, { limit: 2, continue: token }))) as {
        continueToken: string;
      };
      expect(error).to.include({ code: 410, reason: 'Expired' });
      expect(error)
        .to.have.property('message')
        .that.matches(
          /^The provided continue parameter is too old to display a consistent list result\. .* may show up in the list\.$/,
        );
      const rest = await other.storage.list(things, { limit: 2, continue: error.continueToken });
      expect(namesOf(rest.items)).to.deep.equal(['b', 'bb']);
      await other.storage[Symbol.asyncDispose]();
    });
  });

  describe('at a resourceVersion', () => {
    it('without a match gives a state that is not older', async () => {
      await using fixture = await openWithThings();
      const { revision } = await fixture.storage.list(things, {});
      await fixture.create(aThing('e'));
      const later = await fixture.storage.list(things, { resourceVersion: String(revision) });
      expect(namesOf(later.items)).to.have.members(['a', 'b', 'c', 'd', 'e']);
      expect(later.revision).to.be.greaterThan(revision);
    });

    const exact: readonly { name: string; query: ListQuery }[] = [
      { name: 'with Exact', query: { resourceVersionMatch: 'Exact' } },
      { name: 'with a limit', query: { limit: 10 } },
    ];
    for (const { name, query } of exact) {
      it(`${name} gives exactly that state`, async () => {
        await using fixture = await openWithThings();
        const { revision } = await fixture.storage.list(things, {});
        const e = await fixture.create(aThing('e'));
        await fixture.remove(e);
        await fixture.create(aThing('f'));
        for (const [at, names] of [
          [revision, ['a', 'b', 'c', 'd']],
          [e.revision, ['a', 'b', 'c', 'd', 'e']],
        ] as const) {
          const list = await fixture.storage.list(things, {
            ...query,
            resourceVersion: String(at),
          });
          expect(namesOf(list.items)).to.have.members(names);
          expect(list.revision).to.equal(at);
        }
      });
    }

    it('that the cache does not know is read from the backend', async () => {
      await using before = await openWithThings();
      const { revision } = await before.storage.list(things, {});
      await before.create(aThing('e'));
      const other = new Fixture(before.backend);
      await other.storage.ready();
      const list = await other.storage.list(things, {
        resourceVersion: String(revision),
        resourceVersionMatch: 'Exact',
      });
      expect(namesOf(list.items)).to.deep.equal(['a', 'b', 'c', 'd']);
      await other.storage[Symbol.asyncDispose]();
    });

    it('that is compacted away gives 410', async () => {
      await using before = await openWithThings();
      const { revision } = await before.storage.list(things, {});
      await before.create(aThing('e'));
      await before.backend.compact(await before.backend.revision());
      const other = new Fixture(before.backend);
      await other.storage.ready();
      const error = await refusal(
        other.storage.list(things, {
          resourceVersion: String(revision),
          resourceVersionMatch: 'Exact',
        }),
      );
      expect(error).to.include({
        code: 410,
        reason: 'Expired',
        message: 'The resourceVersion for the provided list is too old.',
      });
      await other.storage[Symbol.asyncDispose]();
    });

    for (const query of [
      {},
      { resourceVersionMatch: 'Exact' },
      { resourceVersionMatch: 'NotOlderThan' },
      { limit: 1 },
    ]) {
      it(`of the future with ${JSON.stringify(query)} gives 504 after three seconds`, async () => {
        await using fixture = await openWithThings();
        const listing = refusal(
          fixture.storage.list(things, { ...query, resourceVersion: '999999' }),
        );
        await fixture.time.pass(3000);
        expect(await listing)
          .to.include({ code: 504, reason: 'Timeout' })
          .and.have.nested.property('details.retryAfterSeconds', 1);
      });
    }
  });

  const refused: readonly { name: string; query: ListQuery; message: string }[] = [
    {
      name: 'a resourceVersion that is no number',
      query: { resourceVersion: 'abc' },
      message:
        'invalid resource version: resourceVersion: Invalid value: "abc": strconv.ParseUint: parsing "abc": invalid syntax',
    },
    {
      name: 'a token that is none',
      query: { continue: 'a' },
      message:
        'invalid continue token: continue key is not valid: illegal base64 data at input byte 0',
    },
    {
      name: 'a resourceVersion beside a token',
      query: {
        resourceVersion: '5',
        continue: Buffer.from('{"v":"meta.k8s.io/v1","rv":1,"start":"a"}').toString('base64url'),
      },
      message: 'specifying resource version is not allowed when using continue',
    },
  ];
  for (const { name, query, message } of refused) {
    it(`refuses ${name}`, async () => {
      await using fixture = await openWithThings();
      expect(await refusal(fixture.storage.list(things, query))).to.include({
        code: 400,
        reason: 'BadRequest',
        message,
      });
    });
  }

  it('does not parse what it does not select by', async () => {
    await using before = await openWithThings();
    const other = new Fixture(before.backend);
    await other.storage.ready();
    const { items } = await other.storage.list(things, { limit: 3 });
    expect(items.map(({ json }) => json.length > 0)).to.deep.equal([true, true, true]);
    expect(other.parsed).to.equal(0);
    await other.storage[Symbol.asyncDispose]();
  });

  it('counts keys', async () => {
    await using fixture = await openWithThings();
    expect(
      await Promise.all(
        [things, inDefault, `${things}none/`].map((prefix) => fixture.storage.count(prefix)),
      ),
    ).to.deep.equal([4, 3, 0]);
  });
});

import { expect } from 'chai';
import type { ListOptions } from '../storage-backend.ts';
import type { ClauseGroup } from './clause.ts';
import type { Trial } from './trial.ts';

const letters = ['a', 'b', 'c', 'd', 'e'];

async function writeLetters(trial: Trial): Promise<void> {
  for (const letter of letters.toReversed()) await trial.put(letter, '1');
}

interface PageCase {
  readonly name: string;
  readonly options: (trial: Trial) => ListOptions;
  readonly keys: string;
  readonly remaining: number;
}

const pages: readonly PageCase[] = [
  {
    name: 'returns everything in key order without a limit',
    options: () => ({}),
    keys: 'abcde',
    remaining: 0,
  },
  {
    name: 'returns no more than the limit, and counts the rest',
    options: () => ({ limit: 2 }),
    keys: 'ab',
    remaining: 3,
  },
  {
    name: 'starts with the start key itself',
    options: (trial) => ({ limit: 2, start: trial.key('c') }),
    keys: 'cd',
    remaining: 1,
  },
  {
    name: 'starts with the next key when the start key is absent',
    options: (trial) => ({ start: trial.key('b\0') }),
    keys: 'cde',
    remaining: 0,
  },
  {
    name: 'has nothing left when the limit is just met',
    options: (trial) => ({ limit: 2, start: trial.key('d') }),
    keys: 'de',
    remaining: 0,
  },
  {
    name: 'is empty when the start key sorts behind all keys',
    options: (trial) => ({ start: trial.key('f') }),
    keys: '',
    remaining: 0,
  },
  {
    name: 'is empty when the start key sorts behind the prefix',
    options: () => ({ start: '/zzz', limit: 1 }),
    keys: '',
    remaining: 0,
  },
];

export const listClauses: ClauseGroup = {
  name: 'lists',
  clauses: [
    ...pages.map(({ name, options, keys, remaining }) => ({
      name,
      async run(trial: Trial) {
        await writeLetters(trial);
        const page = await trial.backend.list(trial.prefix, options(trial));
        const names = page.entries.map((entry) => entry.key.slice(trial.prefix.length));
        expect(names.join('')).to.equal(keys);
        expect(page.remaining).to.equal(remaining);
        expect(page.revision).to.equal(await trial.backend.revision());
      },
    })),
    {
      name: 'gives an entry its own revision and the page the newest',
      async run(trial) {
        const a = await trial.put('a', '1');
        const b = await trial.put('b', '1');
        const page = await trial.backend.list(trial.prefix);
        expect(page.entries.map((entry) => entry.revision)).to.deep.equal([a, b]);
        expect(page.revision).to.equal(b);
      },
    },
    {
      name: 'reads pages at one revision while others write',
      async run(trial) {
        await writeLetters(trial);
        const first = await trial.backend.list(trial.prefix, { limit: 2 });
        await trial.delete('d');
        await trial.put('c', 'later');
        await trial.put('cc', 'later');
        const rest = await trial.backend.list(trial.prefix, {
          limit: 2,
          at: first.revision,
          start: `${first.entries.at(-1)!.key}\0`,
        });
        expect(rest.entries.map((entry) => trial.show(entry))).to.deep.equal(['c=1', 'd=1']);
        expect(rest).to.include({ revision: first.revision, remaining: 1 });
      },
    },
    {
      name: 'lists nothing under a prefix without keys',
      async run(trial) {
        const revision = await trial.put('a', '1');
        const page = await trial.backend.list(trial.key('b/'));
        expect(page).to.deep.equal({ entries: [], revision, remaining: 0 });
      },
    },
    {
      name: 'keeps to a prefix that is the beginning of another',
      async run(trial) {
        for (const name of ['b', 'b/1', 'b/2', 'bc/1', 'a/b/1']) await trial.put(name, '1');
        const names = async (prefix: string) =>
          (await trial.backend.list(trial.key(prefix))).entries.map((entry) =>
            entry.key.slice(trial.prefix.length),
          );
        expect(await names('b/')).to.deep.equal(['b/1', 'b/2']);
        expect(await names('b')).to.deep.equal(['b', 'b/1', 'b/2', 'bc/1']);
        expect(await trial.backend.count(trial.key('b/'))).to.equal(2);
        expect(await trial.backend.count(trial.key('b'))).to.equal(4);
      },
    },
    {
      name: 'counts what is there now',
      async run(trial) {
        expect(await trial.backend.count(trial.prefix)).to.equal(0);
        await writeLetters(trial);
        await trial.put('a', '2');
        await trial.delete('b');
        expect(await trial.backend.count(trial.prefix)).to.equal(4);
      },
    },
    {
      name: 'lists thousands of keys completely',
      async run(trial) {
        const names = Array.from({ length: 1500 }, (_, i) => `key-${String(i).padStart(5, '0')}`);
        await Promise.all(names.map((name) => trial.put(name, name)));
        const page = await trial.backend.list(trial.prefix);
        expect(page.entries.map((entry) => trial.show(entry))).to.deep.equal(
          names.map((name) => `${name}=${name}`),
        );
        const part = await trial.backend.list(trial.prefix, { limit: 1234 });
        expect(part.entries).to.have.length(1234);
        expect(part.remaining).to.equal(1500 - 1234);
      },
    },
  ],
};

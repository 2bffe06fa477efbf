import { expect } from 'chai';
import { describe, it } from 'mocha';
import { Change } from './change.ts';
import { History } from './history.ts';

function change(revision: number, time = 0, key = `k${revision}`): Change<unknown> {
  return new Change({ key, revision, time, current: undefined, previous: undefined });
}

function filled(
  count: number,
  limits: { minimum: number; maximum: number; milliseconds: number },
  step = 0,
): History<unknown> {
  const history = new History<unknown>(limits);
  history.reset(10);
  for (let n = 1; n <= count; n++) history.add(change(10 + n, n * step));
  return history;
}

const revisions = (changes: readonly Change<unknown>[] | undefined): number[] | undefined =>
  changes?.map(({ revision }) => revision);

describe('history', () => {
  it('knows what happened after the list it began with', () => {
    const history = filled(3, { minimum: 10, maximum: 10, milliseconds: 1 });
    expect(revisions(history.after(10))).to.deep.equal([11, 12, 13]);
    expect(revisions(history.after(12))).to.deep.equal([13]);
    expect(revisions(history.after(99))).to.deep.equal([]);
    expect(history.after(9)).to.equal(undefined);
  });

  it('gives up the oldest when it is full', () => {
    const history = filled(7, { minimum: 4, maximum: 4, milliseconds: 75_000 });
    expect(history.knownAfter).to.equal(13);
    expect(revisions(history.after(13))).to.deep.equal([14, 15, 16, 17]);
    expect(history.after(12)).to.equal(undefined);
  });

  it('grows while the recent changes do not fit', () => {
    const history = filled(20, { minimum: 4, maximum: 16, milliseconds: 75_000 }, 1000);
    expect(history.size).to.equal(16);
  });

  it('does not grow for changes that are old enough', () => {
    const history = filled(20, { minimum: 4, maximum: 16, milliseconds: 75_000 }, 30_000);
    expect(history.size).to.equal(4);
  });

  it('shrinks when a quarter holds all that is recent', () => {
    const history = filled(20, { minimum: 4, maximum: 16, milliseconds: 75_000 }, 1000);
    for (let n = 1; n <= 40; n++) history.add(change(100 + n, 100_000 + n * 60_000));
    expect(history.size).to.equal(4);
  });

  it('gives up the changes of one revision together', () => {
    const history = new History<unknown>({ minimum: 4, maximum: 4, milliseconds: 1 });
    for (const [revision, key] of [
      [1, 'a'],
      [1, 'b'],
      [1, 'c'],
      [2, 'd'],
      [3, 'e'],
    ] as const)
      history.add(change(revision, 0, key));
    expect(history.knownAfter).to.equal(1);
    expect(revisions(history.after(1))).to.deep.equal([2, 3]);
  });

  it('finds the change of a key at a revision', () => {
    const history = new History<unknown>();
    const wanted = change(2, 0, 'b');
    for (const each of [change(1, 0, 'b'), change(2, 0, 'a'), wanted, change(3, 0, 'b')])
      history.add(each);
    expect(history.find('b', 2)).to.equal(wanted);
    expect(history.find('c', 2)).to.equal(undefined);
    expect(history.find('b', 9)).to.equal(undefined);
  });

  it('stays right over many turns', () => {
    const history = filled(10_000, { minimum: 100, maximum: 100, milliseconds: 1 });
    expect(history.knownAfter).to.equal(9910);
    expect(revisions(history.after(9910))).to.deep.equal(
      Array.from({ length: 100 }, (_, n) => 9911 + n),
    );
    expect(history.countAfter(10_000)).to.equal(10);
  });
});

import { expect } from 'chai';
import { describe, it } from 'mocha';
import { checkHistory } from './check-history.ts';
import type { Guarantee, History, Operation, Outcome, WatchRecord } from './history.ts';

/** Two keys, created, changed, deleted and read by clients of which each begins when the one before has its answer. */
function aHistory(): History {
  let now = 0;
  let count = 0;
  const operation = (
    one: Pick<Operation, 'verb' | 'key' | 'value' | 'expected'>,
    outcome: Outcome,
  ) => ({
    id: String(++count),
    called: ++now,
    returned: ++now,
    ...one,
    outcome,
  });
  const written = (revision: number): Outcome => ({ type: 'written', revision });
  const a11 = { key: 'a', value: 'v1', revision: 11 };
  const b12 = { key: 'b', value: 'v2', revision: 12 };
  const a13 = { key: 'a', value: 'v3', revision: 13 };
  const a15 = { key: 'a', value: 'v4', revision: 15 };
  const operations: Operation[] = [
    operation({ verb: 'create', key: 'a', value: 'v1' }, written(11)),
    operation({ verb: 'get', key: 'a' }, { type: 'found', seen: a11 }),
    operation({ verb: 'create', key: 'b', value: 'v2' }, written(12)),
    operation({ verb: 'list' }, { type: 'listed', revision: 12, items: [a11, b12] }),
    operation({ verb: 'update', key: 'a', value: 'v3', expected: 11 }, written(13)),
    operation({ verb: 'update', key: 'a', value: 'x1', expected: 11 }, { type: 'conflict' }),
    operation({ verb: 'get', key: 'a' }, { type: 'found', seen: a13 }),
    operation({ verb: 'delete', key: 'a', expected: 13 }, { type: 'deleted' }),
    operation({ verb: 'get', key: 'a' }, { type: 'absent' }),
    operation({ verb: 'create', key: 'a', value: 'v4' }, written(15)),
    operation({ verb: 'list' }, { type: 'listed', revision: 16, items: [a15, b12] }),
    operation({ verb: 'patch', key: 'b', value: 'v5' }, { type: 'unknown', reason: 'cut' }),
    operation({ verb: 'create', key: 'b', value: 'x2' }, { type: 'conflict' }),
    operation({ verb: 'list' }, { type: 'listed', revision: 12, items: [a11, b12], any: true }),
  ];
  const change = (type: 'added' | 'modified' | 'deleted', seen: typeof a11): WatchRecord => ({
    type,
    seen,
    received: ++now,
  });
  const records: WatchRecord[] = [
    { type: 'begin', after: 10, resumed: false },
    change('added', a11),
    change('added', b12),
    change('modified', a13),
    { type: 'bookmark', revision: 13 },
    { type: 'begin', after: 13, resumed: true },
    change('deleted', { ...a13, revision: 14 }),
    change('added', a15),
    { type: 'bookmark', revision: 16 },
    change('modified', { key: 'b', value: 'v5', revision: 17 }),
  ];
  return {
    start: 10,
    operations,
    watches: [
      { watcher: 'one', records },
      { watcher: 'two', records: [...records] },
    ],
  };
}

interface Planted {
  readonly name: string;
  readonly guarantee: Guarantee;
  readonly spoil: (history: History) => History;
}

const withOutcome =
  (id: string, outcome: Outcome) =>
  (history: History): History => ({
    ...history,
    operations: history.operations.map((one) => (one.id === id ? { ...one, outcome } : one)),
  });

const withRecords =
  (change: (records: readonly WatchRecord[]) => readonly WatchRecord[]) =>
  (history: History): History => ({
    ...history,
    watches: history.watches.map((one) =>
      one.watcher === 'one' ? { ...one, records: change(one.records) } : one,
    ),
  });

const found = (key: string, value: string, revision: number): Outcome => ({
  type: 'found',
  seen: { key, value, revision },
});

const planted: readonly Planted[] = [
  {
    name: 'a read that is stale',
    guarantee: 'linearizable',
    spoil: withOutcome('7', found('a', 'v1', 11)),
  },
  {
    name: 'a read that does not see what is there',
    guarantee: 'linearizable',
    spoil: withOutcome('2', { type: 'absent' }),
  },
  {
    name: 'a read of what was deleted',
    guarantee: 'linearizable',
    spoil: withOutcome('9', found('a', 'v3', 13)),
  },
  {
    name: 'a conflict where there was none',
    guarantee: 'linearizable',
    spoil: (history) => ({
      ...history,
      operations: history.operations.map((one) =>
        one.id === '6' ? { ...one, expected: 13 } : one,
      ),
    }),
  },
  {
    name: 'a list that is stale',
    guarantee: 'linearizable',
    spoil: withOutcome('11', {
      type: 'listed',
      revision: 14,
      items: [{ key: 'b', value: 'v2', revision: 12 }],
    }),
  },
  {
    name: 'a write whose revision goes back',
    guarantee: 'linearizable',
    spoil: (history) => ({
      ...history,
      operations: history.operations.map((one) =>
        one.id === '1' ? { ...one, called: 100, returned: 101 } : one,
      ),
    }),
  },
  {
    name: 'a write that was refused and done all the same',
    guarantee: 'written once',
    spoil: withOutcome('12', { type: 'absent' }),
  },
  {
    name: 'a write that was done twice',
    guarantee: 'written once',
    spoil: withRecords((records) => [
      ...records,
      { type: 'modified', seen: { key: 'b', value: 'v5', revision: 18 }, received: 90 },
    ]),
  },
  {
    name: 'a value that nobody wrote',
    guarantee: 'written once',
    spoil: withRecords((records) => [
      ...records,
      { type: 'modified', seen: { key: 'b', value: 'made up', revision: 18 }, received: 90 },
    ]),
  },
  {
    name: 'a value that is read before it is written',
    guarantee: 'written once',
    spoil: withOutcome('2', found('a', 'v4', 15)),
  },
  {
    name: 'an acknowledged write that no watch saw',
    guarantee: 'reliable',
    spoil: (history) => ({
      ...history,
      watches: history.watches.map((one) => ({
        ...one,
        records: one.records.filter((record) => !('seen' in record) || record.seen.revision !== 12),
      })),
    }),
  },
  {
    name: 'an acknowledged deletion that no watch saw',
    guarantee: 'reliable',
    spoil: (history) => ({
      ...history,
      watches: history.watches.map((one) => ({
        ...one,
        records: one.records.filter((record) => record.type !== 'deleted'),
      })),
    }),
  },
  {
    name: 'a list that mixes two revisions',
    guarantee: 'consistent lists',
    spoil: withOutcome('4', {
      type: 'listed',
      revision: 12,
      items: [
        { key: 'a', value: 'v3', revision: 13 },
        { key: 'b', value: 'v2', revision: 12 },
      ],
    }),
  },
  {
    name: 'an old list that lacks something',
    guarantee: 'consistent lists',
    spoil: withOutcome('14', {
      type: 'listed',
      revision: 12,
      items: [{ key: 'b', value: 'v2', revision: 12 }],
      any: true,
    }),
  },
  {
    name: 'events in another order',
    guarantee: 'ordered',
    spoil: withRecords(([begin, first, second, ...rest]) => [begin!, second!, first!, ...rest]),
  },
  {
    name: 'an event that comes twice',
    guarantee: 'unique',
    spoil: withRecords(([begin, first, ...rest]) => [begin!, first!, first!, ...rest]),
  },
  {
    name: 'an event that is left out',
    guarantee: 'reliable',
    spoil: withRecords((records) => records.filter((_, i) => i !== 2)),
  },
  {
    name: 'an end that never comes',
    guarantee: 'reliable',
    spoil: withRecords((records) => records.slice(0, -1)),
  },
  {
    name: 'an event with another value than was written',
    guarantee: 'atomic',
    spoil: withRecords((records) =>
      records.map((record, i) =>
        i === 3
          ? { type: 'modified', seen: { key: 'a', value: 'v1', revision: 13 }, received: 1 }
          : record,
      ),
    ),
  },
  {
    name: 'a modification that says that it is an addition',
    guarantee: 'atomic',
    spoil: withRecords((records) =>
      records.map((record) => (record.type === 'modified' ? { ...record, type: 'added' } : record)),
    ),
  },
  {
    name: 'a deletion that shows an older state',
    guarantee: 'atomic',
    spoil: withRecords((records) =>
      records.map((record) =>
        record.type === 'deleted' ? { ...record, seen: { ...record.seen, value: 'v1' } } : record,
      ),
    ),
  },
  {
    name: 'a resumed watch that leaves something out',
    guarantee: 'resumable',
    spoil: withRecords((records) => records.filter((record) => record.type !== 'deleted')),
  },
  {
    name: 'a bookmark that comes before what it covers',
    guarantee: 'bookmarkable',
    spoil: withRecords((records) =>
      records.map((record) => (record.type === 'bookmark' ? { ...record, revision: 17 } : record)),
    ),
  },
  {
    name: 'a bookmark that goes back',
    guarantee: 'bookmarkable',
    spoil: withRecords((records) =>
      records.map((record) => (record.type === 'bookmark' ? { ...record, revision: 11 } : record)),
    ),
  },
];

describe('the check of a history', () => {
  it('finds nothing wrong with a good one', () => {
    expect(checkHistory(aHistory())).to.deep.equal([]);
  });

  for (const { name, guarantee, spoil } of planted) {
    it(`finds ${name}`, () => {
      const found = checkHistory(spoil(aHistory()));
      expect(found.map((one) => one.guarantee)).to.include(guarantee);
      expect(found.find((one) => one.guarantee === guarantee)!.message).to.match(/\d/);
    });
  }

  it('takes nothing for sure that happened while all watches were expired', () => {
    const history = aHistory();
    const watches = history.watches.map(({ watcher, records }) => ({
      watcher,
      records: [
        ...records.slice(0, 3),
        { type: 'begin', after: 14, resumed: false } as const,
        ...records.slice(7),
      ],
    }));
    expect(checkHistory({ ...history, watches })).to.deep.equal([]);
  });

  it('lets concurrent operations be answered in either order', () => {
    const history = aHistory();
    const operations = history.operations.map((one) =>
      one.id === '7' ? { ...one, called: 0.5, outcome: found('a', 'v1', 11) } : one,
    );
    expect(checkHistory({ ...history, operations })).to.deep.equal([]);
  });
});

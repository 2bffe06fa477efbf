import { expect } from 'chai';
import type { ClauseGroup } from './clause.ts';
import { bytes, expectError, text } from './trial.ts';

export const transactionClauses: ClauseGroup = {
  name: 'transactions',
  clauses: [
    {
      name: 'gives a new key the revision of its write, which is greater than 1',
      async run(trial) {
        const result = await trial.putIf('a', 0, '1');
        expect(result.succeeded).to.equal(true);
        expect(result.revision).to.be.above(1);
        const entry = await trial.backend.get(trial.key('a'));
        expect(entry).to.include({ key: trial.key('a'), revision: result.revision });
        expect(text(entry)).to.equal('1');
      },
    },
    {
      name: 'gives every write a greater revision',
      async run(trial) {
        const first = await trial.put('a', '1');
        const second = await trial.put('b', '1');
        const third = await trial.delete('a');
        expect([first, second, third]).to.deep.equal([first, first + 1, first + 2]);
        expect(await trial.backend.revision()).to.equal(third);
      },
    },
    {
      name: 'does not create a key that exists, and says what it holds',
      async run(trial) {
        const created = await trial.put('a', '1');
        const result = await trial.putIf('a', 0, '2');
        if (result.succeeded) throw new Error('created twice');
        expect(result.current).to.have.length(1);
        expect(result.current[0]).to.include({ key: trial.key('a'), revision: created });
        expect(text(result.current[0])).to.equal('1');
        expect(result.revision).to.equal(created);
        expect(await trial.value('a')).to.equal('1');
      },
    },
    {
      name: 'updates a key that stands at the expected revision',
      async run(trial) {
        const created = await trial.put('a', '1');
        const result = await trial.putIf('a', created, '2');
        expect(result).to.deep.equal({ succeeded: true, revision: created + 1 });
        expect(await trial.value('a')).to.equal('2');
      },
    },
    {
      name: 'does not update a key that has moved on, and says what it holds',
      async run(trial) {
        const created = await trial.put('a', '1');
        const updated = await trial.put('a', '2');
        const result = await trial.putIf('a', created, '3');
        if (result.succeeded) throw new Error('updated at an old revision');
        expect(text(result.current[0])).to.equal('2');
        expect(result.current[0]?.revision).to.equal(updated);
        expect(await trial.value('a')).to.equal('2');
      },
    },
    {
      name: 'does not update a key that is absent, and says that it is',
      async run(trial) {
        const created = await trial.put('a', '1');
        await trial.delete('a');
        const result = await trial.putIf('a', created, '2');
        expect(result).to.deep.include({ succeeded: false, current: [undefined] });
        expect(await trial.value('a')).to.equal(undefined);
      },
    },
    {
      name: 'deletes a key that stands at the expected revision, and creates it anew',
      async run(trial) {
        const created = await trial.put('a', '1');
        const key = trial.key('a');
        const compare = [{ key, revision: created }];
        const deleted = await trial.backend.transact({ compare, then: [{ type: 'delete', key }] });
        expect(deleted).to.deep.equal({ succeeded: true, revision: created + 1 });
        expect(await trial.value('a')).to.equal(undefined);
        const again = await trial.backend.transact({ compare, then: [{ type: 'delete', key }] });
        expect(again).to.deep.include({ succeeded: false, current: [undefined] });
        expect((await trial.putIf('a', 0, '2')).succeeded).to.equal(true);
      },
    },
    {
      name: 'takes no revision for the deletion of an absent key, nor for an empty transaction',
      async run(trial) {
        const before = await trial.put('a', '1');
        expect(await trial.delete('b')).to.equal(before);
        const empty = await trial.backend.transact({
          compare: [{ key: trial.key('a'), revision: before }],
          then: [],
        });
        expect(empty).to.deep.equal({ succeeded: true, revision: before });
        expect(await trial.backend.revision()).to.equal(before);
      },
    },
    {
      name: 'writes several keys at one revision',
      async run(trial) {
        await trial.put('gone', '1');
        const revision = await trial.write(
          { type: 'put', key: trial.key('a'), value: bytes('1') },
          { type: 'delete', key: trial.key('gone') },
          { type: 'put', key: trial.key('b'), value: bytes('2') },
        );
        const { entries } = await trial.backend.list(trial.prefix);
        expect(entries.map((entry) => entry.revision)).to.deep.equal([revision, revision]);
        expect(await trial.contents()).to.deep.equal(['a=1', 'b=2']);
        expect(await trial.contents(revision - 1)).to.deep.equal(['gone=1']);
      },
    },
    {
      name: 'writes nothing when one of several conditions fails, and says what all of them hold',
      async run(trial) {
        const a = await trial.put('a', '1');
        const b = await trial.put('b', '1');
        const result = await trial.backend.transact({
          compare: [
            { key: trial.key('b'), revision: b },
            { key: trial.key('absent'), revision: 0 },
            { key: trial.key('a'), revision: a + 1000 },
          ],
          then: [
            { type: 'put', key: trial.key('b'), value: bytes('2') },
            { type: 'put', key: trial.key('c'), value: bytes('2') },
          ],
        });
        if (result.succeeded) throw new Error('a failed condition was ignored');
        expect(result.current.map(text)).to.deep.equal(['1', undefined, '1']);
        expect(await trial.contents()).to.deep.equal(['a=1', 'b=1']);
        expect(await trial.backend.revision()).to.equal(b);
      },
    },
    {
      name: 'compares keys that it does not write',
      async run(trial) {
        const guard = await trial.put('guard', '1');
        const attempt = async (revision: number) =>
          trial.backend.transact({
            compare: [{ key: trial.key('guard'), revision }],
            then: [{ type: 'put', key: trial.key('a'), value: bytes('1') }],
          });
        expect((await attempt(guard)).succeeded).to.equal(true);
        expect((await attempt(0)).succeeded).to.equal(false);
      },
    },
    {
      name: 'refuses a value of two mebibytes and goes on',
      async run(trial) {
        const value = new Uint8Array(2 * 1024 * 1024);
        const put = { type: 'put', key: trial.key('big'), value } as const;
        await expectError(trial.backend.transact({ compare: [], then: [put] }), 'too-large');
        await trial.put('a', '1');
        expect(await trial.contents()).to.deep.equal(['a=1']);
      },
    },
  ],
};

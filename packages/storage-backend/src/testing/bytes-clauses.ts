import { expect } from 'chai';
import type { Clause, ClauseGroup } from './clause.ts';

const values: readonly { name: string; value: Uint8Array }[] = [
  { name: 'an empty value', value: new Uint8Array(0) },
  { name: 'every byte there is', value: Uint8Array.from({ length: 256 }, (_, i) => i) },
  { name: 'bytes that are not UTF-8', value: Uint8Array.of(0xff, 0xfe, 0xc3, 0x28, 0x00, 0xed) },
  { name: 'a mebibyte', value: Uint8Array.from({ length: 1024 * 1024 }, (_, i) => (i * 31) % 251) },
];

/** In the order of their UTF-8 bytes. UTF-16 would put the last but one first of the last three. */
const keys = ['a', 'a\0', 'a b', 'a/b', 'aa', 'z', 'é', '日本', '\ue000', '～', '😀', '😁'];

export const bytesClauses: ClauseGroup = {
  name: 'bytes',
  clauses: [
    ...values.map(({ name, value }): Clause => ({
      name: `stores ${name} unchanged`,
      async run(trial) {
        const revision = await trial.write({ type: 'put', key: trial.key('a'), value });
        await trial.put('a', 'later');
        const entry = await trial.backend.get(trial.key('a'), { at: revision });
        expect(Buffer.compare(entry!.value, value)).to.equal(0);
        const [event] = await trial.watch(revision - 1).take(2);
        if (event?.type !== 'put') throw new Error('not a put');
        expect(Buffer.compare(event.entry.value, value)).to.equal(0);
      },
    })),
    {
      name: "orders keys by their UTF-8 bytes and not by JavaScript's code units",
      async run(trial) {
        for (const key of keys.toReversed()) await trial.put(key, '1');
        const names = async (options: { start?: string; limit?: number }) => {
          const { entries } = await trial.backend.list(trial.prefix, options);
          return entries.map((entry) => entry.key.slice(trial.prefix.length));
        };
        expect(await names({})).to.deep.equal(keys);
        expect(await names({ start: trial.key('～') })).to.deep.equal(['～', '😀', '😁']);
        expect(await names({ start: trial.key('é'), limit: 2 })).to.deep.equal(['é', '日本']);
        const byBytes = keys.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
        expect(byBytes).to.deep.equal(keys);
      },
    },
    {
      name: 'keeps to a prefix that ends in a character of several bytes',
      async run(trial) {
        for (const name of ['日1', '日本', '月', '旤', '😀a', '😁']) await trial.put(name, '1');
        expect(await trial.backend.count(trial.key('日'))).to.equal(2);
        expect(await trial.backend.count(trial.key('😀'))).to.equal(1);
      },
    },
    {
      name: 'watches a prefix that is the beginning of another',
      async run(trial) {
        const start = await trial.backend.revision();
        const watch = trial.watch(start, { name: 'b/' });
        for (const name of ['b', 'bc/1', 'b/1', 'a/b/1', 'b/last']) await trial.put(name, '1');
        const events = await watch.eventsUntil('b/last');
        expect(events.map((event) => watch.show(event))).to.deep.equal(['put b/1=1']);
      },
    },
  ],
};

import { expect } from 'chai';
import { describe, it } from 'mocha';
import {
  jsonItems,
  objectListChunks,
  objectListLength,
  type ObjectListBody,
} from './object-list.ts';

const kind = '{"kind":"Pod","apiVersion":"v1",';

function listOf(count: number, size: number): ObjectListBody {
  const json = Buffer.from(`${kind}"data":"${'x'.repeat(size)}"}`);
  return {
    head: Buffer.from('{"items":['),
    items: Array.from({ length: count }, () => json),
    form: jsonItems(kind.length),
    tail: Buffer.from(']}\n'),
  };
}

describe("a list of objects' own bytes", () => {
  for (const [count, size, chunks] of [
    [0, 0, 1],
    [1, 10, 1],
    [100, 100, 1],
    [1, 300_000, 3],
    [100, 10_000, 10],
    [2, 131_072, 4],
  ] as const) {
    it(`of ${count} objects with ${size} bytes comes in ${chunks} chunks`, () => {
      const list = listOf(count, size);
      const parts = [...objectListChunks(list)];
      const whole = Buffer.concat(parts);
      expect(parts).to.have.length(chunks);
      expect(whole).to.have.length(objectListLength(list));
      const { items } = JSON.parse(whole.toString()) as { items: { data: string }[] };
      expect(items.map(({ data }) => data.length)).to.deep.equal(
        Array.from({ length: count }, () => size),
      );
    });
  }
});

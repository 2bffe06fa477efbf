import { expect } from 'chai';
import { describe, it } from 'mocha';
import {
  jsonItems,
  objectListChunks,
  objectListLength,
  objectListParts,
  wholeItems,
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

  it('that is short is joined once for the very same items', () => {
    const list = listOf(3, 100);
    const [, first] = objectListParts(list);
    const [, again] = objectListParts({ ...list, head: Buffer.from('{"items":[ ') });
    expect(again).to.equal(first);
    const [, whole] = objectListParts({ ...list, form: wholeItems });
    expect(whole).to.deep.equal(Buffer.concat(list.items));
    const [, others] = objectListParts(listOf(3, 100));
    expect(others).to.not.equal(first);
  });
});

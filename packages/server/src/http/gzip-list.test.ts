import { crc32, gunzipSync } from 'node:zlib';
import {
  jsonItems,
  objectListChunks,
  wholeItems,
  type ItemForm,
  type ObjectListBody,
} from '@keelson/endpoints';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { combineCrc, crcShift } from './crc32-combine.ts';
import { gzippedList } from './gzip-list.ts';
import { GzipMember, deflatedPiece, storedPiece } from './gzip-member.ts';
import { deflatedBlocks } from './list-blocks.ts';
import { deflatedChunks, isCompressed } from './list-chunks.ts';

const kind = '{"kind":"Pod","apiVersion":"v1",';

function item(name: string, content = 'x'.repeat(500)): Uint8Array {
  return Buffer.from(`${kind}"metadata":{"name":"${name}"},"spec":"${content}"}`);
}

function listOf(
  items: readonly Uint8Array[],
  form: ItemForm = jsonItems(kind.length),
): ObjectListBody {
  return {
    head: Buffer.from('{"kind":"PodList","items":['),
    items,
    form,
    tail: Buffer.from(']}\n'),
  };
}

const pods = (count: number) => Array.from({ length: count }, (_, i) => item(`pod-${i}`));

async function unzipped(list: ObjectListBody): Promise<string> {
  const parts = (await Array.fromAsync(gzippedList(list))).flat();
  return gunzipSync(Buffer.concat(parts)).toString();
}

const plain = (list: ObjectListBody) => Buffer.concat([...objectListChunks(list)]).toString();

describe('a compressed list', () => {
  for (const count of [0, 1, 2, 17, 500, 3000]) {
    it(`holds what the plain one of ${count} objects does`, async () => {
      const list = listOf(pods(count));
      expect(await unzipped(list)).to.equal(plain(list));
      expect(JSON.parse(plain(list)).items).to.have.length(count);
    });
  }

  it('holds items as they are where the list has them as they are', async () => {
    const list = listOf(pods(500), wholeItems);
    expect(await unzipped(list)).to.equal(plain(list));
  });

  it('shows changes, additions and removals since it was last made', async () => {
    const before = pods(300);
    await unzipped(listOf(before));
    const after = [...before.slice(0, 100), item('pod-100', 'changed'), ...before.slice(103)];
    after.splice(200, 0, item('pod-new'));
    after.push(item('zzz'));
    expect(await unzipped(listOf(after))).to.equal(plain(listOf(after)));
    expect(await unzipped(listOf(before))).to.equal(plain(listOf(before)));
  });

  it('may begin and end anywhere', async () => {
    const all = pods(300);
    await unzipped(listOf(all));
    for (const [start, end] of [
      [0, 50],
      [7, 8],
      [13, 250],
      [299, 300],
    ] as const) {
      const page = listOf(all.slice(start, end));
      expect(await unzipped(page)).to.equal(plain(page));
    }
  });

  it('is right for several readers at once', async () => {
    const list = listOf(pods(300));
    const texts = await Promise.all([unzipped(list), unzipped(list), unzipped(list)]);
    expect(new Set(texts)).to.deep.equal(new Set([plain(list)]));
  });
});

const pieces = (items: readonly Uint8Array[]) => Array.fromAsync(deflatedBlocks(listOf(items)));

const large = (count: number) =>
  Array.from({ length: count }, (_, i) => item(`pod-${i}`, 'x'.repeat(9000)));

describe('the blocks of a list', () => {
  it('are compressed once', async () => {
    const items = large(300);
    const first = await pieces(items);
    const second = [...deflatedBlocks(listOf(items))];
    expect(first).to.have.length.above(10);
    expect(second).to.have.ordered.members(first);
  });

  it('are kept where nothing changed, wherever else something did', async () => {
    const items = large(300);
    const before = new Set(await pieces(items));
    const changed = items.with(150, item('pod-150', 'changed')).toSpliced(10, 1);
    const fresh = (await pieces(changed)).filter((piece) => !before.has(piece));
    expect(fresh).to.have.length.within(1, 2);
  });

  it('do not fall to pieces when objects are added one by one', async () => {
    const items: Uint8Array[] = [];
    for (const next of large(200)) {
      items.push(next);
      await pieces(items);
    }
    expect(await pieces(items)).to.have.length((await pieces(large(200))).length);
  });

  it('have not much more than a megabyte', async () => {
    // Whether an object begins a block, its name says: here all do, or none.
    const lengths: number[] = [];
    for (const name of ['a', 'b', 'c', 'd']) {
      const items = Array.from({ length: 3000 }, () => item(name, 'x'.repeat(900)));
      lengths.push(...(await pieces(items)).map(({ length }) => length));
    }
    expect(Math.max(...lengths)).to.be.within(900_000, 1_100_000);
  });
});

describe('the chunks of a list', () => {
  const chunks = (items: readonly Uint8Array[]) => Array.fromAsync(deflatedChunks(listOf(items)));
  /** Does not compress well, so that there are several. */
  const noise = (count: number) => {
    let seed = 1;
    const digits = () => String((seed = Math.imul(seed, 0x5bd1e995) + 1)).slice(1);
    const text = () => Array.from({ length: 200 }, digits).join('');
    return Array.from({ length: count }, (_, i) => item(`pod-${i}`, text()));
  };

  it('are made once for the very same items', async () => {
    const items = noise(1500);
    expect(isCompressed(listOf(items))).to.equal(false);
    const first = await chunks(items);
    expect(isCompressed(listOf(items))).to.equal(true);
    expect(first).to.have.length.above(2);
    expect(await chunks(items)).to.have.ordered.members(first);
    expect(await chunks([...items])).to.not.include.members(first);
  });

  it('are not taken for those of another form', async () => {
    const items = pods(300);
    await unzipped(listOf(items));
    const whole = listOf(items, wholeItems);
    expect(await unzipped(whole)).to.equal(plain(whole));
  });

  it('hold what their blocks were compressed to', async () => {
    const items = pods(300);
    const [chunk] = await chunks(items);
    const [block] = await pieces(items);
    expect(block?.bytes.buffer).to.equal(chunk?.bytes.buffer);
  });
});

describe('the CRC of two texts', () => {
  for (const length of [0, 1, 2, 255, 65_537, 1_000_000]) {
    it(`comes from the CRC of each when the second has ${length} bytes`, () => {
      const [first, second] = [Buffer.from('something before'), Buffer.alloc(length, 'keel')];
      expect(combineCrc(crc32(first), crc32(second), crcShift(length))).to.equal(
        crc32(Buffer.concat([first, second])),
      );
    });
  }
});

describe('a gzip member', () => {
  it('is made of compressed and stored pieces in any order', async () => {
    const member = new GzipMember();
    const [a, b] = [Buffer.alloc(10_000, 'a'), Buffer.from('b')];
    const compressed = await deflatedPiece(a);
    const parts = [
      member.header,
      member.add(storedPiece(b)),
      member.add(compressed),
      member.add(storedPiece(Buffer.alloc(0))),
      member.add(compressed),
      member.add(storedPiece(Buffer.alloc(0xffff, 'c'))),
      member.end(),
    ];
    const text = Buffer.concat([b, a, a, Buffer.alloc(0xffff, 'c')]);
    expect(gunzipSync(Buffer.concat(parts)).equals(text)).to.equal(true);
  });

  it('takes no more in a stored piece than the format has room for', () => {
    expect(() => storedPiece(Buffer.alloc(0x10000))).to.throw(RangeError, '65536 bytes');
  });
});

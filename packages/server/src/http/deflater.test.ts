import { constants, inflateRawSync } from 'node:zlib';
import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { Deflater, withDeflater } from './deflater.ts';

const inflated = (bytes: Uint8Array) =>
  inflateRawSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH });

describe('a deflater', () => {
  it('compresses each text for itself, however long it comes out', async () => {
    const deflater = new Deflater();
    const noise = randomBytes(200_000);
    for (const text of [Buffer.from('a'), noise, Buffer.alloc(0), noise, Buffer.alloc(3e6, 'x')])
      expect(inflated(await deflater.compress(text)).equals(text)).to.equal(true);
  });

  it('has room for a text, long or short', () => {
    const deflater = new Deflater();
    for (const length of [1, 1_000_000, 0, 2_000_000, 10])
      expect(deflater.room(length)).to.have.length(length);
    expect(deflater.room(1).buffer).to.equal(deflater.room(2).buffer);
  });

  it('is lent to one at a time, and not again when it failed', async () => {
    const lent = new Set<Deflater>();
    const failing: { deflater?: Deflater } = {};
    await withDeflater((deflater) => {
      failing.deflater = deflater;
      return Promise.reject(new Error('no'));
    }).catch(() => undefined);
    const texts = Array.from({ length: 20 }, (_, i) => Buffer.from(`text ${i}`));
    const compressed = await Promise.all(
      texts.map((text) =>
        withDeflater((deflater) => {
          lent.add(deflater);
          return deflater.compress(text);
        }),
      ),
    );
    expect(compressed.map((bytes) => inflated(bytes).toString())).to.deep.equal(texts.map(String));
    expect(lent.size).to.equal(20);
    expect(failing.deflater !== undefined && lent.has(failing.deflater)).to.equal(false);
    const again = await withDeflater((deflater) => Promise.resolve(deflater));
    expect(lent.has(again)).to.equal(true);
  });
});

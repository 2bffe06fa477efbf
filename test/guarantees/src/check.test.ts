import { Random, chooseSeed } from '@keelson/storage-backend/testing';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { checkHistory } from './check-history.ts';
import { recordHistory } from './record.ts';
import { startKeelson } from './targets.ts';

describe('a server whose process, connections and clock have faults', () => {
  it('keeps all guarantees', async function () {
    this.timeout(120_000);
    const seed = chooseSeed();
    const random = new Random(seed);
    await using keelson = await startKeelson('embedded', random);
    const history = await recordHistory({
      ...keelson,
      random,
      seconds: 4,
      clients: 4,
      watchers: 3,
      keys: 4,
      faultEveryMs: 800,
    });
    const written = history.operations.filter(({ outcome }) => outcome.type === 'written');
    expect(written.length, `STORAGE_SEED=${seed}`).to.be.above(0);
    const violations = checkHistory(history).map(
      ({ guarantee, message }) => `${guarantee}: ${message}`,
    );
    expect(violations.join('\n'), `STORAGE_SEED=${seed}`).to.equal('');
  });
});

import { Random, chooseSeed } from '@keelson/storage-backend/testing';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { crashEmbedded } from './embedded-crashes.ts';
import { crashEtcd3 } from './etcd3-crashes.ts';

const backends = [
  { name: 'an embedded store', crash: crashEmbedded, kills: 8 },
  { name: 'etcd', crash: crashEtcd3, kills: 4 },
];

describe('kill -9', () => {
  for (const { name, crash, kills } of backends) {
    it(`costs ${name} nothing that was acknowledged`, async function () {
      this.timeout(60_000);
      const seed = chooseSeed();
      try {
        const report = await crash(kills, new Random(seed));
        expect(report.acknowledged).to.be.above(kills);
      } catch (error) {
        throw new Error(`STORAGE_SEED=${seed}`, { cause: error });
      }
    });
  }
});

import { schemaOf, typeIds } from '@keelson/kubernetes-api';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { RandomObjects, seeded } from './testing/random-object.ts';
import { throughAll } from './testing/round-trip.ts';

// More of the same: KEELSON_ROUNDS=1000 KEELSON_SEED=2 node --run test
const rounds = Number(process.env['KEELSON_ROUNDS'] ?? 2);
const seed = Number(process.env['KEELSON_SEED'] ?? 1);

const large = [9007199254740993n, -(2n ** 63n), 2n ** 63n - 1n];

describe('a random object', () => {
  const groups = Map.groupBy(typeIds(), (id) => id.slice(0, id.lastIndexOf('.')));
  for (const [group, ids] of groups) {
    it(`of each type of ${group} goes through every encoding unchanged`, function () {
      this.timeout(0);
      const objects = new RandomObjects(seeded(seed), large);
      for (const id of ids) {
        for (let round = 0; round < rounds; round++) {
          const { json, changed } = throughAll(objects.object(schemaOf(id)), schemaOf(id));
          expect(changed, `${id}, seed ${seed}, round ${round}: ${json}`).to.deep.equal({});
        }
      }
    });
  }
});

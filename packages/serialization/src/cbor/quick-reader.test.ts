import { schemaOf, typeIds } from '@keelson/kubernetes-api';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { DamagedCbor } from '../testing/damaged-cbor.ts';
import { RandomObjects, seeded } from '../testing/random-object.ts';
import { encodeCbor } from './encode-cbor.ts';
import { readQuickly } from './quick-reader.ts';
import { readCarefully } from './read-carefully.ts';

describe('the quick reader of CBOR', () => {
  const rounds = Number(process.env['KEELSON_ROUNDS'] ?? 3);
  const random = seeded(1);
  const objects = new RandomObjects(random);
  const damage = new DamagedCbor(random);
  const ids = typeIds();

  it('takes what is written here, and reads it as the careful one does', () => {
    for (const id of ids) {
      const schema = schemaOf(id);
      // The one key that it does not take.
      const made = JSON.stringify(objects.object(schema)).replaceAll('__proto__', 'proto');
      const bytes = encodeCbor(JSON.parse(made), schema);
      expect(readQuickly(bytes, schema), id).to.deep.equal(readCarefully(bytes, schema).object);
    }
  });

  it('takes nothing that the careful one refuses, or reads in another way', () => {
    for (const id of ids) {
      const schema = schemaOf(id);
      const bytes = encodeCbor(objects.object(schema), schema);
      for (let round = 0; round < rounds; round++) {
        const damaged = damage.damaged(bytes);
        const object = readQuickly(damaged, schema);
        if (object === undefined) continue;
        const hex = `${id} ${Buffer.from(damaged).toString('hex')}`;
        expect({ object, problems: [] }, hex).to.deep.equal(readCarefully(damaged, schema));
      }
    }
  });
});

import { StatusError } from '@keelson/api-machinery';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { ApiFixture } from './testing/api-fixture.ts';

const collection = '/api/v1/namespaces/a/configmaps';
const one = `${collection}/one`;
const body = { metadata: { name: 'one' }, data: { a: '1' } };
const tooLarge = new StatusError({ code: 413, reason: 'RequestEntityTooLarge', message: 'large' });

/** An API that stores no objects with managed fields from now on. */
function limited(api: ApiFixture): ApiFixture {
  const { configMaps } = api;
  configMaps.refuse = ({ metadata }) => (metadata.managedFields ? tooLarge : undefined);
  return api;
}

describe('A write that is too large with its managed fields', () => {
  const rows: readonly (readonly [method: string, target: string, type: string, status: number])[] =
    [
      ['PUT', one, 'application/json', 200],
      ['PATCH', one, 'application/merge-patch+json', 200],
      ['PATCH', `${one}?fieldManager=m&force=true`, 'application/apply-patch+yaml', 413],
    ];
  for (const [method, target, type, status] of rows) {
    it(`${type} is ${status === 413 ? 'refused' : 'made without them'}`, async () => {
      const api = new ApiFixture();
      await api.send('POST', collection, { body });
      const changed = { kind: 'ConfigMap', apiVersion: 'v1', ...body, data: { a: '2' } };
      const headers = { 'content-type': type };
      const answer = await limited(api).send(method, target, { headers, body: changed });
      expect(answer?.status).to.equal(status);
      const stored = api.configMaps.objects.get('a/one');
      expect(stored?.data).to.deep.equal({ a: status === 413 ? '1' : '2' });
      expect(stored?.metadata.managedFields === undefined).to.equal(status !== 413);
    });
  }

  it('that makes an object makes it without them', async () => {
    const api = limited(new ApiFixture());
    expect((await api.send('POST', collection, { body }))?.status).to.equal(201);
    expect(api.configMaps.objects.get('a/one')?.metadata.managedFields).to.equal(undefined);
  });

  it('and without them is refused', async () => {
    const api = new ApiFixture();
    api.configMaps.refuse = () => tooLarge;
    expect((await api.send('POST', collection, { body }))?.status).to.equal(413);
  });
});

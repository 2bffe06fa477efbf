import { expect } from 'chai';
import { describe, it } from 'mocha';
import { ApiFixture } from './testing/api-fixture.ts';

const collection = '/api/v1/namespaces/a/configmaps';
const body = { ignoreStoreReadErrorWithClusterBreakingPotential: true };

/** An API where nobody may do one thing, and what it was asked. */
async function deletion(forbidden: string, sent: object) {
  const api = new ApiFixture();
  const asked: string[] = [];
  await api.send('POST', collection, { body: { metadata: { name: 'one' } } });
  api.authorize = ({ verb }) => {
    asked.push(verb);
    return Promise.resolve({ verdict: verb === forbidden ? 'deny' : 'allow' });
  };
  return { answer: await api.send('DELETE', `${collection}/one`, { body: sent }), asked };
}

describe('The deletion of what cannot be read', () => {
  it('is asked for by a verb of its own', async () => {
    const { answer, asked } = await deletion('unsafe-delete-ignore-read-errors', body);
    expect(asked).to.deep.equal(['unsafe-delete-ignore-read-errors']);
    expect(answer?.status).to.equal(403);
    expect(JSON.parse(answer?.text ?? '').message).to.equal(
      'configmaps "one" is forbidden: not permitted to do "unsafe-delete-ignore-read-errors", reason: ',
    );
  });

  it('is not asked about when it is none', async () => {
    const { answer, asked } = await deletion('unsafe-delete-ignore-read-errors', {});
    expect({ status: answer?.status, asked }).to.deep.equal({ status: 200, asked: [] });
  });
});

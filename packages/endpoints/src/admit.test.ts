import type { AdmissionPlugin } from '@keelson/admission';
import type { ManagedFieldsEntry } from '@keelson/api-machinery';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { ApiFixture } from './testing/api-fixture.ts';

const collection = '/api/v1/namespaces/a/configmaps';
const body = { metadata: { name: 'one' }, data: { a: '1' } };
const entry: ManagedFieldsEntry = {
  manager: 'plugin',
  operation: 'Update',
  apiVersion: 'v1',
  fieldsType: 'FieldsV1',
  fieldsV1: { 'f:data': { 'f:a': {} } },
};

/** Sets managed fields, of whatever kind. */
const meddler = (managedFields: ManagedFieldsEntry[]): AdmissionPlugin => ({
  name: 'Meddler',
  admit: ({ object }) => {
    if (object !== undefined) object.metadata.managedFields = managedFields;
    return Promise.resolve();
  },
});

describe('A plugin that sets managed fields', () => {
  it('may do so', async () => {
    const api = new ApiFixture([meddler([entry])]);
    const answer = await api.send('POST', collection, { body });
    expect(JSON.parse(answer?.text ?? '').metadata.managedFields).to.deep.equal([entry]);
    expect(answer?.headers).to.not.have.property('warning');
  });

  it('is warned of when they are none, and they stay as they were', async () => {
    const api = new ApiFixture([meddler([{ ...entry, fieldsType: 'FieldsV2' }])]);
    const answer = await api.send('POST', `${collection}?fieldManager=me`, { body });
    const managers = JSON.parse(answer?.text ?? '').metadata.managedFields;
    expect(managers.map(({ manager }: ManagedFieldsEntry) => manager)).to.deep.equal(['me']);
    expect(answer?.headers['warning']).to.deep.equal([
      String.raw`299 - ".metadata.managedFields was in an invalid state after admission; this could be caused by an outdated mutating admission controller; please fix your requests: invalid fieldsType \"FieldsV2\" in managed fields entry 0"`,
    ]);
  });
});

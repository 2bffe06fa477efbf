import type { JsonValue, KubernetesObject, ManagedFieldsEntry } from '@keelson/api-machinery';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { applyFields } from './apply-fields.ts';
import type { JsonObject } from './json-value.ts';
import type { Schema } from './schema.ts';
import { aThing, aWrite, thingSchema } from './testing/things.ts';
import { updateManagedFields } from './update-managed-fields.ts';
import type { Converter } from './versions.ts';

const v1 = 'example.com/v1';
const v2 = 'example.com/v2';

/** What v1 calls `data`, v2 calls `settings`. */
const schemaV2: Schema = {
  map: {
    atomic: false,
    fields: new Map(
      [...(thingSchema.map?.fields ?? [])].map(([name, field]) => [
        name === 'data' ? 'settings' : name,
        field,
      ]),
    ),
  },
};

const renamed = (value: JsonValue, apiVersion: string): JsonValue => {
  const { data, settings, ...rest } = value as JsonObject;
  const content = data ?? settings;
  const name = apiVersion === v1 ? 'data' : 'settings';
  return { ...rest, apiVersion, ...(content === undefined ? {} : { [name]: content }) };
};

const convert: Converter = ({ value }, apiVersion) => {
  if (apiVersion !== v1 && apiVersion !== v2) return undefined;
  const schema = apiVersion === v1 ? thingSchema : schemaV2;
  return { apiVersion, schema, value: renamed(value, apiVersion) };
};

const inV1 = { convert };
const inV2 = {
  convert,
  schema: schemaV2,
  kind: { group: 'example.com', version: 'v2', kind: 'Thing' },
};
const entriesOf = (object: JsonObject) =>
  ((object['metadata'] as JsonObject)['managedFields'] ?? []) as unknown as ManagedFieldsEntry[];
const owners = (object: JsonObject) =>
  entriesOf(object).map(({ manager, apiVersion, fieldsV1 }) => [manager, apiVersion, fieldsV1]);

describe('Ownership in another version', () => {
  const live = applyFields(
    undefined,
    { ...aThing({ settings: { a: '1', b: '1' } }), apiVersion: v2 },
    aWrite('one', inV2),
  );
  const stored = renamed(live, v1) as JsonObject;

  it('is conflicted with', () => {
    const apply = () => applyFields(stored, aThing({ data: { a: '2' } }), aWrite('two', inV1));
    expect(apply).to.throw('Apply failed with 1 conflict: conflict with "one": .settings.a');
  });

  it('is shared, and taken by force', () => {
    const config = aThing({ data: { a: '1', b: '2' } });
    const object = applyFields(stored, config, aWrite('two', { ...inV1, force: true }));
    expect(owners(object)).to.deep.equal([
      ['one', v2, { 'f:settings': { 'f:a': {} } }],
      ['two', v1, { 'f:data': { 'f:a': {}, 'f:b': {} } }],
    ]);
  });

  it('is given up by its applier', () => {
    const object = applyFields(stored, aThing({ data: { b: '1' } }), aWrite('one', inV1));
    expect(object['data']).to.deep.equal({ b: '1' });
    expect(owners(object)).to.deep.equal([['one', v1, { 'f:data': { 'f:b': {} } }]]);
  });

  it('is given up although the other version has a field of that name', () => {
    const v2Data = { ...aThing({ tags: ['x'], data: { z: '1' } }), apiVersion: v2 };
    // In v2, data is what v1 calls anything.
    const swap: Converter = ({ value }, apiVersion) => {
      const { data, anything, ...rest } = value as JsonObject;
      const names = apiVersion === v1 ? { anything: data } : { data: anything };
      const content = Object.entries(names).filter(([, member]) => member !== undefined);
      const both = apiVersion === v1 ? { data: anything } : { anything: data };
      const other = Object.entries(both).filter(([, member]) => member !== undefined);
      return {
        apiVersion,
        schema: thingSchema,
        value: { ...rest, ...Object.fromEntries([...content, ...other]), apiVersion } as JsonValue,
      };
    };
    const more = { convert: swap };
    const first = applyFields(
      undefined,
      v2Data,
      aWrite('one', { ...inV2, schema: thingSchema, ...more }),
    );
    const inFirst = swap({ apiVersion: v2, schema: thingSchema, value: first }, v1)
      ?.value as JsonObject;
    const config = aThing({ tags: ['x'], data: { z: '1' } });
    const object = applyFields(inFirst, config, aWrite('one', more));
    expect(object['data']).to.deep.equal({ z: '1' });
    expect(object).to.not.have.property('anything');
  });

  it('is lost to an update', () => {
    const object = aThing({ data: { a: '2', b: '1' } }) as unknown as KubernetesObject;
    updateManagedFields(stored as unknown as KubernetesObject, object, aWrite('two', inV1));
    expect(owners(object as unknown as JsonObject)).to.deep.equal([
      ['one', v2, { 'f:settings': { 'f:b': {} } }],
      ['two', v1, { 'f:data': { 'f:a': {} } }],
    ]);
  });

  it('goes with its version', () => {
    const entries = entriesOf(stored).map((entry) => ({ ...entry, apiVersion: 'example.com/v9' }));
    const old = {
      ...stored,
      metadata: { name: 't', managedFields: entries as unknown as JsonValue },
    };
    const object = applyFields(old, aThing({ data: { c: '1' } }), aWrite('two', inV1));
    expect(object['data']).to.deep.equal({ a: '1', b: '1', c: '1' });
    expect(owners(object)).to.deep.equal([['two', v1, { 'f:data': { 'f:c': {} } }]]);
  });
});

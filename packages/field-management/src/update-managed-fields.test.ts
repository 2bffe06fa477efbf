import type { KubernetesObject, ManagedFieldsEntry } from '@keelson/api-machinery';
import { schemaOf } from '@keelson/kubernetes-api';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { FieldWrite } from './field-write.ts';
import type { JsonObject } from './json-value.ts';
import { kubernetesSchema } from './kubernetes-schema.ts';
import { aThing, aWrite } from './testing/things.ts';
import { updateManagedFields } from './update-managed-fields.ts';

// Things are objects.
const asObject = (thing: JsonObject) => thing as unknown as KubernetesObject;

function updated(
  live: KubernetesObject | undefined,
  content: JsonObject,
  manager: string,
  more: Partial<FieldWrite> = {},
): KubernetesObject {
  const object = asObject(structuredClone(aThing(content)));
  updateManagedFields(live, object, aWrite(manager, more));
  return object;
}

const shown = ({ metadata }: KubernetesObject) =>
  (metadata.managedFields ?? []).map(({ manager, fieldsV1 }) => [manager, fieldsV1]);

const entry = (more: Partial<ManagedFieldsEntry>): JsonObject =>
  structuredClone({
    manager: 'hand',
    operation: 'Update',
    apiVersion: 'example.com/v1',
    fieldsType: 'FieldsV1',
    fieldsV1: { 'f:data': { 'f:a': {} } },
    ...more,
  });

describe('An update', () => {
  it('gives what it sets to its manager', () => {
    const object = updated(undefined, { data: { a: '1' } }, 'one');
    expect(object.metadata.managedFields).to.deep.equal([
      {
        manager: 'one',
        operation: 'Update',
        apiVersion: 'example.com/v1',
        time: '2026-01-02T03:04:05Z',
        fieldsType: 'FieldsV1',
        fieldsV1: { 'f:data': { '.': {}, 'f:a': {} } },
      },
    ]);
  });

  it('takes from others what it changes, and from all what it removes', () => {
    const first = updated(undefined, { data: { a: '1', b: '1', c: '1' } }, 'one');
    const second = updated(first, { data: { a: '2', b: '1' } }, 'two', { time: 'later' });
    expect(shown(second)).to.deep.equal([
      ['one', { 'f:data': { '.': {}, 'f:b': {} } }],
      ['two', { 'f:data': { 'f:a': {} } }],
    ]);
  });

  it('that changes nothing leaves all as it was', () => {
    const first = updated(undefined, { data: { a: '1' } }, 'one');
    const again = updated(first, { data: { a: '1' } }, 'two', { time: 'later' });
    expect(again).to.deep.equal(first);
  });

  it('owns nothing that it cannot change', () => {
    const reset: FieldWrite['reset'] = (set) => ({
      ...set,
      children: new Map([...set.children].filter(([step]) => step !== 'f:data')),
    });
    const object = updated(undefined, { data: { a: '1' }, tags: ['x'] }, 'one', { reset });
    expect(shown(object)).to.deep.equal([['one', { 'f:tags': { '.': {}, 'v:"x"': {} } }]]);
  });

  const live = updated(undefined, { data: { a: '1' } }, 'one');
  const own = shown(live);
  const rows: readonly (readonly [what: string, managedFields: JsonObject[], left: unknown])[] = [
    ['resets them by an empty list', [], []],
    ['resets them by an empty entry', [{}], []],
    ['sets them', [entry({})], [['hand', { 'f:data': { 'f:a': {} } }]]],
    ['keeps them for an unknown operation', [entry({ operation: 'Create' })], own],
    ['keeps them for an unknown type', [entry({ fieldsType: 'FieldsV2' })], own],
    ['keeps them for no type', [entry({ fieldsType: '' })], own],
    ['keeps them for no version', [entry({ apiVersion: '' })], own],
    ['keeps them for fields that are none', [entry({ fieldsV1: { x: {} } })], own],
    ['drops those of a version that there is not', [entry({ apiVersion: 'example.com/v9' })], []],
    [
      'takes the last of one manager',
      [entry({}), entry({ fieldsV1: { 'f:tags': {} } })],
      [['hand', { 'f:tags': {} }]],
    ],
  ];
  for (const [what, managedFields, left] of rows) {
    it(`with managed fields ${what}`, () => {
      const object = updated(live, { data: { a: '1' }, metadata: { managedFields } }, 'two');
      expect(shown(object)).to.deep.equal(left);
    });
  }

  it('of a subresource takes no managed fields from its sender', () => {
    const sent = { data: { a: '1' }, metadata: { managedFields: [entry({})] } };
    expect(shown(updated(live, sent, 'two', { subresource: 'status' }))).to.deep.equal(own);
  });

  it('of what nobody kept track of leaves it like that', () => {
    expect(shown(updated(asObject(aThing()), { data: { a: '1' } }, 'two'))).to.deep.equal([]);
  });

  it('keeps ten managers by name, and what the oldest did together', () => {
    let object = updated(undefined, {}, 'none');
    const data: JsonObject = {};
    for (let number = 10; number < 24; number++) {
      data[`d${number}`] = '1';
      const time = `2026-01-02T03:04:${number}Z`;
      object = updated(
        object.metadata.managedFields ? object : undefined,
        { data: { ...data } },
        `m${number}`,
        { time },
      );
    }
    const entries = object.metadata.managedFields ?? [];
    expect(entries.map(({ manager }) => manager)).to.deep.equal([
      'ancient-changes',
      ...Array.from({ length: 9 }, (_, index) => `m${15 + index}`),
    ]);
    expect(entries[0]?.time).to.equal('2026-01-02T03:04:14Z');
  });

  it('fits what is owned to a type that has become atomic', () => {
    const managedFields = [entry({ fieldsV1: { 'f:selector': { 'f:a': {}, 'f:b': {} } } })];
    const old = asObject(aThing({ selector: { a: '1' }, metadata: { managedFields } }));
    expect(shown(updated(old, { selector: { a: '1' } }, 'two'))).to.deep.equal([
      ['hand', { 'f:selector': {} }],
    ]);
  });
});

describe('An update of a built-in kind', () => {
  const configMap = {
    kind: { group: '', version: 'v1', kind: 'ConfigMap' },
    schema: kubernetesSchema(schemaOf('core/v1.ConfigMap')),
  };

  it('knows that Go leaves empty maps out', () => {
    const object = updated(undefined, { data: {}, metadata: { labels: {} } }, 'one', configMap);
    expect(shown(object)).to.deep.equal([]);
  });

  it('knows that Go leaves zeros out', () => {
    const schema = kubernetesSchema(schemaOf('autoscaling/v1.Scale'));
    const kind = { group: 'autoscaling', version: 'v1', kind: 'Scale' };
    const managedFields = [
      entry({ apiVersion: 'autoscaling/v1', fieldsV1: { 'f:spec': { 'f:replicas': {} } } }),
    ];
    const live = asObject(aThing({ spec: { replicas: 0 }, metadata: { managedFields } }));
    const object = updated(live, { spec: {} }, 'one', { kind, schema });
    expect(shown(object)).to.deep.equal([['hand', { 'f:spec': { 'f:replicas': {} } }]]);
  });

  const pdb = {
    kind: { group: 'policy', version: 'v1', kind: 'PodDisruptionBudget' },
    schema: kubernetesSchema(schemaOf('policy/v1.PodDisruptionBudget')),
  };
  const expression = { key: 'a', operator: 'Exists' };
  const selectors: readonly (readonly [
    what: string,
    before: JsonObject,
    after: JsonObject,
    changed: boolean,
  ])[] = [
    ['an empty list', {}, { matchExpressions: [] }, false],
    ['an empty map', {}, { matchLabels: {} }, false],
    [
      'an empty list in a list',
      { matchExpressions: [expression] },
      { matchExpressions: [{ ...expression, values: [] }] },
      true,
    ],
    [
      'it again, for it is not stored',
      { matchExpressions: [{ ...expression, values: [] }] },
      { matchExpressions: [{ ...expression, values: [] }] },
      true,
    ],
    [
      'none any more',
      { matchExpressions: [{ ...expression, values: [] }] },
      { matchExpressions: [expression] },
      false,
    ],
  ];
  for (const [what, before, after, changed] of selectors) {
    it(`takes ${what} for ${changed ? 'a' : 'no'} change of what is owned as one`, () => {
      const live = updated(undefined, { spec: { minAvailable: 1, selector: before } }, 'one', pdb);
      const next = updated(live, { spec: { minAvailable: 1, selector: after } }, 'two', pdb);
      expect(shown(next).length).to.equal(changed ? 2 : 1);
    });
  }

  it('counts times that Go always writes', () => {
    const schema = kubernetesSchema(schemaOf('core/v1.Pod'));
    const status = { conditions: [{ type: 'Ready', status: 'True' }] };
    const object = updated(undefined, { status }, 'one', {
      kind: { group: '', version: 'v1', kind: 'Pod' },
      schema,
    });
    expect(JSON.stringify(shown(object))).to.contain('"f:lastTransitionTime":{}');
  });
});

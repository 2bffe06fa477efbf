import { StatusError, type JsonValue, type ManagedFieldsEntry } from '@keelson/api-machinery';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { applyFields, type ApplyWrite } from './apply-fields.ts';
import type { JsonObject } from './json-value.ts';
import { ownedFields } from './owned-fields.ts';
import { pathsOf } from './field-set.ts';
import { parseFieldSet } from './fields-v1.ts';
import { pathText } from './step.ts';
import { Random } from '@keelson/storage-backend/testing';
import { aRandomThing, aThing, aWrite, thingSchema } from './testing/things.ts';
import { managedPart } from './unmanaged.ts';

type Step = readonly [manager: string, content: JsonObject, more?: Partial<ApplyWrite>];

function applied(...steps: readonly Step[]): JsonObject {
  let object: JsonObject | undefined;
  for (const [manager, content, more] of steps)
    object = applyFields(object, aThing(content), aWrite(manager, more));
  return object ?? {};
}

function contentOf(object: JsonObject): JsonObject {
  const { kind: _, apiVersion: __, metadata, ...content } = object;
  const { name: ___, managedFields: ____, ...rest } = metadata as JsonObject;
  return Object.keys(rest).length === 0 ? content : { ...content, metadata: rest };
}

const entriesOf = (object: JsonObject): ManagedFieldsEntry[] =>
  ((object['metadata'] as JsonObject)['managedFields'] ?? []) as unknown as ManagedFieldsEntry[];

function ownersOf(object: JsonObject): Record<string, string[]> {
  return Object.fromEntries(
    entriesOf(object).map(({ manager, fieldsV1 }) => [
      manager,
      [...pathsOf(parseFieldSet(fieldsV1 ?? {}) ?? managedPart(ownedFields({}, {})))].map(pathText),
    ]),
  );
}

function refusal(run: () => unknown): StatusError {
  try {
    run();
  } catch (error) {
    if (error instanceof StatusError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

const force = { force: true };

describe('An apply', () => {
  const noEntries: readonly JsonValue[] = [{ manager: true }, { time: 'today' }, 7];
  for (const entry of noEntries) {
    it(`leaves it to the schema to refuse ${JSON.stringify(entry)} for managed fields`, () => {
      const config = aThing({ metadata: { managedFields: [entry] } });
      expect(() => applyFields(undefined, config, aWrite('one'))).to.not.throw();
    });
  }

  const rows: readonly {
    readonly name: string;
    readonly steps: readonly Step[];
    readonly content: JsonObject;
    readonly owners: Record<string, string[]>;
  }[] = [
    {
      name: 'makes an object',
      steps: [['one', { data: { a: '1' }, tags: ['x'] }]],
      content: { data: { a: '1' }, tags: ['x'] },
      owners: { one: ['.data.a', '.tags[="x"]'] },
    },
    {
      name: 'shares what is the same',
      steps: [
        ['one', { data: { a: '1' } }],
        ['two', { data: { a: '1', b: '2' } }],
      ],
      content: { data: { a: '1', b: '2' } },
      owners: { one: ['.data.a'], two: ['.data.a', '.data.b'] },
    },
    {
      name: 'takes away what its applier gives up',
      steps: [
        [
          'one',
          { data: { a: '1', b: '2' }, tags: ['x', 'y'], parts: [{ name: 'a' }, { name: 'b' }] },
        ],
        ['one', { data: { b: '2' }, tags: ['y'], parts: [{ name: 'b' }] }],
      ],
      content: { data: { b: '2' }, tags: ['y'], parts: [{ name: 'b' }] },
      owners: { one: ['.data.b', '.parts[name="b"]', '.parts[name="b"].name', '.tags[="y"]'] },
    },
    {
      name: 'leaves what somebody else owns too',
      steps: [
        ['one', { data: { a: '1' }, parts: [{ name: 'a', image: '1' }] }],
        ['two', { data: { a: '1' }, parts: [{ name: 'a' }] }],
        ['one', {}],
      ],
      content: { data: { a: '1' }, parts: [{ name: 'a' }] },
      owners: { two: ['.data.a', '.parts[name="a"]', '.parts[name="a"].name'] },
    },
    {
      name: 'by force takes over',
      steps: [
        ['one', { data: { a: '1' }, selector: { x: '1' } }],
        ['two', { data: { a: '2' }, selector: { y: '2' } }, force],
      ],
      content: { data: { a: '2' }, selector: { y: '2' } },
      owners: { two: ['.selector', '.data.a'] },
    },
    {
      name: 'knows items by the defaults of their keys',
      steps: [
        ['one', { parts: [{ name: 'a', ports: [{ port: 80 }] }] }],
        ['two', { parts: [{ name: 'a', ports: [{ port: 80, protocol: 'UDP' }] }] }],
      ],
      content: {
        parts: [{ name: 'a', ports: [{ port: 80 }, { port: 80, protocol: 'UDP' }] }],
      },
      owners: {
        one: [
          '.parts[name="a"]',
          '.parts[name="a"].name',
          '.parts[name="a"].ports[port=80,protocol="TCP"]',
          '.parts[name="a"].ports[port=80,protocol="TCP"].port',
        ],
        two: [
          '.parts[name="a"]',
          '.parts[name="a"].name',
          '.parts[name="a"].ports[port=80,protocol="UDP"]',
          '.parts[name="a"].ports[port=80,protocol="UDP"].port',
          '.parts[name="a"].ports[port=80,protocol="UDP"].protocol',
        ],
      },
    },
    {
      name: 'knows items by keys that are null as such',
      steps: [
        ['one', { parts: [{ name: 'a', ports: [{ port: 80 }] }] }],
        ['two', { parts: [{ name: 'a', ports: [{ port: 80, protocol: null }] }] }],
      ],
      content: {
        parts: [{ name: 'a', ports: [{ port: 80 }, { port: 80, protocol: null }] }],
      },
      owners: {
        one: [
          '.parts[name="a"]',
          '.parts[name="a"].name',
          '.parts[name="a"].ports[port=80,protocol="TCP"]',
          '.parts[name="a"].ports[port=80,protocol="TCP"].port',
        ],
        two: [
          '.parts[name="a"]',
          '.parts[name="a"].name',
          '.parts[name="a"].ports[port=80,protocol=null]',
          '.parts[name="a"].ports[port=80,protocol=null].port',
          '.parts[name="a"].ports[port=80,protocol=null].protocol',
        ],
      },
    },
    {
      name: 'puts items in the order applied',
      steps: [
        ['one', { parts: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] }],
        ['two', { parts: [{ name: 'c' }, { name: 'd' }, { name: 'a' }] }],
      ],
      content: { parts: [{ name: 'b' }, { name: 'c' }, { name: 'd' }, { name: 'a' }] },
      owners: {
        one: [
          '.parts[name="a"]',
          '.parts[name="b"]',
          '.parts[name="c"]',
          '.parts[name="a"].name',
          '.parts[name="b"].name',
          '.parts[name="c"].name',
        ],
        two: [
          '.parts[name="a"]',
          '.parts[name="c"]',
          '.parts[name="d"]',
          '.parts[name="a"].name',
          '.parts[name="c"].name',
          '.parts[name="d"].name',
        ],
      },
    },
    {
      name: 'deduces the type of what has none',
      steps: [
        ['one', { anything: { a: { b: 1, list: [1] } } }],
        ['two', { anything: { a: { c: 2 } } }],
        ['one', { anything: { a: { b: 1 } } }],
      ],
      content: { anything: { a: { b: 1, c: 2 } } },
      owners: {
        one: ['.anything.a', '.anything.a.b'],
        two: ['.anything.a', '.anything.a.c'],
      },
    },
    {
      name: 'owns nothing of the server’s',
      steps: [['one', { metadata: { labels: { l: '1' } } }]],
      content: { metadata: { labels: { l: '1' } } },
      owners: { one: ['.metadata.labels.l'] },
    },
  ];
  for (const { name, steps, content, owners } of rows) {
    it(name, () => {
      const object = applied(...steps);
      expect(contentOf(object)).to.deep.equal(content);
      expect(ownersOf(object)).to.deep.equal(owners);
    });
  }

  it('conflicts with what others own, and says with whom and where', () => {
    const live = applied(['one', { data: { a: '1' }, parts: [{ name: 'p', image: '1' }] }]);
    const once = refusal(() => applyFields(live, aThing({ data: { a: '2' } }), aWrite('two')));
    expect(once.message).to.equal('Apply failed with 1 conflict: conflict with "one": .data.a');
    expect(once.code).to.equal(409);
    const config = aThing({ data: { a: '2' }, parts: [{ name: 'p', image: '2' }] });
    const twice = refusal(() => applyFields(live, config, aWrite('two')));
    expect(twice.message).to.equal(
      'Apply failed with 2 conflicts: conflicts with "one":\n- .data.a\n- .parts[name="p"].image',
    );
    expect(twice.details?.causes).to.deep.equal([
      { reason: 'FieldManagerConflict', message: 'conflict with "one"', field: '.data.a' },
      {
        reason: 'FieldManagerConflict',
        message: 'conflict with "one"',
        field: '.parts[name="p"].image',
      },
    ]);
  });

  it('of what nobody kept track of conflicts with those before', () => {
    const error = refusal(() =>
      applyFields(aThing({ data: { a: '1' } }), aThing({ data: { a: '2' } }), aWrite('one')),
    );
    expect(error.message).to.equal(
      'Apply failed with 1 conflict: conflict with "before-first-apply" using example.com/v1: .data.a',
    );
  });

  const refused: readonly (readonly [
    what: string,
    config: JsonValue,
    code: number,
    message: string,
  ])[] = [
    [
      'of another kind',
      { ...aThing(), kind: 'Other' },
      400,
      'invalid object type: example.com/v1, Kind=Other',
    ],
    [
      'of another version',
      { ...aThing(), apiVersion: 'v1' },
      400,
      'invalid object type: /v1, Kind=Thing',
    ],
    [
      'of a version that is none',
      { ...aThing(), apiVersion: 'a/b/c' },
      400,
      'invalid object type: /, Kind=',
    ],
    ['of nothing', null, 400, 'invalid object type: /, Kind='],
    [
      'with managed fields',
      aThing({ metadata: { managedFields: [] } }),
      400,
      'metadata.managedFields must be nil',
    ],
    [
      'with a managed field',
      aThing({ metadata: { managedFields: [{ manager: 'a', time: '2020-01-01T00:00:00Z' }] } }),
      400,
      'metadata.managedFields must be nil',
    ],
    [
      'with an item twice',
      aThing({ tags: ['a', 'a'] }),
      500,
      'failed to create typed patch object (/t; example.com/v1, Kind=Thing): .tags: duplicate entries for key [="a"]',
    ],
    [
      'of another type',
      aThing({ data: ['a'] }),
      500,
      'failed to create typed patch object (/t; example.com/v1, Kind=Thing): .data: expected map, got &{[a]}',
    ],
    [
      'with an unknown field',
      aThing({ surprise: 1 }),
      500,
      'failed to create typed patch object (/t; example.com/v1, Kind=Thing): .surprise: field not declared in schema',
    ],
    [
      'with two faults',
      aThing({ data: { a: 1, b: true } }),
      500,
      'failed to create typed patch object (/t; example.com/v1, Kind=Thing): errors:\n  .data.a: expected string, got &value.valueUnstructured{Value:1}\n  .data.b: expected string, got &value.valueUnstructured{Value:true}',
    ],
  ];
  for (const [what, config, code, message] of refused) {
    it(`${what} is refused`, () => {
      const error = refusal(() => applyFields(undefined, config, aWrite('one')));
      expect([error.code, error.message]).to.deep.equal([code, message]);
    });
  }

  const withFields = (content: JsonObject, managedFields: JsonValue[]): JsonObject =>
    aThing({ ...content, metadata: { managedFields } });
  const updater = (fieldsV1: JsonObject): JsonObject => ({
    manager: 'updater',
    operation: 'Update',
    apiVersion: 'example.com/v1',
    fieldsType: 'FieldsV1',
    fieldsV1,
  });

  it('with managed fields is refused for them after the object for its items', () => {
    const config = aThing({ metadata: { managedFields: [{ manager: 'a' }] } });
    const live = aThing({ parts: [{}] });
    expect(refusal(() => applyFields(live, config, aWrite('one'))).message).to.match(
      /^failed to create manager for existing fields: /,
    );
  });

  it('that gives up all items leaves an updater the list', () => {
    const live = withFields({ tags: ['a'] }, [
      { ...updater({ 'f:tags': { 'v:"a"': {} } }), operation: 'Apply', manager: 'one' },
      updater({ 'f:tags': {} }),
    ]);
    const object = applyFields(live, aThing(), aWrite('one'));
    expect(contentOf(object)).to.deep.equal({ tags: null });
    expect(ownersOf(object)).to.deep.equal({ updater: ['.tags'] });
  });

  it('that empties an item of others fails', () => {
    const live = withFields({ parts: [{ name: 'a' }] }, [
      {
        ...updater({ 'f:parts': { 'k:{"name":"a"}': { 'f:name': {} } } }),
        operation: 'Apply',
        manager: 'one',
      },
      updater({ 'f:parts': { 'k:{"name":"a"}': {} } }),
    ]);
    const error = refusal(() => applyFields(live, aThing(), aWrite('one')));
    expect([error.code, error.message]).to.deep.equal([
      500,
      'failed to compare objects: .parts: element 0: associative list with keys may not have a null element',
    ]);
  });

  it('leaves what only an updater owns', () => {
    const live = withFields({ data: { a: '1', b: '1' } }, [
      { ...updater({ 'f:data': { 'f:a': {} } }), operation: 'Apply', manager: 'one' },
      updater({ 'f:data': { 'f:b': {} } }),
    ]);
    const object = applyFields(live, aThing(), aWrite('one'));
    expect(contentOf(object)).to.deep.equal({ data: { b: '1' } });
  });

  it('to items that are there twice leaves them, and takes them over by force', () => {
    const twice: JsonObject = {
      parts: [{ name: 'a', image: '1' }, { name: 'b' }, { name: 'a', image: '2' }],
    };
    const live = withFields(twice, [updater({ 'f:parts': { 'k:{"name":"a"}': {} } })]);
    const other = applyFields(live, aThing({ parts: [{ name: 'b', image: '3' }] }), aWrite('one'));
    expect(contentOf(other)).to.deep.equal({
      parts: [
        { name: 'a', image: '1' },
        { name: 'b', image: '3' },
        { name: 'a', image: '2' },
      ],
    });
    const config = aThing({ parts: [{ name: 'a', image: '3' }] });
    const refused = refusal(() => applyFields(live, config, aWrite('one')));
    expect(refused.message).to.equal(
      'Apply failed with 1 conflict: conflict with "updater" using example.com/v1: .parts[name="a"]',
    );
    const forced = applyFields(live, config, aWrite('one', force));
    expect(contentOf(forced)).to.deep.equal({ parts: [{ name: 'a', image: '3' }, { name: 'b' }] });
  });

  it('to an object that is not of its type fails', () => {
    const live = withFields({ parts: [{ image: '1' }] }, [updater({ 'f:data': {} })]);
    const error = refusal(() => applyFields(live, aThing(), aWrite('one')));
    expect([error.code, error.message]).to.deep.equal([
      500,
      `failed to create typed live object (/t; example.com/v1, Kind=Thing): .parts: element 0: associative list with keys has an element that omits all key fields ["name"] (and doesn't have default values for any key fields)`,
    ]);
  });

  it('to managed fields that cannot be read fails', () => {
    const live = withFields({}, [{ ...updater({}), fieldsType: 'FieldsV2' }]);
    const error = refusal(() => applyFields(live, aThing(), aWrite('one')));
    expect([error.code, error.message]).to.deep.equal([
      500,
      'failed to decode managed fields: invalid fieldsType "FieldsV2" in managed fields entry 0',
    ]);
  });

  it('keeps the time of what changes nothing', () => {
    const first = applied(['one', { data: { a: '1' } }]);
    const later = { time: '2030-01-01T00:00:00Z' };
    const again = applyFields(first, aThing({ data: { a: '1' } }), aWrite('one', later));
    expect(again).to.deep.equal(first);
    const changed = applyFields(first, aThing({ data: { a: '2' } }), aWrite('one', later));
    expect(entriesOf(changed)[0]?.time).to.equal(later.time);
  });

  it('keeps very many items in the order applied', () => {
    const names = Array.from({ length: 5_000 }, (_, index) => `n${index}`);
    const backwards = [...names].reverse();
    const many = (all: readonly string[]): JsonObject => ({
      tags: [...all],
      parts: all.map((name) => ({ name })),
      data: Object.fromEntries(all.map((name) => [name, '1'])),
    });
    const object = applied(['one', many(names)], ['two', many(backwards)], ['one', {}]);
    expect(contentOf(object)['tags']).to.deep.equal(backwards);
  });

  it('pollutes nothing', () => {
    const config: JsonValue = JSON.parse('{"__proto__":"x","constructor":"y"}');
    const object = applied(['one', { data: config }], ['two', { data: config }], ['one', {}]);
    expect(Object.keys(object['data'] as JsonObject)).to.deep.equal(['__proto__', 'constructor']);
    expect({}).to.not.have.property('polluted');
  });

  for (let seed = 1; seed <= 150; seed++) {
    const random = new Random(seed);
    const things = Array.from({ length: 4 }, () => aRandomThing(random));
    const managers = ['one', 'two', 'one', 'two'] as const;
    const apply = (live: JsonObject | undefined, at: number, more: Partial<ApplyWrite> = force) =>
      applyFields(live, things[at] ?? {}, aWrite(managers[at] ?? '', more));

    it(`again changes nothing and neither changes what it was given (seed ${seed})`, () => {
      let live: JsonObject | undefined;
      for (const at of [0, 1, 2, 3]) {
        const before = structuredClone([live, things[at]]);
        const result = apply(live, at);
        expect([live, things[at]]).to.deep.equal(before);
        expect(apply(result, at, { force: false, time: 'later' })).to.deep.equal(result);
        live = result;
      }
    });

    it(`says what was applied, and only that (seed ${seed})`, () => {
      const alone = [0, 2].reduce<JsonObject | undefined>((live, at) => apply(live, at), undefined);
      const once = apply(undefined, 2);
      expect(told(alone)).to.deep.equal(told(once));
      const both = [0, 1, 2, 3].reduce<JsonObject | undefined>(
        (live, at) => apply(live, at),
        undefined,
      );
      const last = [...pathsOf(managedPart(ownedFields(things[3] ?? {}, thingSchema)))].map(
        pathText,
      );
      expect(ownersOf(both ?? {})['two'] ?? []).to.deep.equal(last);
    });

    it(`by nobody any more leaves nothing (seed ${seed})`, () => {
      let live = [0, 1, 2, 3].reduce<JsonObject | undefined>(
        (object, at) => apply(object, at),
        undefined,
      );
      for (const manager of ['one', 'two']) live = applyFields(live, aThing(), aWrite(manager));
      expect(entriesOf(live ?? {})).to.deep.equal([]);
      expect(leavesOf(contentOf(live ?? {}))).to.deep.equal([]);
    });
  }
});

/** What an object says, whatever order its lists have and whatever empty things are left. */
const told = (object: JsonObject | undefined): string[] => leavesOf(contentOf(object ?? {})).sort();

function leavesOf(value: JsonValue, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [`${path}=${JSON.stringify(value)}`];
  if (!Array.isArray(value))
    return Object.entries(value).flatMap(([name, member]) => leavesOf(member, `${path}.${name}`));
  return value.flatMap((item) => leavesOf(item, `${path}[${nameOf(item)}]`));
}

const nameOf = (item: JsonValue): string =>
  JSON.stringify(
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? (item['name'] ?? item['port'])
      : item,
  );

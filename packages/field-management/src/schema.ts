import type { JsonValue } from '@keelson/api-machinery';

/**
 * How the values of a type are owned. A type may have several forms: a value of it is a scalar, a list or a map as it comes. One
 * that has none is of no type at all. Behaviour: sigs.k8s.io/structured-merge-diff schema.Atom.
 */
export interface Schema {
  readonly scalar?: ScalarKind;
  readonly list?: ListSchema;
  readonly map?: MapSchema;
}

export type ScalarKind = 'string' | 'number' | 'boolean' | 'any';

export interface ListSchema {
  /** Owned as one, or item by item: items that are their own names, or that their keys name. */
  readonly relation: 'atomic' | 'set' | 'map';
  readonly keys: readonly string[];
  readonly items: Schema;
}

/** A struct, a map, or both. */
export interface MapSchema {
  /** Owned as one. */
  readonly atomic: boolean;
  readonly fields: ReadonlyMap<string, Field>;
  /** The type of what is no field; absent: there is nothing else. */
  readonly others?: Schema;
  /** In decoded objects, the fields that stand as null where nothing is said: Go writes them. */
  readonly nulls?: readonly string[];
}

export interface Field {
  readonly schema: Schema;
  readonly default?: JsonValue;
  /** In decoded objects, an empty list or map, or a zero, stands for nothing: Go leaves it out. */
  readonly omitsEmpty?: true;
  /** In decoded objects, it is there. */
  readonly always?: true;
}

export type Form = 'scalar' | 'list' | 'map';

/** The form that a value is treated in. A value that its type does not have is treated in the first form that it has. */
export function formOf(schema: Schema, value: JsonValue | undefined): Form | undefined {
  const form = ownForm(value);
  if (form !== undefined && schema[form] !== undefined) return form;
  if (schema.map !== undefined) return 'map';
  if (schema.scalar !== undefined) return 'scalar';
  return schema.list === undefined ? undefined : 'list';
}

function ownForm(value: JsonValue | undefined): Form | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'object') return 'scalar';
  return Array.isArray(value) ? 'list' : 'map';
}

/** The type of a map's member; undefined for one that the map cannot have. */
export function memberSchema(map: MapSchema, name: string): Schema | undefined {
  return map.fields.get(name)?.schema ?? map.others;
}

const noFields: ReadonlyMap<string, Field> = new Map();

/** Any value, owned as one. */
export const untyped: Schema = untypedSchema(true);
/** Any value, maps owned member by member: what is known of the parts of an object that have no schema. */
export const deduced: Schema = untypedSchema(false);

function untypedSchema(atomic: boolean): Schema {
  const schema: { scalar: ScalarKind; list?: ListSchema; map?: MapSchema } = { scalar: 'any' };
  schema.list = { relation: 'atomic', keys: [], items: atomic ? schema : untyped };
  schema.map = { atomic, fields: noFields, others: schema };
  return schema;
}

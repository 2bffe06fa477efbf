import type { JsonValue } from '@keelson/api-machinery';
import {
  schemaOf,
  type FieldSchema,
  type FieldType,
  type ScalarType,
  type TypeSchema,
} from '@keelson/kubernetes-api';
import {
  deduced,
  untyped,
  type Field,
  type ListSchema,
  type MapSchema,
  type ScalarKind,
  type Schema,
} from './schema.ts';

const made = new Map<string, Schema>();

/** How the fields of a built-in type are owned. Behaviour: k8s.io/kube-openapi schemaconv. */
export function kubernetesSchema(type: TypeSchema): Schema {
  const known = made.get(type.id);
  if (known !== undefined) return known;
  const fields = new Map<string, Field>();
  const nulls = type.fields.filter((field) => field.always && typeof field.type === 'string');
  const schema: { map: MapSchema } = {
    map: {
      atomic: type.mapType === 'atomic',
      fields,
      // A struct of which nothing is known holds anything.
      ...(type.fields.length === 0 ? { others: deduced } : {}),
      ...(nulls.length === 0 ? {} : { nulls: nulls.map(({ name }) => name) }),
    },
  };
  // Types may contain themselves.
  made.set(type.id, schema);
  for (const field of type.fields) fields.set(field.name, fieldOf(field));
  return schema;
}

function fieldOf(field: FieldSchema): Field {
  const { type, always, pointer } = field;
  const isStruct = typeof type !== 'string' && 'ref' in type;
  const omitsEmpty = always !== true && !isStruct && !(pointer && typeof type === 'string');
  return {
    schema: typeOf(type, field),
    ...(field.default === undefined ? {} : { default: field.default as JsonValue }),
    ...(omitsEmpty ? { omitsEmpty } : {}),
    ...(always ? { always } : {}),
  };
}

function typeOf(type: FieldType, field?: FieldSchema): Schema {
  if (typeof type === 'string') return scalars[type];
  if ('list' in type) return { list: listOf(typeOf(type.list), field) };
  const atomic = field?.mapType === undefined ? undefined : field.mapType === 'atomic';
  if ('map' in type)
    return { map: { atomic: atomic ?? false, fields: new Map(), others: typeOf(type.map) } };
  const schema = kubernetesSchema(schemaOf(type.ref));
  // A field may own a struct in another way than its type says.
  return atomic === undefined || schema.map === undefined
    ? schema
    : { map: { ...schema.map, atomic } };
}

function listOf(items: Schema, field: FieldSchema | undefined): ListSchema {
  if (field?.listType !== undefined)
    return { relation: field.listType, keys: field.listMapKeys ?? [], items };
  if (field?.patchStrategy?.split(',')[0] !== 'merge')
    return { relation: 'atomic', keys: [], items };
  return field.patchMergeKey === undefined
    ? { relation: 'set', keys: [], items }
    : { relation: 'map', keys: [field.patchMergeKey], items };
}

const scalarOf = (scalar: ScalarKind): Schema => ({ scalar });
const any = scalarOf('any');
const number = scalarOf('number');

const scalars: Readonly<Record<ScalarType, Schema>> = {
  string: scalarOf('string'),
  bytes: scalarOf('string'),
  int32: number,
  int64: number,
  double: number,
  boolean: scalarOf('boolean'),
  time: any,
  microtime: any,
  quantity: any,
  intorstring: deduced,
  raw: untyped,
  fieldsv1: { map: { atomic: false, fields: new Map(), others: deduced } },
  json: deduced,
};

// What a type's schema says of how its fields merge.

import {
  schemaOf,
  type FieldSchema,
  type FieldType,
  type TypeSchema,
} from '@keelson/kubernetes-api';
import { PatchError } from './patch-error.ts';

/** The fields of one object of a patch; `map` for one whose keys are data. */
export type Fields = TypeSchema | 'map';

/** How the value of a field merges. */
export interface Merging {
  /** `merge`, `replace`, or nothing. `retainKeys` says nothing of how values merge. */
  readonly strategy: string;
  /** The field that tells a list's items apart; `''` for none. */
  readonly mergeKey: string;
  /** The fields of the object, or of the list's items. */
  readonly fields: Fields;
}

/** How an object's field merges. Throws PatchError 500 for a field that the type does not have. */
export function mergingOf(fields: Fields, key: string): Merging {
  const field = fieldNamed(fields, key);
  const strategies = (field.patchStrategy ?? '').split(',');
  return {
    strategy: strategies.find((strategy) => strategy !== 'retainKeys') ?? '',
    mergeKey: field.patchMergeKey ?? '',
    fields: innerFields(field.type),
  };
}

/** The same for a field that must be a list. */
export function listMergingOf(fields: Fields, key: string): Merging {
  const { type, pointer } = fieldNamed(fields, key);
  if (pointer !== true && !(typeof type === 'object' && 'list' in type))
    throw new PatchError(500, 'expected slice or array type, but got: struct');
  return mergingOf(fields, key);
}

function fieldNamed(fields: Fields, key: string): FieldSchema {
  if (fields === 'map')
    throw new PatchError(
      500,
      'merging an object in json but data type is not struct, instead is: map',
    );
  const field = fields.fields.find(({ name }) => name === key);
  if (field !== undefined) return field;
  throw new PatchError(
    500,
    `unable to find api field in struct ${fields.name} for the json field ${JSON.stringify(key)}`,
  );
}

const raw: TypeSchema = { id: 'RawExtension', name: 'RawExtension', fields: [] };

function innerFields(type: FieldType): Fields {
  if (typeof type === 'string') return raw;
  if ('ref' in type) return schemaOf(type.ref);
  return 'list' in type ? innerFields(type.list) : 'map';
}

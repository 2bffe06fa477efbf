import {
  fullDescriptionOf,
  schemaOf,
  type FieldSchema,
  type FieldType,
  type TypeSchema,
} from '@keelson/kubernetes-api';
import type { DescribedGroupVersion } from './described-api.ts';
import { scalarSchemas, schemaName, type NamedSchema } from './schema-names.ts';
import { versionInfo } from './version-info.ts';

/** How a dialect of OpenAPI points at a schema. */
export interface Dialect {
  /** `#/components/schemas/` or `#/definitions/`. */
  readonly prefix: string;
  /** Whether a reference may stand beside other keywords only inside `allOf`. */
  readonly wrapReferences: boolean;
  /** Whether defaults are told. */
  readonly defaults: boolean;
  /** Whether a type may be one of several. */
  readonly unions: boolean;
}

export const version3: Dialect = {
  prefix: '#/components/schemas/',
  wrapReferences: true,
  defaults: true,
  unions: true,
};
export const version2: Dialect = {
  prefix: '#/definitions/',
  wrapReferences: false,
  defaults: false,
  unions: false,
};

type Schema = Record<string, unknown>;
type GroupVersion = Pick<DescribedGroupVersion, 'group' | 'version'>;

/** Has no fields, and is anything. */
const patch: TypeSchema = { id: 'meta/v1.Patch', name: 'Patch', fields: [] };
const unlisted = new Map([patch, versionInfo].map((type) => [type.id, type]));
const typeOf = (typeId: string): TypeSchema => unlisted.get(typeId) ?? schemaOf(typeId);

/** What a type or a field is for, where that is known. */
function description(typeId: string, field?: string): Schema {
  const text = fullDescriptionOf(typeId, field);
  return text === '' ? {} : { description: text };
}

/** The schemas of types and of all that they refer to, by name. */
export class SchemaCollector {
  readonly schemas = new Map<string, Schema>();
  readonly #dialect: Dialect;
  readonly #groupVersions: readonly GroupVersion[];

  /** `groupVersions`: which the document is of. Some kinds are of all of them. */
  constructor(dialect: Dialect, groupVersions: readonly GroupVersion[]) {
    this.#dialect = dialect;
    this.#groupVersions = groupVersions;
  }

  /** Adds a type and all that it refers to; returns the reference to it. */
  reference(typeId: string): { readonly $ref: string } {
    const name = schemaName(typeId);
    if (!this.schemas.has(name)) {
      // Entered before it is made: types refer to themselves.
      const schema: Schema = {};
      this.schemas.set(name, schema);
      Object.assign(schema, this.#typeSchema(typeOf(typeId)));
    }
    return { $ref: this.#dialect.prefix + name };
  }

  /** All of them, sorted by name. */
  sorted(): Record<string, Schema> {
    return Object.fromEntries([...this.schemas].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  #typeSchema(type: TypeSchema): Schema {
    const properties = Object.fromEntries(
      type.fields
        .map((field) => [field.name, this.#property(type, field)])
        .sort(([a], [b]) => ((a as string) < (b as string) ? -1 : 1)),
    );
    return {
      ...description(type.id),
      type: 'object',
      ...(type.required === undefined ? {} : { required: type.required }),
      ...(type.fields.length === 0 ? {} : { properties }),
      ...(type.mapType === undefined ? {} : { 'x-kubernetes-map-type': type.mapType }),
      ...(type.gvk === undefined
        ? {}
        : { 'x-kubernetes-group-version-kind': this.#kindsOf(type, type.gvk) }),
      ...(type.unions === undefined ? {} : { 'x-kubernetes-unions': type.unions }),
    };
  }

  /** What is a kind of several groups is one of every group. */
  #kindsOf({ name }: TypeSchema, gvk: NonNullable<TypeSchema['gvk']>): readonly object[] {
    if (gvk.length === 1) return gvk;
    const others = this.#groupVersions.filter(({ group }) => group !== '');
    return [{ group: '', version: 'v1' }, ...others].map(({ group, version }) => ({
      group,
      kind: name,
      version,
    }));
  }

  #property(type: TypeSchema, field: FieldSchema): Schema {
    const own = this.#fieldSchema(field);
    const isWrapped = '$ref' in own && this.#dialect.wrapReferences && field.bare === undefined;
    const wrapped = isWrapped ? { allOf: [own] } : own;
    const format = field.format !== undefined && !('$ref' in own) ? { format: field.format } : {};
    return {
      ...description(type.id, field.name),
      ...wrapped,
      ...format,
      ...(field.default !== undefined && this.#dialect.defaults ? { default: field.default } : {}),
      ...(field.enum === undefined ? {} : { enum: field.enum }),
      ...extensions(field),
    };
  }

  /** JSON of any kind has names where custom resources are described. */
  #fieldSchema({ type, itemEnum, proto }: FieldSchema): Schema {
    const name = /JSON\w*/.exec(String(proto?.at(-1)))?.[0];
    if (name === undefined || scalarOf(type) !== 'json') return this.#valueSchema(type, itemEnum);
    const full = schemaName(`apiextensions/v1.${name}`);
    this.schemas.set(full, this.schemas.get(full) ?? {});
    const reference = { $ref: this.#dialect.prefix + full };
    if (typeof type === 'string') return reference;
    return 'list' in type
      ? { type: 'array', items: reference }
      : { type: 'object', additionalProperties: reference };
  }

  /** `itemEnum`: what the items of a list or a map may be; of another type, what it may be itself. */
  #valueSchema(type: FieldType, itemEnum?: readonly string[]): Schema {
    if (typeof type === 'string')
      return itemEnum === undefined
        ? this.#scalar(type)
        : { ...this.#scalar(type), enum: itemEnum };
    if ('ref' in type) return this.reference(type.ref);
    if ('list' in type) return { type: 'array', items: this.#valueSchema(type.list, itemEnum) };
    return { type: 'object', additionalProperties: this.#valueSchema(type.map, itemEnum) };
  }

  #scalar(type: Extract<FieldType, string>): Schema {
    const named = scalarSchemas[type];
    if (named === undefined) return plainScalars[type] ?? {};
    if (!this.schemas.has(named.name))
      this.schemas.set(named.name, {
        ...description(named.typeId),
        ...(this.#dialect.unions ? named.schema : plainOf(named)),
      });
    return { $ref: this.#dialect.prefix + named.name };
  }
}

/** The type of a field, or of the items of its list or its map. */
function scalarOf(type: FieldType): FieldType {
  if (typeof type === 'string' || 'ref' in type) return type;
  return 'list' in type ? type.list : type.map;
}

/** Where there are no unions, what may be one of several is text. */
const plainOf = ({ schema: { oneOf, ...rest } }: NamedSchema): object =>
  oneOf === undefined ? rest : { type: 'string', ...rest };

const plainScalars: Readonly<Record<string, Schema>> = {
  string: { type: 'string' },
  bytes: { type: 'string', format: 'byte' },
  int32: { type: 'integer', format: 'int32' },
  int64: { type: 'integer', format: 'int64' },
  double: { type: 'number', format: 'double' },
  boolean: { type: 'boolean' },
};

function extensions(field: FieldSchema): Schema {
  return {
    ...(field.listType === undefined ? {} : { 'x-kubernetes-list-type': field.listType }),
    ...(field.listMapKeys === undefined ? {} : { 'x-kubernetes-list-map-keys': field.listMapKeys }),
    ...(field.mapType === undefined ? {} : { 'x-kubernetes-map-type': field.mapType }),
    ...(field.patchStrategy === undefined
      ? {}
      : { 'x-kubernetes-patch-strategy': field.patchStrategy }),
    ...(field.patchMergeKey === undefined
      ? {}
      : { 'x-kubernetes-patch-merge-key': field.patchMergeKey }),
    ...field.extra,
  };
}

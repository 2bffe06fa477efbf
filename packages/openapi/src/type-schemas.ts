import {
  descriptionOf,
  schemaOf,
  type FieldSchema,
  type FieldType,
  type TypeSchema,
} from '@keelson/kubernetes-api';
import { scalarSchemas, schemaName } from './schema-names.ts';

/** How a dialect of OpenAPI points at a schema. */
export interface Dialect {
  /** `#/components/schemas/` or `#/definitions/`. */
  readonly prefix: string;
  /** Whether a reference may stand beside other keywords only inside `allOf`. */
  readonly wrapReferences: boolean;
  /** Whether defaults are told. */
  readonly defaults: boolean;
}

export const version3: Dialect = {
  prefix: '#/components/schemas/',
  wrapReferences: true,
  defaults: true,
};
export const version2: Dialect = {
  prefix: '#/definitions/',
  wrapReferences: false,
  defaults: false,
};

type Schema = Record<string, unknown>;

/** The schemas of types and of all that they refer to, by name. */
export class SchemaCollector {
  readonly schemas = new Map<string, Schema>();
  readonly #dialect: Dialect;

  constructor(dialect: Dialect) {
    this.#dialect = dialect;
  }

  /** Adds a type and all that it refers to; returns the reference to it. */
  reference(typeId: string): { readonly $ref: string } {
    const name = schemaName(typeId);
    if (!this.schemas.has(name)) {
      // Entered before it is made: types refer to themselves.
      const schema: Schema = {};
      this.schemas.set(name, schema);
      Object.assign(schema, this.#typeSchema(schemaOf(typeId)));
    }
    return { $ref: this.#dialect.prefix + name };
  }

  /** All of them, sorted by name. */
  sorted(): Record<string, Schema> {
    return Object.fromEntries([...this.schemas].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  #typeSchema(type: TypeSchema): Schema {
    const description = descriptionOf(type.id);
    const properties = Object.fromEntries(
      type.fields
        .map((field) => [field.name, this.#property(type, field)])
        .sort(([a], [b]) => ((a as string) < (b as string) ? -1 : 1)),
    );
    return {
      ...(description === '' ? {} : { description }),
      type: 'object',
      ...(type.required === undefined ? {} : { required: type.required }),
      ...(type.fields.length === 0 ? {} : { properties }),
      ...(type.mapType === undefined ? {} : { 'x-kubernetes-map-type': type.mapType }),
      ...(type.gvk === undefined ? {} : { 'x-kubernetes-group-version-kind': type.gvk }),
      ...(type.unions === undefined ? {} : { 'x-kubernetes-unions': type.unions }),
    };
  }

  #property(type: TypeSchema, field: FieldSchema): Schema {
    const description = descriptionOf(type.id, field.name);
    const own = this.#valueSchema(field.type);
    const wrapped = '$ref' in own && this.#dialect.wrapReferences ? { allOf: [own] } : own;
    const format = field.format !== undefined && !('$ref' in own) ? { format: field.format } : {};
    return {
      ...(description === '' ? {} : { description }),
      ...wrapped,
      ...format,
      ...(field.default !== undefined && this.#dialect.defaults ? { default: field.default } : {}),
      ...(field.enum === undefined ? {} : { enum: field.enum }),
      ...extensions(field),
    };
  }

  #valueSchema(type: FieldType): Schema {
    if (typeof type === 'string') return this.#scalar(type);
    if ('ref' in type) return this.reference(type.ref);
    if ('list' in type) return { type: 'array', items: this.#item(type.list) };
    return { type: 'object', additionalProperties: this.#item(type.map) };
  }

  /** Items tell their zero value, as properties do. */
  #item(type: FieldType): Schema {
    const schema = this.#valueSchema(type);
    if (
      !this.#dialect.defaults ||
      type === 'bytes' ||
      (typeof type === 'object' && !('ref' in type))
    )
      return schema;
    const fallback =
      typeof type === 'object'
        ? {}
        : type === 'string'
          ? ''
          : type === 'int32' || type === 'int64'
            ? 0
            : undefined;
    if (fallback === undefined) return schema;
    return '$ref' in schema
      ? { default: fallback, allOf: [schema] }
      : { ...schema, default: fallback };
  }

  #scalar(type: Extract<FieldType, string>): Schema {
    const named = scalarSchemas[type];
    if (named === undefined) return plainScalars[type] ?? {};
    if (!this.schemas.has(named.name)) this.schemas.set(named.name, { ...named.schema });
    return { $ref: this.#dialect.prefix + named.name };
  }
}

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

/** The type of a field: a scalar's name, a reference to another type, a list, or a map from strings. */
export type FieldType =
  | ScalarType
  | { readonly ref: string }
  | { readonly list: FieldType }
  | { readonly map: FieldType };

export type ScalarType =
  | 'string'
  /** Base64 in JSON. */
  | 'bytes'
  | 'int32'
  | 'int64'
  | 'double'
  | 'boolean'
  /** RFC 3339, whole seconds. */
  | 'time'
  /** RFC 3339, microseconds. */
  | 'microtime'
  | 'quantity'
  | 'intorstring'
  /** An object of any kind. */
  | 'raw'
  | 'fieldsv1'
  /** Any JSON value. */
  | 'json';

/** One field of a type, with what Go's encoders know of it. */
export interface FieldSchema {
  readonly name: string;
  readonly type: FieldType;
  /** A pointer in Go: its zero value is written, its absence is not. */
  readonly pointer?: true;
  /** Written even when empty: the field has no `omitempty`, or is of a scalar that is a struct in Go, which is never empty. */
  readonly always?: true;
  /** Left out when zero although it is a struct. */
  readonly omitzero?: true;
  /** Go's name of the type where it has one of its own: `v1.Protocol`. Errors name it. */
  readonly go?: string;
  readonly default?: unknown;
  readonly enum?: readonly string[];
  /** What the items of a list or a map may be. */
  readonly itemEnum?: readonly string[];
  readonly format?: string;
  /** Nothing is said of the field in OpenAPI but its type. */
  readonly bare?: true;
  /**
   * Field number and type in protobuf: `[2, 'repeated string']`. Where Go embeds a struct, and JSON does not show it, its number and
   * type stand before: `[2, 'k8s.io.api.core.v1.VolumeSource', 1, 'HostPathVolumeSource']`.
   */
  readonly proto?: readonly (number | string)[];
  /** Go's name of the field where it is not its own with a capital: `ObjectMeta`. Errors of protobuf name it. */
  readonly goField?: string;
  readonly listType?: 'atomic' | 'set' | 'map';
  readonly listMapKeys?: readonly string[];
  readonly mapType?: 'atomic' | 'granular';
  readonly patchStrategy?: string;
  readonly patchMergeKey?: string;
  /** What OpenAPI says besides. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

export interface GroupVersionKindSchema {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** One type: its fields in the order in which Go writes them. */
export interface TypeSchema {
  /** e.g. `core/v1.Pod`. */
  readonly id: string;
  /** e.g. `Pod`. */
  readonly name: string;
  readonly fields: readonly FieldSchema[];
  readonly required?: readonly string[];
  readonly mapType?: 'atomic' | 'granular';
  /** The kinds that it is; empty for types that are no kind of their own. */
  readonly gvk?: readonly GroupVersionKindSchema[];
  readonly unions?: readonly unknown[];
  readonly extra?: Readonly<Record<string, unknown>>;
}

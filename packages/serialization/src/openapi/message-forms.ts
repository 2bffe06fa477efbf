import type { JsonValue } from '@keelson/api-machinery';

/** How a field of an OpenAPI document is written as protobuf. */
export type FieldForm =
  | 'string'
  | 'bool'
  /** A bool that is written even when it is false. */
  | 'flag'
  | 'double'
  | 'int64'
  /** Any value, as YAML. */
  | 'any'
  /** A message of its own. */
  | { readonly message: string }
  | { readonly list: FieldForm };

/** A field's number in its message, and its form. */
export type Field = readonly [number: number, form: FieldForm];

export interface MessageForm {
  readonly fields: Readonly<Record<string, Field>>;
  /** The number of the field for `x-…`. */
  readonly extensions?: number;
  /** For a message that is a map itself: the number of its entries, and what they hold. */
  readonly entries?: Field;
}

/** A document's messages in one version of OpenAPI; the outermost is `Document`. */
export interface OpenApiMessages {
  readonly forms: Readonly<Record<string, MessageForm>>;
  /** Messages that are one thing or another: as which field a value is written. Undefined: as none. */
  readonly choices: Readonly<Record<string, (value: JsonValue) => Field | undefined>>;
}

export const message = (name: string): FieldForm => ({ message: name });
export const strings: FieldForm = { list: 'string' };

/** Whether a value refers to another, or is said where it is. */
export const isReference = (value: JsonValue): boolean =>
  typeof value === 'object' && value !== null && '$ref' in value;

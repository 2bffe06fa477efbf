import type { FieldSchema, TypeSchema } from '@keelson/kubernetes-api';

/** A field of a message: one of the object's, or a message that holds fields of the object itself, as Go embeds structs. */
export type MessageField = OwnField | EmbeddedField;
export interface OwnField {
  readonly number: number;
  readonly field: FieldSchema;
}
export interface EmbeddedField {
  readonly number: number;
  readonly fields: readonly MessageField[];
}

export const isEmbedded = (field: MessageField): field is EmbeddedField => 'fields' in field;

/** A type's fields as its message has them, by number. Kind and apiVersion are none of them: the envelope says them. */
export function messageFields(schema: TypeSchema): readonly MessageField[] {
  const root: Growing[] = [];
  for (const field of schema.fields)
    if (field.proto !== undefined) place(root, field, numbersOf(field.proto));
  return sorted(root);
}

type Growing = OwnField | { readonly number: number; readonly fields: Growing[] };

/** `[2, 'VolumeSource', 1, 'HostPathVolumeSource']` is field 1 of field 2. */
const numbersOf = (proto: readonly unknown[]): readonly number[] =>
  proto.filter((part) => typeof part === 'number');

function place(
  into: Growing[],
  field: FieldSchema,
  [number = 0, ...inner]: readonly number[],
): void {
  if (inner.length === 0) {
    into.push({ number, field });
    return;
  }
  const known = into.find((one) => one.number === number && 'fields' in one);
  const fields = known !== undefined && 'fields' in known ? known.fields : [];
  if (known === undefined) into.push({ number, fields });
  place(fields, field, inner);
}

function sorted(fields: readonly Growing[]): readonly MessageField[] {
  return fields
    .map((field) => ('fields' in field ? { ...field, fields: sorted(field.fields) } : field))
    .sort((a, b) => a.number - b.number);
}

/** What a field is called in .proto files: `string`, `repeated Container`, `Verbs`. */
export const protoName = ({ proto }: FieldSchema): string => String(proto?.at(-1));

/** Some lists are messages that hold a list: `Verbs`. */
export const isWrappedList = (field: FieldSchema): boolean =>
  !protoName(field).startsWith('repeated ');

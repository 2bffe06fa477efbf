import type { FieldSchema, TypeSchema } from '@keelson/kubernetes-api';

/** A field of a message: one of the object's, or a message that holds fields of the object itself, as Go embeds structs. */
export type MessageField = OwnField | EmbeddedField;
export interface OwnField {
  readonly number: number;
  readonly field: FieldSchema;
}
export interface EmbeddedField {
  readonly number: number;
  /** The struct's name in Go. */
  readonly name: string;
  readonly fields: readonly MessageField[];
}

export const isEmbedded = (field: MessageField): field is EmbeddedField => 'fields' in field;

/** A type's fields as its message has them, by number. Kind and apiVersion are none of them: the envelope says them. */
export function messageFields(schema: TypeSchema): readonly MessageField[] {
  const root: Growing[] = [];
  for (const field of schema.fields) if (field.proto !== undefined) place(root, field, field.proto);
  return sorted(root);
}

type Growing = OwnField | (Omit<EmbeddedField, 'fields'> & { readonly fields: Growing[] });

/** `[2, 'k8s.io.api.core.v1.VolumeSource', 1, 'HostPathVolumeSource']` is field 1 of field 2. */
function place(
  into: Growing[],
  field: FieldSchema,
  [part = 0, type = '', ...inner]: readonly (number | string)[],
): void {
  const number = Number(part);
  if (inner.length === 0) {
    into.push({ number, field });
    return;
  }
  const known = into.find((one) => one.number === number && 'fields' in one);
  const fields = known !== undefined && 'fields' in known ? known.fields : [];
  const name = String(type).split('.').at(-1) ?? '';
  if (known === undefined) into.push({ number, name, fields });
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

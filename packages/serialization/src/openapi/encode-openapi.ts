import type { JsonValue } from '@keelson/api-machinery';
import { textOf } from '../bytes.ts';
import { wireTypes } from '../protobuf/wire.ts';
import { WireWriter } from '../protobuf/wire-writer.ts';
import { encodeYaml } from '../yaml/encode-yaml.ts';
import { openApiMessages, type FieldForm, type MessageForm } from './openapi-messages.ts';

type Fields = { readonly [key: string]: JsonValue };

/**
 * A document of OpenAPI v2 as gnostic's protobuf, which clients ask for as `application/com.github.proto-openapi.spec.v2@v1.0+protobuf`.
 * `document` must be one that `@keelson/openapi` makes: of JSON schemas, only what these have is written.
 */
export function encodeOpenApi(document: Fields): Uint8Array {
  const writer = new WireWriter(1 << 20);
  writeMessage(writer, 'Document', document);
  return writer.take();
}

/** Messages that are one thing or another: which, and under which number. */
const choices: Readonly<
  Record<string, (value: Fields) => readonly (readonly [number: number, message: string])[]>
> = {
  ParametersItem: (value) => ('$ref' in value ? [[2, 'JsonReference']] : [[1, 'Parameter']]),
  Parameter: ({ in: place }) =>
    place === 'body' ? [[1, 'BodyParameter']] : [[2, 'NonBodyParameter']],
  NonBodyParameter: ({ in: place }) =>
    place === 'path' ? [[4, 'PathParameter']] : [[3, 'QueryParameter']],
  ResponseValue: (value) => ('$ref' in value ? [[2, 'JsonReference']] : [[1, 'Response']]),
  SchemaItem: () => [[1, 'Schema']],
  AdditionalPropertiesItem: () => [[1, 'Schema']],
  ItemsItem: () => [[1, 'Schema']],
  SecurityDefinitionsItem: () => [[2, 'ApiKeySecurity']],
};

function writeMessage(writer: WireWriter, name: string, value: JsonValue): void {
  if (name === 'TypeItem' || name === 'StringArray') {
    writeField(writer, 1, { list: 'string' }, Array.isArray(value) ? value : [value]);
    return;
  }
  const fields = value as Fields;
  const form = openApiMessages[name];
  if (form !== undefined) writeFields(writer, form, fields);
  else
    for (const [number, inner] of choices[name]?.(fields) ?? [])
      writeField(writer, number, { message: inner }, fields);
}

/** A field as it is written: an entry of the message's map has a key. */
interface Numbered {
  readonly number: number;
  readonly form: FieldForm;
  readonly content: JsonValue;
  readonly key?: string;
}

/** Extensions and entries, too, stand where their number says. */
function writeFields(writer: WireWriter, form: MessageForm, value: Fields): void {
  const numbered = Object.entries(value).flatMap(([key, content]) =>
    numberedField(form, key, content),
  );
  // Sorting keeps the order of what has the same number; the last is written first.
  for (const one of numbered.sort((a, b) => a.number - b.number).reverse()) {
    if (one.key === undefined) writeField(writer, one.number, one.form, one.content);
    else writeEntry(writer, one.number, one.key, one);
  }
}

function numberedField(
  { fields, extensions, entries }: MessageForm,
  key: string,
  content: JsonValue,
): readonly Numbered[] {
  const known = Object.hasOwn(fields, key) ? fields[key] : undefined;
  if (known !== undefined) return [{ number: known[0], form: known[1], content }];
  if (extensions !== undefined && key.startsWith('x-'))
    return [{ number: extensions, form: 'any', content, key }];
  return entries === undefined ? [] : [{ number: entries[0], form: entries[1], content, key }];
}

function writeEntry(
  writer: WireWriter,
  number: number,
  key: string,
  { form, content }: { readonly form: FieldForm; readonly content: JsonValue },
): void {
  const before = writer.size;
  writeField(writer, 2, form, content);
  writer.textField(1, key);
  writer.delimit(number, before);
}

function writeField(writer: WireWriter, number: number, form: FieldForm, value: JsonValue): void {
  if (form === 'any') writeAny(writer, number, value);
  else if (typeof form === 'string') writeScalar(writer, number, value);
  else if ('list' in form)
    for (const item of (value as readonly JsonValue[]).toReversed())
      writeField(writer, number, form.list, item);
  else {
    const before = writer.size;
    writeMessage(writer, form.message, value);
    writer.delimit(number, before);
  }
}

/** Text that is YAML, its newline included. */
function writeAny(writer: WireWriter, number: number, value: JsonValue): void {
  const before = writer.size;
  writer.textField(2, yamlText(value));
  writer.delimit(number, before);
}

/** Keys stay in their order here. */
function yamlText(value: JsonValue): string {
  if (Array.isArray(value)) return value.map((item) => `- ${indented(yamlText(item))}`).join('');
  if (typeof value !== 'object' || value === null) return textOf(encodeYaml(value));
  return Object.entries(value)
    .map(([key, content]) => entryText(key, content))
    .join('');
}

function entryText(key: string, content: JsonValue): string {
  const text = yamlText(content);
  return typeof content === 'object' && content !== null
    ? `${key}:\n  ${indented(text)}`
    : `${key}: ${text}`;
}

const indented = (text: string): string => `${text.trimEnd().replaceAll('\n', '\n  ')}\n`;

/** What is zero is not written, but for texts of a list. */
function writeScalar(writer: WireWriter, number: number, value: JsonValue): void {
  if (typeof value === 'string') writer.textField(number, value);
  else if (value === true) {
    writer.varint(1);
    writer.tag(number, wireTypes.varint);
  } else if (typeof value === 'number' && value !== 0) {
    writer.varint(value);
    writer.tag(number, wireTypes.varint);
  }
}

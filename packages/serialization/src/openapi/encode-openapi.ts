import type { JsonValue } from '@keelson/api-machinery';
import { wireTypes } from '../protobuf/wire.ts';
import { WireWriter } from '../protobuf/wire-writer.ts';
import { yamlText } from './any-text.ts';
import type { FieldForm, MessageForm, OpenApiMessages } from './message-forms.ts';
import { openApi2Messages } from './openapi2-messages.ts';
import { openApi3Messages } from './openapi3-messages.ts';

type Fields = { readonly [key: string]: JsonValue };

/**
 * A document of OpenAPI as gnostic's protobuf, which clients ask for as `application/com.github.proto-openapi.spec.v2@v1.0+protobuf`, or with `v3`.
 * `document` must be one that `@keelson/openapi` makes: of JSON schemas, only what these have is written.
 */
export function encodeOpenApi(document: Fields): Uint8Array {
  const writer = new WireWriter(1 << 20);
  const messages = 'openapi' in document ? openApi3Messages : openApi2Messages;
  writeMessage({ writer, messages }, 'Document', document);
  return writer.take();
}

/** Where a document goes, and in which version's messages. */
interface Output {
  readonly writer: WireWriter;
  readonly messages: OpenApiMessages;
}

function writeMessage(output: Output, name: string, value: JsonValue): void {
  const { forms, choices } = output.messages;
  const form = forms[name];
  if (form !== undefined) return writeFields(output, form, value as Fields);
  const chosen = choices[name]?.(value);
  if (chosen === undefined) return;
  const [number, as] = chosen;
  writeField(output, number, as, isMany(as) && !Array.isArray(value) ? [value] : value);
}

const isMany = (form: FieldForm): boolean => typeof form === 'object' && 'list' in form;

/** A field as it is written: an entry of the message's map has a key. */
interface Numbered {
  readonly number: number;
  readonly form: FieldForm;
  readonly content: JsonValue;
  readonly key?: string;
}

/** Extensions and entries, too, stand where their number says. */
function writeFields(output: Output, form: MessageForm, value: Fields): void {
  const numbered = Object.entries(value).flatMap(([key, content]) =>
    numberedField(form, key, content),
  );
  // Sorting keeps the order of what has the same number; the last is written first.
  for (const one of numbered.sort((a, b) => a.number - b.number).reverse()) {
    if (one.key === undefined) writeField(output, one.number, one.form, one.content);
    else writeEntry(output, one.number, one.key, one);
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
  output: Output,
  number: number,
  key: string,
  { form, content }: { readonly form: FieldForm; readonly content: JsonValue },
): void {
  const { writer } = output;
  const before = writer.size;
  writeField(output, 2, form, content);
  writer.textField(1, key);
  writer.delimit(number, before);
}

function writeField(output: Output, number: number, form: FieldForm, value: JsonValue): void {
  const { writer } = output;
  if (form === 'any') writeAny(writer, number, value);
  else if (typeof form === 'string') writeScalar(writer, number, { form, value });
  else if ('list' in form)
    for (const item of (value as readonly JsonValue[]).toReversed())
      writeField(output, number, form.list, item);
  else {
    const before = writer.size;
    writeMessage(output, form.message, value);
    writer.delimit(number, before);
  }
}

function writeAny(writer: WireWriter, number: number, value: JsonValue): void {
  const before = writer.size;
  writer.textField(2, yamlText(value));
  writer.delimit(number, before);
}

interface Scalar {
  readonly form: Extract<FieldForm, string>;
  readonly value: JsonValue;
}

/** What is zero is not written, but for texts of a list and what is chosen. */
function writeScalar(writer: WireWriter, number: number, { form, value }: Scalar): void {
  if (typeof value === 'string') writer.textField(number, value);
  else if (form === 'double') {
    writer.double(Number(value), true);
    writer.tag(number, wireTypes.fixed64);
  } else if (form === 'flag' || Number(value) !== 0) {
    writer.varint(Number(value));
    writer.tag(number, wireTypes.varint);
  }
}

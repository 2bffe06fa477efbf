import type { JsonValue } from '@keelson/api-machinery';
import { encodeYaml, parseExactly } from '@keelson/serialization';
import { prettyOf, textOf } from './respond.ts';

/** A list, or a table: whoever writes it never holds more of it than one item. */
export interface ListParts {
  /** JSON that ends with the opening bracket of the list. */
  readonly head: Uint8Array;
  /** The JSON of each item; undefined for a list that is null. */
  readonly items: Iterable<Uint8Array> | undefined;
}

const tail = Buffer.from(']}\n');
const comma = Buffer.from(',');
const nothing = Buffer.from('null}\n');

/** Without spaces. */
export function* jsonList({ head, items }: ListParts): Iterable<Uint8Array> {
  yield items === undefined ? head.subarray(0, -1) : head;
  if (items === undefined) {
    yield nothing;
    return;
  }
  let first = true;
  for (const item of items) {
    if (!first) yield comma;
    first = false;
    yield item;
  }
  yield tail;
}

/** Indented for people, without a newline at the end. */
export function* prettyList(parts: ListParts): Iterable<Uint8Array> {
  if (parts.items === undefined) {
    yield prettyOf(whole(parts));
    return;
  }
  // The list that is empty on one line becomes one with a line for each of its brackets.
  yield Buffer.from(textOf(prettyOf(whole(parts))).slice(0, -']\n}'.length));
  let between = '\n    ';
  for (const item of parts.items) {
    yield Buffer.from(between + textOf(prettyOf(item)).replaceAll('\n', '\n    '));
    between = ',\n    ';
  }
  yield Buffer.from(between.startsWith(',') ? '\n  ]\n}' : ']\n}');
}

/** As YAML: what is sorted before the list, its items, what is sorted behind it. */
export function* yamlList(parts: ListParts): Iterable<Uint8Array> {
  const document = parseExactly(textOf(whole(parts))) as Record<string, JsonValue>;
  const name = Object.keys(document).at(-1) ?? '';
  if (parts.items === undefined) {
    yield encodeYaml(document);
    return;
  }
  const fields = Object.entries(document);
  yield* yamlFields(fields.filter(([key]) => key < name));
  let isEmpty = true;
  for (const item of parts.items) {
    if (isEmpty) yield Buffer.from(`${name}:\n`);
    isEmpty = false;
    yield encodeYaml([parseExactly(textOf(item))]);
  }
  if (isEmpty) yield Buffer.from(`${name}: []\n`);
  yield* yamlFields(fields.filter(([key]) => key > name));
}

function* yamlFields(fields: readonly (readonly [string, JsonValue])[]): Iterable<Uint8Array> {
  if (fields.length > 0) yield encodeYaml(Object.fromEntries(fields));
}

/** The list without its items. */
const whole = ({ head, items }: ListParts): Uint8Array =>
  Buffer.concat(items === undefined ? [head.subarray(0, -1), nothing] : [head, tail]);

import { textOf } from '../bytes.ts';
import { parseWithBigints, parseWithRawNumbers, type JsonValue } from '@keelson/api-machinery';
import { countKeys } from '../count-keys.ts';
import { scanJson } from '../scan-json.ts';
import { DecodeContext } from './decode-context.ts';
import { JsonCursor } from './json-cursor.ts';

/** A JSON text that is of no type, and what is there twice, in upstream's words: `duplicate field "a.b"`. */
export interface StrictlyParsed {
  /** Whole numbers are exact, others are what JavaScript makes of them. */
  readonly value: JsonValue;
  /** The value with raw numbers where their text says more; undefined when it says the same. */
  readonly exact: JsonValue | undefined;
  readonly problems: readonly string[];
}

/** Undefined for what is no JSON, or deeper than Go reads. Behaviour: sigs.k8s.io/json UnmarshalStrict into a map. */
export function parseStrictly(bytes: Uint8Array): StrictlyParsed | undefined {
  const text = textOf(bytes);
  let value: JsonValue;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { keys, tooDeep, oddNumbers } = scanJson(bytes);
  if (tooDeep !== undefined) return undefined;
  const exact = oddNumbers ? parseWithRawNumbers(text) : undefined;
  if (oddNumbers) value = parseWithBigints(text);
  return { value, exact, problems: keys === countKeys(value) ? [] : duplicatesIn(text) };
}

function duplicatesIn(text: string): readonly string[] {
  const context = new DecodeContext();
  look(new JsonCursor(text), context);
  return [...context.problems];
}

function look(cursor: JsonCursor, context: DecodeContext): void {
  const next = cursor.peek();
  if (next === '[')
    for (const index of cursor.indexes()) context.inItem(index, () => look(cursor, context));
  else if (next === '{') {
    const seen = new Set<string>();
    for (const key of cursor.keys()) {
      if (seen.has(key)) context.report('duplicate', key);
      seen.add(key);
      context.inEntry(key, () => look(cursor, context));
    }
  } else cursor.skip();
}

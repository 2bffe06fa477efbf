import type { JsonValue } from '@keelson/api-machinery';
import { isObject } from '@keelson/patch';
import { stringText, valueText } from '@keelson/serialization';

/** JSON as Go writes it. JavaScript puts keys that are numbers first, wherever they stood: they are a map's, and Go sorts those. */
export function shownText(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(shownText).join(',')}]`;
  if (!isObject(value)) return valueText(value);
  const keys = Object.keys(value);
  if (keys.some((key) => index.test(key))) keys.sort();
  return `{${keys.map((key) => `${stringText(key)}:${shownText(value[key] ?? null)}`).join(',')}}`;
}

const index = /^(?:0|[1-9]\d{0,9})$/;

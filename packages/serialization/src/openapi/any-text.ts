import type { JsonValue } from '@keelson/api-machinery';
import { textOf } from '../bytes.ts';
import { encodeYaml } from '../yaml/encode-yaml.ts';

/** A value as YAML, its newline included. Keys stay in their order here. */
export function yamlText(value: JsonValue): string {
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

import type { JsonValue } from '@keelson/api-machinery';
import { latin1Of } from '../bytes.ts';
import { countKeys } from '../count-keys.ts';
import { scanJson } from '../scan-json.ts';

/** More brackets than any object has: they may be deeper than YAML goes. */
const bracketLimit = 1000;

/**
 * The value of a text that is JSON and means the same as YAML: clients that apply send such. Undefined for all others, and for what only might be, as a
 * key of YAML may not be long, and has no escapes for halves of characters.
 */
export function plainJson(bytes: Uint8Array): JsonValue | undefined {
  if (bytes[0] !== 0x7b) return undefined;
  const text = latin1Of(bytes);
  // ASCII without tabs and without backslashes.
  if (!/^[\x20-\x5b\x5d-\x7e\n]*$/.test(text)) return undefined;
  if (/"<<"|"[^"]{900,}"\s*:/.test(text)) return undefined;
  if ((text.match(/[[{]/g) ?? []).length > bracketLimit) return undefined;
  const value = parsed(text);
  if (value === undefined) return undefined;
  const { keys, oddNumbers } = scanJson(bytes);
  return oddNumbers || keys !== countKeys(value) ? undefined : value;
}

function parsed(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import type { FieldsV1 } from '@keelson/api-machinery';
import type { FieldSet } from './field-set.ts';

/** A set and its encoding. */
export interface SharedFields {
  readonly set: FieldSet;
  readonly fields: FieldsV1;
}

/** How much text is remembered, and how long the longest may be. */
const totalLimit = 4 * 1024 * 1024;
const textLimit = 16 * 1024;

const shared = new Map<string, SharedFields>();
let total = 0;

/** The set of which somebody has written the same text. Objects that the same clients made own the same fields: they share one set. */
export const sharedFields = (text: string): SharedFields | undefined => shared.get(text);

export function shareFields(text: string, fields: SharedFields): void {
  if (text.length > textLimit) return;
  if (total + text.length > totalLimit) {
    shared.clear();
    total = 0;
  }
  shared.set(text, fields);
  total += text.length;
}

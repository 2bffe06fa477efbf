import { isRawNumber, jsonText, type JsonValue } from '@keelson/api-machinery';

/** The text of the first number in a value that Go has no float for; undefined when there is none. */
export function tooLargeNumber(value: JsonValue): string | undefined {
  // However deep it is nested.
  const left = [value];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (typeof next !== 'object' || next === null) continue;
    if (!isRawNumber(next)) {
      for (const inner of Object.values(next).toReversed()) left.push(inner);
      continue;
    }
    const text = jsonText(next);
    if (!Number.isFinite(Number(text))) return text;
  }
  return undefined;
}

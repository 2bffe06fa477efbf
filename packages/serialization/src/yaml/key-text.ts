import { goQuote, type Int64 } from '@keelson/api-machinery';

/** A key that is no string as the string that it becomes. Behaviour: sigs.k8s.io/yaml, which takes a number for one of 32 bits. */
export function keyText(key: string | Int64 | boolean): string {
  return typeof key === 'number' && !Number.isInteger(key) ? floatText(key) : String(key);
}

/** A key as Go's `%#v` shows it. */
export const shownKey = (key: string | Int64 | boolean): string =>
  typeof key === 'string' ? goQuote(key) : String(key);

function floatText(value: number): string {
  if (Number.isNaN(value)) return '.nan';
  if (!Number.isFinite(value)) return value < 0 ? '-.inf' : '.inf';
  const single = Math.fround(value);
  let digits = 1;
  while (digits < 9 && Math.fround(Number(single.toPrecision(digits))) !== single) digits++;
  const short = Number(single.toPrecision(digits));
  const exponent = short === 0 ? 0 : Math.floor(Math.log10(Math.abs(short)));
  if (exponent >= -4 && exponent < 6) return String(short);
  return short.toExponential().replace(/e([-+])(\d)$/, 'e$10$2');
}

import { goQuote, type Int64 } from '@keelson/api-machinery';

/** A key of a map, which may be more than a string. */
export interface Key {
  /** Keys with the same one are the same. */
  readonly id: string;
  /** The string that it becomes; undefined for what becomes none. Behaviour: sigs.k8s.io/yaml, which takes a float for one of 32 bits. */
  readonly text: string | undefined;
  /** Go's name of its type. */
  readonly type: string;
  /** As Go's `%#v` shows it. */
  readonly shown: string;
}

/** The key that a scalar is. */
export function keyOf(value: string | Int64 | boolean | null, isFloat: boolean): Key {
  if (value === null) return unfit('%!s(<nil>)', '<nil>');
  if (typeof value === 'string')
    return { id: `"${value}`, text: value, type: 'string', shown: goQuote(value) };
  if (typeof value === 'boolean') return same('bool', String(value));
  if (isFloat) return { ...same('float64', String(value)), text: floatText(Number(value)) };
  if (value > largest) return unfit('uint64', `0x${value.toString(16)}`);
  return same('int', String(value));
}

const largest = 2n ** 63n - 1n;

const same = (type: string, text: string): Key => ({ id: type + text, text, type, shown: text });

const unfit = (type: string, shown: string): Key => ({
  id: type + shown,
  text: undefined,
  type,
  shown,
});

function floatText(value: number): string {
  if (Number.isNaN(value)) return '.nan';
  const single = Math.fround(value);
  if (!Number.isFinite(single)) return single < 0 ? '-.inf' : '.inf';
  let digits = 1;
  while (digits < 9 && Math.fround(Number(single.toPrecision(digits))) !== single) digits++;
  const short = Number(single.toPrecision(digits));
  const exponent = short === 0 ? 0 : Math.floor(Math.log10(Math.abs(short)));
  if (exponent >= -4 && exponent < 6) return String(short);
  return short.toExponential().replace(/e([-+])(\d)$/, 'e$10$2');
}

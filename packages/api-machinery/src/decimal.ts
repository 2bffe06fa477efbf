// Decimal numbers of any length, as digits: nothing here takes more than time in proportion to what was written.

/** `digits` × 10^`exponent`, at least zero. Digits begin and end with none of their zeros; zero has none. */
export interface Decimal {
  readonly digits: string;
  readonly exponent: number;
}

/** Powers of ten beyond this are as good as infinite, and would take their time. */
const exponentLimit = 1000;
/** Digits beyond these count only as a fraction more. */
const digitLimit = 1000;

export function decimalOf(text: string, exponent: number): Decimal {
  let [from, to] = [0, text.length];
  while (text.charAt(from) === '0') from++;
  while (to > from && text.charAt(to - 1) === '0') to--;
  if (from === to) return { digits: '', exponent: 0 };
  return { digits: text.slice(from, to), exponent: exponent + text.length - to };
}

/** Away from zero, so that nothing is finer than 10^`finest`. */
export function roundedUp(decimal: Decimal, finest: number): Decimal {
  const { digits, exponent } = decimal;
  if (digits === '' || exponent >= finest) return decimal;
  const kept = digits.length - (finest - exponent);
  if (kept <= 0) return { digits: '1', exponent: finest };
  return decimalOf(incremented(digits.slice(0, kept)), finest);
}

/** One more, by hand: the digits may be many. */
function incremented(digits: string): string {
  let at = digits.length;
  while (digits.charAt(at - 1) === '9') at--;
  const zeros = '0'.repeat(digits.length - at);
  if (at === 0) return `1${zeros}`;
  return `${digits.slice(0, at - 1)}${Number(digits.charAt(at - 1)) + 1}${zeros}`;
}

export const isBelowOne = ({ digits, exponent }: Decimal): boolean =>
  digits !== '' && digits.length + exponent <= 0;

/** The value in billionths, rounded up; one that is beyond all use is cut to 10^1000 or so. */
export function nanosOf(decimal: Decimal): bigint {
  const { digits, exponent } = roundedUp(decimal, -9);
  if (digits === '') return 0n;
  const power = Math.min(exponent + 9, exponentLimit);
  const leading = digits.slice(0, digitLimit);
  const more = Math.min(digits.length - leading.length + power, exponentLimit);
  return BigInt(leading) * 10n ** BigInt(digits.length > leading.length ? more : power);
}

/** Times 2^`power`, exactly to a billionth, rounded up. */
export function timesPowerOfTwo(decimal: Decimal, power: number): Decimal {
  // Nineteen digits more than billionths are what the power can bring up to where they count.
  const { digits, exponent } = roundedUp(decimal, -9 - 19);
  if (digits === '') return { digits: '', exponent: 0 };
  const leading = digits.length + exponent > digitLimit ? '1' : digits;
  const from = leading === digits ? exponent : digitLimit;
  return roundedUp(decimalOf(String(BigInt(leading) << BigInt(power)), from), -9);
}

/** With an exponent that is a multiple of three. */
export function decimalText({ digits, exponent }: Decimal): Decimal {
  const over = ((exponent % 3) + 3) % 3;
  return { digits: digits + '0'.repeat(over), exponent: exponent - over };
}

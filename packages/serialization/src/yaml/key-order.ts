const isLetter = (rune: string): boolean => /\p{L}/u.test(rune);
const isDigit = (rune: string | undefined): boolean => rune !== undefined && /\p{Nd}/u.test(rune);

/** Letters behind all else, digits by the number that they are part of: `a2` before `a10`. Behaviour: yaml.v2 keyList. */
export function naturalOrder(a: string, b: string): number {
  const [x, y] = [Array.from(a), Array.from(b)];
  let at = 0;
  while (at < x.length && at < y.length && x[at] === y[at]) at++;
  const [p, q] = [x[at], y[at]];
  if (p === undefined || q === undefined) return x.length - y.length;
  const [isLetterP, isLetterQ] = [isLetter(p), isLetter(q)];
  if (isLetterP !== isLetterQ) return isLetterP ? 1 : -1;
  return (isLetterP ? 0 : compareNumbers(x, y, at)) || codeOf(p) - codeOf(q);
}

const codeOf = (rune: string): number => rune.codePointAt(0) ?? 0;

/** What is no number counts as zero. Zeros behind other digits are digits like these. */
function compareNumbers(x: readonly string[], y: readonly string[], at: number): number {
  const start = (x[at] === '0' || y[at] === '0') && isBehindNumber(x, at) ? 1n : 0n;
  const [one, other] = [numberAt(x, at, start), numberAt(y, at, start)];
  if (one.value !== other.value) return one.value < other.value ? -1 : 1;
  return one.end - other.end;
}

function isBehindNumber(runes: readonly string[], at: number): boolean {
  for (let before = at - 1; isDigit(runes[before]); before--)
    if (runes[before] !== '0') return true;
  return false;
}

interface DigitRun {
  readonly value: bigint;
  readonly end: number;
}

/** As 64 bits hold it. */
function numberAt(runes: readonly string[], at: number, start: bigint): DigitRun {
  let [value, end] = [start, at];
  for (; isDigit(runes[end]); end++)
    value = BigInt.asIntN(64, value * 10n + BigInt(codeOf(runes[end] ?? '') - 0x30));
  return { value, end };
}

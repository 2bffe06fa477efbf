/** Reads a decimal integer of 64 bits as Go does; undefined for what is none. Behaviour: strconv.ParseInt. */
export function parseInt64(text: string): bigint | undefined {
  const match = /^([+-]?)(\d+)$/.exec(text);
  const [, sign = '', all = ''] = match ?? [];
  let from = 0;
  while (from < all.length - 1 && all.charAt(from) === '0') from++;
  // Nineteen digits are the most; more are not worth the time that reading them takes.
  if (match === null || all.length - from > 19) return undefined;
  const value = BigInt(`${sign === '-' ? '-' : ''}${all.slice(from)}`);
  return BigInt.asIntN(64, value) === value ? value : undefined;
}

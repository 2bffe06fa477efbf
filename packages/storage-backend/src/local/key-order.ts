/** Compares keys by their UTF-8 bytes, which is the order of code points and not that of UTF-16 code units. */
export function compareKeys(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return rank(x) - rank(y);
  }
  return a.length - b.length;
}

/** The least string that sorts after every key that starts with `prefix`, which is empty or starts with `/` as all keys do. */
export function afterPrefix(prefix: string): string {
  const codePoints = Array.from(prefix || '/');
  let last = codePoints.pop()!.codePointAt(0)!;
  while (last === 0x10ffff) last = codePoints.pop()!.codePointAt(0)!;
  const next = last === 0xd7ff ? 0xe000 : last + 1;
  return codePoints.join('') + String.fromCodePoint(next);
}

/** Moves surrogates, which stand for code points above U+FFFF, behind all other code units. */
function rank(codeUnit: number): number {
  if (codeUnit < 0xd800) return codeUnit;
  return codeUnit < 0xe000 ? codeUnit + 0x2000 : codeUnit - 0x800;
}

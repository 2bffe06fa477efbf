/** Orders texts by their bytes in UTF-8, as Go sorts keys. The order of UTF-16 units is the same but for surrogates. */
export function compareBytes(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const [one, other] = [a.charCodeAt(at), b.charCodeAt(at)];
    if (one !== other) return weight(one) - weight(other);
  }
  return a.length - b.length;
}

/** Surrogates stand for characters beyond all that have a unit of their own. */
const weight = (unit: number): number => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);

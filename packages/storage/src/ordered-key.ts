/**
 * A key in a form whose UTF-16 order is the order of the key's UTF-8 bytes, the backend's. The two orders differ only
 * where surrogates meet U+E000 to U+FFFF: those move below the surrogates. Nearly every key is its own ordered key.
 */
export function orderedKey(key: string): string {
  if (!/[\ud800-\uffff]/.test(key)) return key;
  return key.replace(/[\ud800-\uffff]/g, (unit) => {
    const code = unit.charCodeAt(0);
    return String.fromCharCode(code >= 0xe000 ? code - 0x800 : code + 0x2000);
  });
}

/** The first ordered key after all that begin with `prefix`, which ends with a slash. */
export function endOfPrefix(prefix: string): string {
  return `${orderedKey(prefix.slice(0, -1))}0`;
}

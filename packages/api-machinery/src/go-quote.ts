const plain = /^[ !#-[\]-~]*$/;
const unprintable = /[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/u;
const short: Readonly<Record<string, string>> = {
  '\x07': String.raw`\a`,
  '\b': String.raw`\b`,
  '\f': String.raw`\f`,
  '\n': String.raw`\n`,
  '\r': String.raw`\r`,
  '\t': String.raw`\t`,
  '\v': String.raw`\v`,
  '"': String.raw`\"`,
  '\\': String.raw`\\`,
};

/** A text as Go's `%q` writes it: messages that name what a client sent do it this way, so nothing in them can be mistaken for more. Behaviour: strconv.Quote. */
export function goQuote(text: string): string {
  if (plain.test(text)) return `"${text}"`;
  return `"${Array.from(text.toWellFormed(), escaped).join('')}"`;
}

function escaped(character: string): string {
  const known = short[character];
  if (known !== undefined) return known;
  if (!unprintable.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code < 0x80) return `\\x${hex.padStart(2, '0')}`;
  return code < 0x1_00_00 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}

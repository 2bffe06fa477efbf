/** Beyond this column, the next space becomes the end of the line. Behaviour: libyaml's emitter, as yaml.v2 has it. */
const width = 80;

/** How a scalar that stays on one line in its meaning is quoted: not at all, or by one of two marks. */
export type Quote = '' | "'" | '"';

/** Where a scalar stands: the column of its first character, and what its further lines begin with. */
export interface Place {
  readonly column: number;
  readonly indent: string;
}

/** Breaks a long text, escaped already, at single spaces; where there are more of them, only double quotes know how. */
export function folded(text: string, quote: Quote, { column, indent }: Place): string {
  if (column + text.length <= width) return text;
  const characters = Array.from(text);
  const last = quote === '' ? characters.length : characters.length - 1;
  let [folds, at, before] = ['', column, ''];
  for (const [index, character] of characters.entries()) {
    const next = characters[index + 1];
    const isPlace = character === ' ' && before !== ' ' && at > width && index < last;
    before = character;
    if (isPlace && (index > 0 || quote === '') && (quote === '"' || next !== ' ')) {
      const start = next === ' ' ? `${indent}\\` : indent;
      folds += `\n${start}`;
      at = start.length;
    } else {
      folds += character;
      at = character === '\u2028' || character === '\u2029' ? 0 : at + 1;
    }
  }
  return folds;
}

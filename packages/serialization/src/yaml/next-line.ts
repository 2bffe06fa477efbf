const nextLine = '\u0085';
const isBlank = (character: string | undefined): boolean => character === ' ' || character === '\t';

/**
 * A text as it comes through upstream's YAML, which is made of JSON that is read as YAML: there, the character for the next line ends a
 * line, blanks around it are lost, and the line's end becomes a space. Behaviour: sigs.k8s.io/yaml JSONToYAML.
 */
export function withoutNextLines(text: string): string {
  if (!text.includes(nextLine)) return text;
  const [first = '', ...lines] = text.split(nextLine);
  let [out, breaks] = [trimmed(first, false, true), 0];
  for (const [index, line] of lines.entries()) {
    breaks++;
    const isLast = index === lines.length - 1;
    const content = trimmed(line, true, !isLast);
    if (content === '' && !isLast) continue;
    out += (breaks === 1 ? ' ' : '\n'.repeat(breaks - 1)) + content;
    breaks = 0;
  }
  return out;
}

function trimmed(text: string, atStart: boolean, atEnd: boolean): string {
  let [from, to] = [0, text.length];
  while (atStart && from < to && isBlank(text[from])) from++;
  while (atEnd && to > from && isBlank(text[to - 1])) to--;
  return text.slice(from, to);
}

const step = '  ';

/** JSON with a line for each member and each item, everything else as it was written. Behaviour: encoding/json Indent. */
export function indented(json: string): string {
  let [text, depth] = ['', 0];
  const line = (): string => `\n${step.repeat(depth)}`;
  for (let at = 0; at < json.length; at++) {
    const character = json.charAt(at);
    if (character === '"') {
      const end = endOfString(json, at);
      text += json.slice(at, end);
      at = end - 1;
    } else if (character === '{' || character === '[') {
      depth++;
      text += isClosing(json.charAt(at + 1)) ? character : character + line();
    } else if (isClosing(character)) {
      depth--;
      text += isOpening(json.charAt(at - 1)) ? character : line() + character;
    } else if (character === ',') text += `,${line()}`;
    else if (character === ':') text += ': ';
    else if (character > ' ') text += character;
  }
  return text;
}

const isOpening = (character: string): boolean => character === '{' || character === '[';
const isClosing = (character: string): boolean => character === '}' || character === ']';

function endOfString(json: string, start: number): number {
  for (let at = start + 1; ; at++) {
    const character = json.charAt(at);
    if (character === '\\') at++;
    else if (character === '"' || character === '') return at + 1;
  }
}

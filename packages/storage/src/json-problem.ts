/** What is wrong with a JSON text, in the words of Go's encoding/json; `undefined` for a good one. */
export function jsonProblem(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch {
    return describe(text);
  }
}

/** Finds the shortest beginning that no text can follow: the parser complains about its end only where more could come. */
function describe(text: string): string {
  const trimmed = text.trimStart();
  const first = trimmed.charAt(0);
  if (first === '') return 'unexpected end of JSON input';
  if (!/[-[{"0-9tfn]/.test(first))
    return `invalid character ${quoted(first)} looking for beginning of value`;
  const position = failurePosition(text);
  if (position === undefined || position >= text.length) return 'unexpected end of JSON input';
  return `invalid character ${quoted(text.charAt(position))} ${context(text.slice(0, position))}`;
}

function failurePosition(text: string): number | undefined {
  try {
    JSON.parse(text);
  } catch (error) {
    const found = /position (\d+)/.exec(error instanceof Error ? error.message : '');
    return found === null ? undefined : Number(found[1]);
  }
  return undefined;
}

function context(before: string): string {
  const last = before.trimEnd().at(-1);
  if (last === '{') return 'looking for beginning of object key string';
  if (last === ':' || last === '[') return 'looking for beginning of value';
  return 'after top-level value';
}

function quoted(character: string): string {
  if (character === "'") return `'\\''`;
  if (character === '"') return `'"'`;
  return `'${JSON.stringify(character).slice(1, -1)}'`;
}

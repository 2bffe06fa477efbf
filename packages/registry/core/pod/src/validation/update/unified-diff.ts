import { jsonText } from '@keelson/api-machinery';
import { changesBetween, type Change } from './line-changes.ts';

const contextLines = 3;

/** How two objects differ, in the unified form, by lines of their JSON. Behaviour: apimachinery util/diff Diff, v1.37. */
export function objectDiff(before: unknown, after: unknown): string {
  const [a, b] = [lines(before), lines(after)];
  return hunks(changesBetween(a, b), a.length)
    .map((hunk) => hunkText(hunk, a, b))
    .join('');
}

function lines(value: unknown): string[] {
  // What Go's encoder escapes besides what JSON demands.
  const text = jsonText(value, 1).replaceAll(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return text.split('\n');
}

/** Neighbouring changes, and the lines around them. Ends are exclusive. */
interface Hunk {
  readonly changes: readonly Change[];
  readonly before: number;
  readonly after: number;
}

function hunks(changes: readonly Change[], length: number): Hunk[] {
  const groups: Change[][] = [];
  for (const change of changes) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (
      group !== undefined &&
      last !== undefined &&
      change.a.start - last.a.end <= 2 * contextLines
    )
      group.push(change);
    else groups.push([change]);
  }
  return groups.map((group) => ({
    changes: group,
    before: Math.min(contextLines, group[0]?.a.start ?? 0),
    after: Math.min(contextLines, length - (group.at(-1)?.a.end ?? length)),
  }));
}

function hunkText(
  { changes, before, after }: Hunk,
  a: readonly string[],
  b: readonly string[],
): string {
  const [first, last] = [changes[0], changes.at(-1)];
  if (first === undefined || last === undefined) return '';
  const text = [
    `@@ -${range(first.a.start - before, last.a.end + after)} +${range(first.b.start - before, last.b.end + after)} @@`,
  ];
  let at = first.a.start - before;
  for (const change of changes) {
    text.push(
      ...marked(' ', a, at, change.a.start),
      ...marked('-', a, change.a.start, change.a.end),
      ...marked('+', b, change.b.start, change.b.end),
    );
    at = change.a.end;
  }
  text.push(...marked(' ', a, at, at + after));
  return `${text.join('\n')}\n`;
}

const marked = (mark: string, all: readonly string[], start: number, end: number): string[] =>
  all.slice(start, end).map((line) => mark + line);

/** One line is its number; none is the number of the line before. */
function range(start: number, end: number): string {
  const length = end - start;
  return length === 1 ? `${start + 1}` : `${length === 0 ? start : start + 1},${length}`;
}

/** A stretch of lines; the end is exclusive. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Lines of `a` that became lines of `b`. */
export interface Change {
  readonly a: Stretch;
  readonly b: Stretch;
}

interface Match {
  readonly a: number;
  readonly b: number;
  readonly size: number;
}

/** Matching takes time in proportion to the square of the texts' length, and more: from here on it stops looking. */
const mostSteps = 1_000_000;

/**
 * What changed between two texts: all outside of their longest common stretch and, left and right of it, of the longest
 * ones there, and so on. Lines that are frequent in a long `b` only prolong a stretch.
 * Behaviour: Python's difflib SequenceMatcher, as go-difflib has it.
 */
export function changesBetween(a: readonly string[], b: readonly string[]): Change[] {
  const changes: Change[] = [];
  let [startOfA, startOfB] = [0, 0];
  for (const match of [...matches(a, b), { a: a.length, b: b.length, size: 0 }]) {
    if (startOfA < match.a || startOfB < match.b)
      changes.push({ a: { start: startOfA, end: match.a }, b: { start: startOfB, end: match.b } });
    [startOfA, startOfB] = [match.a + match.size, match.b + match.size];
  }
  return changes;
}

function matches(a: readonly string[], b: readonly string[]): Match[] {
  const places = placesOf(b);
  let steps = 0;
  const found: Match[] = [];
  const open: (readonly [Stretch, Stretch])[] = [
    [
      { start: 0, end: a.length },
      { start: 0, end: b.length },
    ],
  ];
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    const [inA, inB] = pair;
    const match = longestMatch(a, b, { inA, inB, places, step: () => ++steps < mostSteps });
    if (steps >= mostSteps) return commonEnds(a, b);
    if (match.size === 0) continue;
    found.push(match);
    open.push([
      { start: inA.start, end: match.a },
      { start: inB.start, end: match.b },
    ]);
    open.push([
      { start: match.a + match.size, end: inA.end },
      { start: match.b + match.size, end: inB.end },
    ]);
  }
  return found.sort((one, other) => one.a - other.a);
}

function commonEnds(a: readonly string[], b: readonly string[]): Match[] {
  let [head, tail] = [0, 0];
  const most = Math.min(a.length, b.length);
  while (head < most && a[head] === b[head]) head++;
  while (tail < most - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++;
  return [
    { a: 0, b: 0, size: head },
    { a: a.length - tail, b: b.length - tail, size: tail },
  ].filter(({ size }) => size > 0);
}

/** Where each line is in `b`, except those that are too frequent to tell anything. */
function placesOf(b: readonly string[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (const [index, line] of b.entries()) {
    const known = places.get(line);
    if (known === undefined) places.set(line, [index]);
    else known.push(index);
  }
  if (b.length < 200) return places;
  const most = Math.floor(b.length / 100) + 1;
  for (const [line, indices] of places) if (indices.length > most) places.delete(line);
  return places;
}

interface Search {
  readonly inA: Stretch;
  readonly inB: Stretch;
  readonly places: ReadonlyMap<string, readonly number[]>;
  /** Counts a step; false when it was the last one. */
  step(): boolean;
}

function longestMatch(a: readonly string[], b: readonly string[], search: Search): Match {
  const { inA, inB } = search;
  let { a: startOfA, b: startOfB, size } = longestTellingMatch(a, search);
  while (startOfA > inA.start && startOfB > inB.start && a[startOfA - 1] === b[startOfB - 1])
    [startOfA, startOfB, size] = [startOfA - 1, startOfB - 1, size + 1];
  while (
    startOfA + size < inA.end &&
    startOfB + size < inB.end &&
    a[startOfA + size] === b[startOfB + size]
  )
    size++;
  return { a: startOfA, b: startOfB, size };
}

function longestTellingMatch(a: readonly string[], search: Search): Match {
  const { inA, inB, places } = search;
  let best: Match = { a: inA.start, b: inB.start, size: 0 };
  // The lengths of the matches that end at the line before, by their end in `b`.
  let lengths = new Map<number, number>();
  for (let index = inA.start; index < inA.end; index++) {
    const next = new Map<number, number>();
    if (!search.step()) return best;
    for (const place of places.get(a[index] ?? '') ?? []) {
      if (!search.step()) return best;
      if (place < inB.start) continue;
      if (place >= inB.end) break;
      const size = (lengths.get(place - 1) ?? 0) + 1;
      next.set(place, size);
      if (size > best.size) best = { a: index - size + 1, b: place - size + 1, size };
    }
    lengths = next;
  }
  return best;
}

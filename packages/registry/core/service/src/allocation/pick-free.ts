/** Numbers to choose from, in two bands: the lower one is left to those who choose theirs, as long as the upper one lasts. */
export interface Bands<T> {
  /** How many there are. */
  readonly size: bigint;
  /** How many of the first belong to the lower band. */
  readonly staticSize: bigint;
  at(offset: bigint): T;
}

/** What is taken. */
export interface Taken<T> {
  /** Whether one is. */
  has(one: T): Promise<boolean>;
  /** All that are. */
  all(): Promise<ReadonlySet<T>>;
}

/** How often to guess before looking at all that is taken. */
const guesses = 8;

/**
 * Picks one by chance that is free: of the upper band, else of the lower. Undefined when there is none. A guess costs one read,
 * and is right in all but crowded ranges.
 */
export async function pickFree<T>(
  bands: Bands<T>,
  taken: Taken<T>,
  random: () => number,
): Promise<T | undefined> {
  const { size, staticSize } = bands;
  if (size > staticSize) {
    for (let guess = 0; guess < guesses; guess++) {
      const one = bands.at(staticSize + below(size - staticSize, random));
      if (!(await taken.has(one))) return one;
    }
  }
  const all = await taken.all();
  return (
    scan(bands, all, { from: staticSize, to: size }, random) ??
    scan(bands, all, { from: 0n, to: staticSize < size ? staticSize : size }, random)
  );
}

interface Band {
  readonly from: bigint;
  readonly to: bigint;
}

/** The first free one of a band, from one chosen by chance on and round. */
function scan<T>(
  bands: Bands<T>,
  taken: ReadonlySet<T>,
  { from, to }: Band,
  random: () => number,
): T | undefined {
  const length = to - from;
  if (length <= 0n) return undefined;
  const start = below(length, random);
  for (let step = 0n; step < length; step++) {
    const one = bands.at(from + ((start + step) % length));
    if (!taken.has(one)) return one;
  }
  return undefined;
}

/** A whole number from 0 up to and without `limit`, which is at most 2^64. */
function below(limit: bigint, random: () => number): bigint {
  const word = () => BigInt(Math.floor(random() * 2 ** 32));
  const [high, low] = [word(), word()];
  return (((high << 32n) | low) * limit) >> 64n;
}

/** The keys that start with a prefix, as etcd wants them named. An empty prefix stands for all keys. */
export interface KeyRange {
  readonly key: Uint8Array;
  /** The first key behind them. */
  readonly rangeEnd: Uint8Array;
}

export function rangeOf(prefix: string, start?: string): KeyRange {
  const key = Buffer.from(prefix === '' ? '/' : prefix);
  // No byte of UTF-8 is 0xff: the last one can always be counted up.
  const rangeEnd = Buffer.from(key);
  rangeEnd[rangeEnd.length - 1]! += 1;
  return { key: start === undefined ? key : Buffer.from(start), rangeEnd };
}

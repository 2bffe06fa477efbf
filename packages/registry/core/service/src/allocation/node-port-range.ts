import type { Bands } from './pick-free.ts';

/** The ports that services may open on nodes. */
export interface NodePortRange extends Bands<number> {
  /** As messages show it: `30000-32767`. */
  readonly text: string;
  contains(port: number): boolean;
}

export function nodePortRange(base: number, size: number): NodePortRange {
  return {
    text: `${base}-${base + size - 1}`,
    size: BigInt(size),
    staticSize: BigInt(staticBand(size)),
    at: (offset) => base + Number(offset),
    contains: (port) => port >= base && port < base + size,
  };
}

/** How many of the first ports are left to those who choose theirs. Behaviour: portallocator calculateRangeOffset, v1.37. */
function staticBand(size: number): number {
  const [least, most, step] = [16, 128, 32];
  if (size <= least) return 0;
  return Math.min(Math.max(Math.floor(size / step), least), most);
}

import type { ListPlan } from './list-plan.ts';
import type { Range } from './snapshot-map.ts';

/** How many are kept. Each costs a pointer per object. */
const most = 8;

/**
 * What lists found in the newest state, until it changes. Who asks the same gets the very same array, so that others may keep for
 * as long as it lives what they make of it.
 */
export class RecentRanges<T> {
  /** In the order of their last use. */
  readonly #ranges = new Map<string, Range<T>>();

  find(plan: ListPlan<T>, look: () => Range<T>): Range<T> {
    const question = questionOf(plan);
    if (question === undefined) return look();
    const range = this.#ranges.get(question) ?? look();
    this.#ranges.delete(question);
    this.#ranges.set(question, range);
    const [oldest] = this.#ranges.keys();
    if (this.#ranges.size > most && oldest !== undefined) this.#ranges.delete(oldest);
    return range;
  }

  clear(): void {
    if (this.#ranges.size > 0) this.#ranges.clear();
  }
}

/** Undefined for what one client asks once: the pages that follow a first one. */
function questionOf<T>({ prefix, start, limit, selected }: ListPlan<T>): string | undefined {
  if (start !== undefined || selected === undefined) return undefined;
  return JSON.stringify([prefix, limit, ...selected]);
}

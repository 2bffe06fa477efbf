import type { JsonValue } from '@keelson/api-machinery';
import { knownItemStep } from './list-items.ts';
import type { ListSchema } from './schema.ts';
import type { Step } from './step.ts';

/** Merges two values of one item; either may be absent. */
export type MergeItem = (
  own: JsonValue | undefined,
  applied: JsonValue | undefined,
) => JsonValue | undefined;

/**
 * Merges lists whose items have names. Items that both have stand in the order applied; what only one has keeps its place among
 * its neighbours. Behaviour: structured-merge-diff typed mergingWalker visitListItems.
 */
export function mergeItems(
  list: ListSchema,
  own: readonly JsonValue[],
  applied: readonly JsonValue[],
  mergeItem: MergeItem,
): JsonValue | undefined {
  const merged = new ItemMerge(list, own, applied, mergeItem).run();
  return merged.length > 0 ? merged : undefined;
}

class ItemMerge {
  readonly #mergeItem: MergeItem;
  readonly #own: readonly JsonValue[];
  readonly #ownSteps: readonly Step[];
  readonly #appliedSteps: readonly Step[];
  /** Null for what is there more than once: it is merged with nothing. */
  readonly #ownItems = new Map<Step, JsonValue>();
  readonly #appliedItems = new Map<Step, JsonValue>();
  readonly #done = new Set<Step>();
  /** Items that both have, in the order applied; those before `#next` are merged. */
  readonly #shared: readonly Step[];
  #next = 0;
  readonly #merged: JsonValue[] = [];

  constructor(
    list: ListSchema,
    own: readonly JsonValue[],
    applied: readonly JsonValue[],
    mergeItem: MergeItem,
  ) {
    this.#mergeItem = mergeItem;
    this.#own = own;
    this.#ownSteps = own.map((item, index) => knownItemStep(list, item, index));
    this.#appliedSteps = applied.map((item, index) => knownItemStep(list, item, index));
    for (const [index, step] of this.#ownSteps.entries())
      this.#ownItems.set(step, this.#ownItems.has(step) ? null : (own[index] ?? null));
    for (const [index, step] of this.#appliedSteps.entries())
      this.#appliedItems.set(step, applied[index] ?? null);
    this.#shared = this.#appliedSteps.filter((step) => this.#ownItems.has(step));
  }

  run(): JsonValue[] {
    let [at, next] = [0, 0];
    while (at < this.#ownSteps.length || next < this.#appliedSteps.length) {
      const [own, applied] = [this.#ownSteps[at], this.#appliedSteps[next]];
      if (own !== undefined && own === applied) {
        this.#take(own);
        this.#next++;
        at++;
        next++;
      } else if (own !== undefined && applied !== undefined && this.#comesLater(own)) at++;
      else if (own !== undefined && !this.#appliedItems.has(own)) {
        this.#keep(this.#own[at]);
        at++;
      } else {
        if (own !== undefined && this.#done.has(own)) at++;
        if (applied === undefined) continue;
        this.#take(applied);
        next++;
        if (this.#shared[this.#next] === applied) this.#next++;
      }
    }
    return this.#merged;
  }

  /** Whether an item is wanted, but another one first. */
  #comesLater(step: Step): boolean {
    const first = this.#shared[this.#next];
    return this.#appliedItems.has(step) && first !== undefined && first !== step;
  }

  #take(step: Step): void {
    this.#done.add(step);
    this.#push(this.#mergeItem(this.#ownItems.get(step), this.#appliedItems.get(step)));
  }

  #keep(item: JsonValue | undefined): void {
    this.#push(this.#mergeItem(item, undefined));
  }

  #push(item: JsonValue | undefined): void {
    if (item !== undefined) this.#merged.push(item);
  }
}

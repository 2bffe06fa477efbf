import { goQuote } from './go-quote.ts';
import type { LabelSelector } from './gen/meta-v1.ts';
import { parseInt64 } from './int64.ts';
import { isQualifiedName, isValidLabelValue } from './names.ts';

/** How a requirement compares; `==` is read as `=`. */
export type LabelOperator = 'in' | 'notin' | '=' | '!=' | 'exists' | '!' | 'gt' | 'lt';

export interface LabelRequirement {
  readonly key: string;
  readonly operator: LabelOperator;
  /** Sorted, without duplicates. */
  readonly values: readonly string[];
}

type Labels = Readonly<Record<string, string>> | undefined;

/** All of its requirements must hold. Immutable. Behaviour: k8s.io/apimachinery labels.Selector, v1.37. */
export class LabelSelectorMatcher {
  readonly requirements: readonly LabelRequirement[];
  readonly #nothing: boolean;

  constructor(requirements: readonly LabelRequirement[], nothing = false) {
    this.requirements = requirements;
    this.#nothing = nothing;
  }

  /** Whether it matches everything. */
  get empty(): boolean {
    return this.requirements.length === 0 && !this.#nothing;
  }

  matches(labels: Labels): boolean {
    if (this.#nothing) return false;
    for (const requirement of this.requirements) {
      if (!holds(requirement, labels)) return false;
    }
    return true;
  }

  /** The one value that a key must have, when the selector says so. */
  exactValue(key: string): string | undefined {
    const found = this.requirements.find(
      (r) =>
        r.key === key && (r.operator === '=' || (r.operator === 'in' && r.values.length === 1)),
    );
    return found?.values[0];
  }

  /** The selector's canonical text, e.g. `app in (a,b),tier!=db`. */
  toString(): string {
    return this.requirements.map(textOf).join(',');
  }
}

function holds({ key, operator, values }: LabelRequirement, labels: Labels): boolean {
  // What an object inherits is no text, so it is never what an equality asks for.
  if (operator === '=') return labels?.[key] === values[0];
  const value = labels !== undefined && Object.hasOwn(labels, key) ? labels[key] : undefined;
  if (operator === 'exists') return value !== undefined;
  if (operator === '!') return value === undefined;
  if (operator === '!=' || operator === 'notin')
    return value === undefined || !values.includes(value);
  if (value === undefined) return false;
  if (operator === 'in') return values.includes(value);
  const [number, bound] = [parseInt64(value), parseInt64(values[0] ?? '')];
  if (number === undefined || bound === undefined) return false;
  return operator === 'gt' ? number > bound : number < bound;
}

function textOf({ key, operator, values }: LabelRequirement): string {
  if (operator === 'exists') return key;
  if (operator === '!') return `!${key}`;
  if (operator === 'in' || operator === 'notin') return `${key} ${operator} (${values.join(',')})`;
  return `${key}${{ '=': '=', '!=': '!=', gt: '>', lt: '<' }[operator]}${values[0] ?? ''}`;
}

/** Matches every object. */
export const everything = new LabelSelectorMatcher([]);
/** Matches none. */
export const nothing = new LabelSelectorMatcher([], true);

/** Why a requirement cannot be; undefined when it can. Keys and values follow the rules for labels. */
export function requirementProblem({
  key,
  operator,
  values,
}: LabelRequirement): string | undefined {
  const keyProblems = isQualifiedName(key);
  const problems: string[] = [];
  if (keyProblems.length > 0)
    problems.push(`key: Invalid value: ${goQuote(key)}: ${keyProblems.join('; ')}`);
  if ((operator === 'in' || operator === 'notin') && values.length === 0) {
    problems.push(
      "values: Invalid value: []: for 'in', 'notin' operators, values set can't be empty",
    );
  }
  if (operator === 'gt' || operator === 'lt') {
    values.forEach((value, index) => {
      if (parseInt64(value) === undefined) {
        problems.push(
          `values[${index}]: Invalid value: ${goQuote(value)}: for 'Gt', 'Lt' operators, the value must be an integer`,
        );
      }
    });
  }
  values.forEach((value, index) => {
    const valueProblems = isValidLabelValue(value);
    if (valueProblems.length > 0) {
      problems.push(
        `values[${index}][${key}]: Invalid value: ${goQuote(value)}: ${valueProblems.join('; ')}`,
      );
    }
  });
  if (problems.length === 0) return undefined;
  return problems.length === 1 ? problems[0] : `[${problems.join(', ')}]`;
}

const operators: Readonly<Record<string, LabelOperator>> = {
  In: 'in',
  NotIn: 'notin',
  Exists: 'exists',
  DoesNotExist: '!',
};

/** The selector that an object's `selector` field means: none matches nothing, an empty one everything. Throws a plain text Error for one that is invalid. */
export function labelSelectorFromObject(
  selector: LabelSelector | null | undefined,
): LabelSelectorMatcher {
  if (selector === null || selector === undefined) return nothing;
  const equal = Object.entries(selector.matchLabels ?? {}).map(([key, value]) => ({
    key,
    operator: '=' as const,
    values: [value],
  }));
  const expressions = (selector.matchExpressions ?? []).map(({ key, operator, values }) => {
    const known = operators[operator];
    if (known === undefined)
      throw new Error(`${goQuote(operator)} is not a valid label selector operator`);
    return { key, operator: known, values: [...(values ?? [])].sort() };
  });
  const requirements = [...equal, ...expressions];
  for (const requirement of requirements) {
    const problem = requirementProblem(requirement);
    if (problem !== undefined) throw new Error(problem);
  }
  return new LabelSelectorMatcher(
    requirements.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)),
  );
}

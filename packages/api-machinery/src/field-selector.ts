import { SelectorSyntaxError } from './parse-label-selector.ts';

export interface FieldRequirement {
  readonly field: string;
  readonly equal: boolean;
  readonly value: string;
}

/** All of its requirements must hold. Immutable. Behaviour: k8s.io/apimachinery fields.Selector, v1.37. */
export class FieldSelector {
  readonly requirements: readonly FieldRequirement[];

  constructor(requirements: readonly FieldRequirement[]) {
    this.requirements = requirements;
  }

  /** Whether it matches everything. */
  get empty(): boolean {
    return this.requirements.length === 0;
  }

  /** A field that is not there is the empty string. */
  matches(fields: Readonly<Record<string, string>>): boolean {
    return this.requirements.every(
      ({ field, equal, value }) => ((fields[field] ?? '') === value) === equal,
    );
  }

  /** The one value that a field must have, when the selector says so. */
  exactValue(field: string): string | undefined {
    return this.requirements.find((requirement) => requirement.equal && requirement.field === field)
      ?.value;
  }

  /** The same selector with its fields under other names; `undefined` from `rename` is for the caller to throw on. */
  renamed(rename: (field: string) => string): FieldSelector {
    return new FieldSelector(
      this.requirements.map((requirement) => ({
        ...requirement,
        field: rename(requirement.field),
      })),
    );
  }

  toString(): string {
    return this.requirements
      .map(
        ({ field, equal, value }) =>
          `${field}${equal ? '=' : '!='}${value.replace(/[\\,=]/g, String.raw`\$&`)}`,
      )
      .join(',');
  }
}

/** Parses `metadata.name=web,status.phase!=Running`; backslashes escape. Throws SelectorSyntaxError. */
export function parseFieldSelector(text: string): FieldSelector {
  return new FieldSelector(
    termsOf(text)
      .filter((term) => term !== '')
      .sort()
      .map((term) => requirementOf(term, text))
      // `=` alone asks for nothing.
      .filter(({ field, value }) => field !== '' || value !== ''),
  );
}

function termsOf(text: string): string[] {
  const terms: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === ',') {
      terms.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return [...terms, text.slice(start)];
}

function requirementOf(term: string, selector: string): FieldRequirement {
  const found = /!=|==|=/.exec(term);
  if (found === null)
    throw new SelectorSyntaxError(`invalid selector: '${selector}'; can't understand '${term}'`);
  const value = unescaped(term.slice(found.index + found[0].length));
  return { field: term.slice(0, found.index), equal: found[0] !== '!=', value };
}

function unescaped(text: string): string {
  let value = '';
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === ',' || character === '=')
      throw new SelectorSyntaxError(
        `invalid field selector: unescaped character in value: ${character.charCodeAt(0)}`,
      );
    if (character !== '\\') {
      value += character;
      continue;
    }
    const next = text.charAt(++at);
    if (next === '' || !'\\,='.includes(next))
      throw new SelectorSyntaxError(`invalid field selector: invalid escape sequence: \\${next}`);
    value += next;
  }
  return value;
}

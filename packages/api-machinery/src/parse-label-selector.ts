import { goQuote } from './go-quote.ts';
import {
  LabelSelectorMatcher,
  requirementProblem,
  type LabelOperator,
  type LabelRequirement,
} from './label-selector.ts';
import { isQualifiedName } from './names.ts';

/** Why a selector's text cannot be understood, in upstream's words. */
export class SelectorSyntaxError extends Error {}

type Kind = 'identifier' | 'operator' | '!' | '(' | ')' | ',' | 'end';
interface Token {
  readonly kind: Kind;
  readonly text: string;
}

const binary: Readonly<Record<string, LabelOperator>> = {
  in: 'in',
  notin: 'notin',
  '=': '=',
  '==': '=',
  '!=': '!=',
  '>': 'gt',
  '<': 'lt',
};
const symbolPairs = new Set(['!=', '==']);
const expectedOperators = 'in, notin, =, ==, !=, gt, lt';
const isSymbol = (character: string): boolean => '=!(),><'.includes(character);
const isSpace = (character: string): boolean => ' \t\r\n'.includes(character);

/**
 * Parses a selector such as `app in (a, b),tier!=db,!old`. Throws SelectorSyntaxError.
 * Behaviour: k8s.io/apimachinery labels.Parse, v1.37.
 */
export function parseLabelSelector(text: string): LabelSelectorMatcher {
  const requirements = new Parser(tokensOf(text)).parse();
  return new LabelSelectorMatcher(
    requirements.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)),
  );
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const character = text.charAt(at);
    if (isSpace(character)) {
      at++;
      continue;
    }
    const end = isSymbol(character) ? symbolEnd(text, at) : identifierEnd(text, at);
    tokens.push(tokenOf(text.slice(at, end)));
    at = end;
  }
  tokens.push({ kind: 'end', text: '' });
  return tokens;
}

/** The longest symbol from `at`: two characters where they mean something together. */
function symbolEnd(text: string, at: number): number {
  return symbolPairs.has(text.slice(at, at + 2)) ? at + 2 : at + 1;
}

function identifierEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && !isSymbol(text.charAt(end)) && !isSpace(text.charAt(end))) end++;
  return end;
}

function tokenOf(text: string): Token {
  if (text === '!' || text === '(' || text === ')' || text === ',') return { kind: text, text };
  if (Object.hasOwn(binary, text)) return { kind: 'operator', text };
  return { kind: 'identifier', text };
}

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  parse(): LabelRequirement[] {
    const requirements: LabelRequirement[] = [];
    for (;;) {
      const token = this.#peekValue();
      if (token.kind === 'end') return requirements;
      if (token.kind !== 'identifier' && token.kind !== '!')
        throw new SelectorSyntaxError(
          `found '${token.text}', expected: !, identifier, or 'end of string'`,
        );
      requirements.push(this.#requirement());
      const next = this.#takeValue();
      if (next.kind === 'end') return requirements;
      if (next.kind !== ',')
        throw new SelectorSyntaxError(`found '${next.text}', expected: ',' or 'end of string'`);
      const after = this.#peekValue();
      if (after.kind !== 'identifier' && after.kind !== '!')
        throw new SelectorSyntaxError(`found '${after.text}', expected: identifier after ','`);
    }
  }

  #requirement(): LabelRequirement {
    try {
      const requirement = this.#oneRequirement();
      const problem = requirementProblem(requirement);
      if (problem !== undefined) throw new SelectorSyntaxError(problem);
      return requirement;
    } catch (error) {
      if (error instanceof SelectorSyntaxError)
        throw new SelectorSyntaxError(`unable to parse requirement: ${error.message}`);
      throw error;
    }
  }

  #oneRequirement(): LabelRequirement {
    let token = this.#takeValue();
    const negated = token.kind === '!';
    if (negated) token = this.#takeValue();
    if (token.kind !== 'identifier')
      throw new SelectorSyntaxError(`found '${token.text}', expected: identifier`);
    const key = token.text;
    const problems = isQualifiedName(key);
    if (problems.length > 0)
      throw new SelectorSyntaxError(
        `<nil>: Invalid value: ${goQuote(key)}: ${problems.join('; ')}`,
      );
    if (negated) return { key, operator: '!', values: [] };
    const next = this.#peekValue();
    if (next.kind === 'end' || next.kind === ',') return { key, operator: 'exists', values: [] };
    const operator = this.#operator();
    const values = operator === 'in' || operator === 'notin' ? this.#values() : this.#value();
    return { key, operator, values: [...new Set(values)].sort() };
  }

  #operator(): LabelOperator {
    const token = this.#take();
    const operator = token.kind === 'operator' ? binary[token.text] : undefined;
    if (operator === undefined)
      throw new SelectorSyntaxError(`found '${token.text}', expected: ${expectedOperators}`);
    return operator;
  }

  #value(): string[] {
    const next = this.#peekValue();
    if (next.kind === 'end' || next.kind === ',') return [''];
    const token = this.#takeValue();
    if (token.kind === 'identifier') return [token.text];
    throw new SelectorSyntaxError(`found '${token.text}', expected: identifier`);
  }

  #values(): string[] {
    const open = this.#takeValue();
    if (open.kind !== '(') throw new SelectorSyntaxError(`found '${open.text}' expected: '('`);
    const first = this.#peekValue();
    if (first.kind === ')') {
      this.#take();
      return [''];
    }
    if (first.kind !== 'identifier' && first.kind !== ',')
      throw new SelectorSyntaxError(`found '${first.text}', expected: ',', ')' or identifier`);
    const values = this.#list();
    if (this.#takeValue().kind !== ')')
      throw new SelectorSyntaxError(`found '${first.text}', expected: ')'`);
    return values;
  }

  /** Identifiers between commas; a comma without one beside it stands for the empty value. */
  #list(): string[] {
    const values: string[] = [];
    for (;;) {
      const token = this.#takeValue();
      if (token.kind === 'identifier') {
        values.push(token.text);
        const next = this.#peekValue();
        if (next.kind === ')') return values;
        if (next.kind !== ',')
          throw new SelectorSyntaxError(`found '${next.text}', expected: ',' or ')'`);
      } else if (token.kind === ',') {
        if (values.length === 0) values.push('');
        const next = this.#peekValue();
        if (next.kind === ')' || next.kind === ',') values.push('');
        if (next.kind === ')') return values;
      } else {
        throw new SelectorSyntaxError(`found '${token.text}', expected: ',', or identifier`);
      }
    }
  }

  #take(): Token {
    const token = this.#tokens[this.#at] ?? { kind: 'end', text: '' };
    if (this.#at < this.#tokens.length) this.#at++;
    return token;
  }

  /** Where a value may stand, the words `in` and `notin` are values. */
  #takeValue(): Token {
    return asValue(this.#take());
  }

  #peekValue(): Token {
    return asValue(this.#tokens[this.#at] ?? { kind: 'end', text: '' });
  }
}

function asValue(token: Token): Token {
  return token.kind === 'operator' && (token.text === 'in' || token.text === 'notin')
    ? { kind: 'identifier', text: token.text }
    : token;
}

import { refusal } from './capabilities.ts';
import { allFlags, type Flag } from './flag-table.ts';
import { checkValue, defaultText, isList } from './flag-values.ts';
import { tokens } from './tokens.ts';
import { UsageError } from './usage-error.ts';

/** The flags' values, as texts. */
export interface Flags {
  /** The last value given, else the default. */
  text(name: string): string;
  /** Every value given, whole. */
  texts(name: string): readonly string[];
  /** What is between commas in every value given, else in the default. */
  list(name: string): readonly string[];
  isSet(name: string): boolean;
  /** What to tell the administrator, though it goes on. */
  readonly warnings: readonly string[];
}

/** Parses a command line. Throws UsageError: for what is no flag or no value, and for flags that need what is not there yet. */
export function parseFlags(args: readonly string[]): Flags {
  const values = new Map<Flag, string[]>();
  for (const { flag, value } of tokens(args, allFlags)) {
    checkValue(flag, value);
    const given = values.get(flag);
    if (given === undefined) values.set(flag, [value]);
    else given.push(value);
  }
  for (const [flag, given] of values) {
    const problem = refusal(flag, given);
    if (problem !== undefined) throw new UsageError(problem);
  }
  const flagOf = (name: string): Flag => {
    const flag = allFlags.find((one) => one.name === name);
    if (flag === undefined) throw new Error(`there is no flag --${name}`);
    return flag;
  };
  return {
    text: (name) => values.get(flagOf(name))?.at(-1) ?? defaultText(flagOf(name)),
    texts: (name) => values.get(flagOf(name)) ?? [],
    list: (name) => listed(flagOf(name), values),
    isSet: (name) => values.has(flagOf(name)),
    warnings: [...values.keys()]
      .filter(({ deprecated }) => deprecated === true)
      .map(({ name }) => `flag --${name} has been deprecated`),
  };
}

function listed(flag: Flag, values: ReadonlyMap<Flag, readonly string[]>): readonly string[] {
  const texts = values.get(flag) ?? [defaultText(flag)];
  const elements =
    isList(flag) || flag.type === 'string' ? texts.flatMap((text) => text.split(',')) : texts;
  return elements.filter((element) => element !== '');
}

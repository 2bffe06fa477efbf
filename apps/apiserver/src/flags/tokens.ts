import type { Flag } from './flag-table.ts';
import { suggestion } from './suggestion.ts';
import { UsageError } from './usage-error.ts';

/** One flag of a command line, with the value that it has there. */
export interface Token {
  readonly flag: Flag;
  readonly value: string;
}

/**
 * Takes a command line apart as Go's pflag does: `--name=value`, `--name value`, `--name` for flags that need no value, `-v2`.
 * Throws UsageError for what is none.
 */
export function* tokens(args: readonly string[], flags: readonly Flag[]): Iterable<Token> {
  const byName = new Map(flags.map((flag) => [flag.name, flag]));
  const byShorthand = new Map(
    flags.flatMap((flag) =>
      flag.shorthand === undefined ? [] : [[flag.shorthand, flag] as const],
    ),
  );
  const rest = args[Symbol.iterator]();
  for (const arg of rest) {
    if (!arg.startsWith('-') || arg === '-' || arg === '--')
      throw new UsageError(
        `"kube-apiserver" does not take any arguments, got ${JSON.stringify(args.slice(args.indexOf(arg) + (arg === '--' ? 1 : 0)))}`,
      );
    const { flag, given } = arg.startsWith('--') ? long(arg, byName) : short(arg, byShorthand);
    const value = given ?? flag.noOptDefVal ?? rest.next().value;
    if (value === undefined)
      throw new UsageError(
        `flag needs an argument: ${arg.startsWith('--') ? arg : `'${arg.slice(1)}' in ${arg}`}`,
      );
    yield { flag, value };
  }
}

interface Parsed {
  readonly flag: Flag;
  readonly given: string | undefined;
}

function long(arg: string, byName: ReadonlyMap<string, Flag>): Parsed {
  const cut = arg.indexOf('=');
  const written = cut < 0 ? arg.slice(2) : arg.slice(2, cut);
  // Old command lines have underscores.
  const name = written.replaceAll('_', '-');
  const flag = byName.get(name);
  if (flag === undefined)
    throw new UsageError(`unknown flag: --${written}${didYouMean(name, [...byName.keys()])}`);
  return { flag, given: cut < 0 ? undefined : arg.slice(cut + 1) };
}

function short(arg: string, byShorthand: ReadonlyMap<string, Flag>): Parsed {
  const letter = arg.charAt(1);
  const flag = byShorthand.get(letter);
  if (flag === undefined) {
    const meant = arg.length > 2 ? `\nDid you mean -${arg}?` : '';
    throw new UsageError(`unknown shorthand flag: '${letter}' in ${arg}${meant}`);
  }
  const rest = arg.slice(2);
  return { flag, given: rest === '' ? undefined : rest.replace(/^=/, '') };
}

function didYouMean(name: string, known: readonly string[]): string {
  const near = suggestion(name, known);
  return near === undefined ? '' : `\nDid you mean --${near}?`;
}

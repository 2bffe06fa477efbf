import { Command, CommanderError, Option } from 'commander';
import { accepted, supported } from './capabilities.ts';
import { allFlags, ownHelp, type Flag } from './flag-table.ts';
import { suggestion } from './suggestion.ts';

/** A command line that is wrong, or asks for help: what to print, and the code to end with. */
export class UsageError extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode: number) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** The flags' values, as texts; lists hold every value that was given. */
export interface Flags {
  /** The last value given, else the default. */
  text(name: string): string;
  /** Every value given, whole. */
  texts(name: string): readonly string[];
  /** Every element of every value given, between commas. */
  list(name: string): readonly string[];
  isSet(name: string): boolean;
}

const lists = new Set(['stringSlice', 'stringArray', 'int32Slice', 'namedCertKey', 'mapStringString', 'stringToString', 'colonSeparatedMultimapStringString']);
/** What Go prints for a list's default. */
const emptyDefaults = new Set(['[]', '<nil>', 'none', '']);

/** Parses a command line. Throws UsageError. */
export function parseFlags(args: readonly string[]): Flags {
  const values = new Map<string, string[]>();
  const command = newCommand((name, value) => void (values.get(name) ?? values.set(name, []).get(name))?.push(value));
  try {
    command.parse([...args], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) throw usageError(error, command);
    throw error;
  }
  const byName = new Map(allFlags.map((flag) => [flag.name, flag]));
  const flags: Flags = {
    text: (name) => values.get(name)?.at(-1) ?? plainDefault(byName.get(name)),
    texts: (name) => values.get(name) ?? [],
    list: (name) => values.get(name)?.flatMap((value) => value.split(',')).filter((value) => value !== '') ?? defaultList(byName.get(name)),
    isSet: (name) => values.has(name),
  };
  checkCapabilities(values, byName);
  return flags;
}

function newCommand(take: (name: string, value: string) => void): Command {
  const command = new Command('kube-apiserver')
    .description('A Kubernetes-compatible API server. Flags are kube-apiserver’s (v1.37), and a few of its own.')
    .exitOverride()
    .allowExcessArguments(false)
    .configureOutput({ writeErr: () => undefined, writeOut: () => undefined })
    .helpOption('-h, --help', 'shows this')
    .configureHelp({ helpWidth: 120 });
  for (const flag of allFlags) command.addOption(optionOf(flag, take));
  return command;
}

function optionOf(flag: Flag, take: (name: string, value: string) => void): Option {
  const shape = flag.noOptDefVal === undefined ? `--${flag.name} <${flag.type}>` : `--${flag.name} [${flag.type}]`;
  const fallback = emptyDefaults.has(flag.default) ? '' : `(default ${flag.default})`;
  const option = new Option(flag.name === 'v' ? '-v, --v <level>' : shape, [ownHelp[flag.name], fallback].filter(Boolean).join(' '))
    .helpGroup(`${flag.section} flags:`)
    .argParser((value) => take(flag.name, checked(flag, value)));
  option.preset(flag.noOptDefVal ?? 'true');
  return flag.hidden === true ? option.hideHelp() : option;
}

const shapes: Readonly<Record<string, RegExp>> = {
  bool: /^(1|t|T|true|TRUE|True|0|f|F|false|FALSE|False)$/,
  int: /^[+-]?\d+$/,
  int64: /^[+-]?\d+$/,
  uint: /^\d+$/,
  duration: /^[+-]?(0|(\d+\.?\d*(ns|us|µs|ms|s|m|h))+)$/,
  float32: /^[+-]?\d*\.?\d+$/,
  float64: /^[+-]?\d*\.?\d+$/,
  portRange: /^\d+(-\d+|\+\d+)?$/,
};

function checked({ name, type }: Flag, value: string): string {
  const shape = shapes[type];
  if (shape !== undefined && !shape.test(value)) {
    throw new UsageError(`invalid argument ${JSON.stringify(value)} for "--${name}" flag: it is no ${type}`, 1);
  }
  return value;
}

function usageError(error: CommanderError, command: Command): UsageError {
  if (error.code === 'commander.helpDisplayed' || error.code === 'commander.help') return new UsageError(command.helpInformation(), 0);
  const unknown = /unknown option '--?([^'=]+)/.exec(error.message)?.[1];
  if (unknown === undefined) return new UsageError(error.message.replace(/^error: /, ''), 1);
  const near = suggestion(unknown, allFlags.map(({ name }) => name));
  return new UsageError(`unknown flag: --${unknown}${near === undefined ? '' : `\nDid you mean --${near}?`}`, 1);
}

/** A flag that needs what is not there must not be taken for granted. */
function checkCapabilities(values: ReadonlyMap<string, readonly string[]>, byName: ReadonlyMap<string, Flag>): void {
  for (const [name, given] of values) {
    if (supported.has(name) || accepted.has(name)) continue;
    const flag = byName.get(name);
    const last = given.at(-1) ?? '';
    if (flag !== undefined && (last === flag.default || (last === '' && emptyDefaults.has(flag.default)))) continue;
    throw new UsageError(`--${name}=${last} needs a capability that Keelson does not have yet; leave the flag out, or at its default`, 1);
  }
}

const plainDefault = (flag: Flag | undefined): string => (flag === undefined || (lists.has(flag.type) && emptyDefaults.has(flag.default)) || flag.default === '<nil>' ? '' : flag.default);

function defaultList(flag: Flag | undefined): readonly string[] {
  if (flag === undefined || emptyDefaults.has(flag.default)) return [];
  return flag.default.replace(/^\[|\]$/g, '').split(',').filter((value) => value !== '');
}

/** A flag's value as a boolean: `1`, `t` and `true` in any case are. */
export const isTrue = (value: string): boolean => /^(1|t|true)$/i.test(value);

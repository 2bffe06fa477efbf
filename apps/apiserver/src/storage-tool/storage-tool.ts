import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { StorageError } from '@keelson/storage-backend';
import type { StoreReport } from '@keelson/storage-backend/embedded';
import {
  backUpStore,
  compactStore,
  restoreStore,
  verifyBackup,
  verifyStore,
} from '@keelson/storage-backend/embedded';
import { usage } from './usage.ts';

export interface Outcome {
  readonly exitCode: 0 | 1 | 2;
  readonly output: string;
  /** What went wrong. */
  readonly error?: string;
}

interface Request {
  /** The folder of the store, in the data folder. */
  readonly folder: string;
  readonly file: string | undefined;
  readonly bumpRevision: number;
}

class WrongUsage extends Error {}

const commands: Readonly<Record<string, (request: Request) => Promise<string>>> = {
  async verify({ folder, file }) {
    const report = file === undefined ? await verifyStore(folder) : await verifyBackup(file);
    const torn =
      report.tornBytes === 0
        ? ''
        : ` The last ${report.tornBytes} bytes are a write that was not finished: nobody was told that it was done.`;
    return `${file ?? folder} is whole: ${describe(report)}.${torn}`;
  },
  async backup({ folder, file }) {
    const report = await backUpStore(folder, named(file));
    return `${file} holds ${describe(report)}.`;
  },
  async restore({ folder, file, bumpRevision }) {
    const report = await restoreStore(named(file), folder, { bumpRevision });
    return `${folder} holds ${describe(report)}.`;
  },
  async compact({ folder, file }) {
    if (file !== undefined) throw new WrongUsage(`unexpected argument ${file}`);
    const { before, after } = await compactStore(folder);
    return `${folder} took ${before.fileBytes} bytes. It holds ${describe(after)}.`;
  },
};

/** Does what the arguments behind `storage` say. */
export async function storageTool(args: readonly string[]): Promise<Outcome> {
  try {
    const { command, help, ...request } = parse(args);
    if (help) return { exitCode: 0, output: usage };
    const run = commands[command ?? ''];
    if (!run) throw new WrongUsage(`${command ?? 'nothing'} is not a command`);
    return { exitCode: 0, output: `${await run(request)}\n` };
  } catch (error) {
    if (error instanceof StorageError) return failed(1, `${error.message} (${error.code})`);
    if (error instanceof WrongUsage)
      return failed(2, `${error.message}\nkeelson storage --help shows the commands.`);
    throw error;
  }
}

const options = {
  'data-dir': { type: 'string', default: './data' },
  'bump-revision': { type: 'string', default: '0' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

function parse(args: readonly string[]): Request & { command: string | undefined; help: boolean } {
  const { values, positionals } = parsed(args);
  const [command, file, ...more] = positionals;
  if (more.length > 0) throw new WrongUsage(`unexpected argument ${more[0]}`);
  const bumpRevision = Number(values['bump-revision']);
  if (!Number.isSafeInteger(bumpRevision) || bumpRevision < 0)
    throw new WrongUsage(`--bump-revision=${values['bump-revision']}: must be a whole number`);
  const folder = join(resolve(values['data-dir']), 'store');
  return { command, file, folder, bumpRevision, help: values.help || command === 'help' };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new WrongUsage(error instanceof Error ? error.message : String(error));
  }
}

function named(file: string | undefined): string {
  if (file === undefined) throw new WrongUsage('the name of the backup is missing');
  return file;
}

function describe({
  keys,
  revision,
  compactedRevision,
  valueBytes,
  fileBytes,
}: StoreReport): string {
  const history =
    compactedRevision === revision ? 'no history' : `history since revision ${compactedRevision}`;
  return `${keys} keys of ${valueBytes} bytes at revision ${revision}, ${history}, in ${fileBytes} bytes`;
}

function failed(exitCode: 1 | 2, message: string): Outcome {
  return { exitCode, output: '', error: `keelson storage: ${message}` };
}

// Makes a clone ready to run: installs the workspace's packages, brings pnpm itself, and builds. Needs Node 20 and npm, nothing else.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { root } from './workspace.mjs';

export const bin = join(root, 'node_modules', '.bin');
const stamp = join(root, 'node_modules', '.keelson-installed');

/** Where the home folder is missing or not ours to write, as in some CI: another one below node_modules, with the same settings of npm. */
function home() {
  const own = homedir();
  try {
    mkdirSync(own, { recursive: true });
    accessSync(own, constants.W_OK);
    return {};
  } catch {
    // Package managers keep what they fetch in it, and stop where they cannot.
    const HOME = join(root, 'node_modules', '.cache', 'home');
    mkdirSync(HOME, { recursive: true });
    const settings = process.env.npm_config_userconfig ?? join(own, '.npmrc');
    return { HOME, npm_config_cache: join(HOME, '.npm'), npm_config_userconfig: settings };
  }
}

// Production would leave out what builds and tests.
const { NODE_ENV: _, ...inherited } = process.env;

/** The environment in which the workspace's own programs come first: its Node, its pnpm, its turbo. */
export const environment = {
  ...inherited,
  ...home(),
  PATH: `${bin}${delimiter}${process.env.PATH ?? ''}`,
  TURBO_TELEMETRY_DISABLED: '1',
  DO_NOT_TRACK: '1',
};

/** Runs a program of the workspace to its end. Throws when it fails. `quiet` keeps its output back unless it fails. */
export function run(command, args, { quiet = false, cwd = root } = {}) {
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    cwd,
    env: environment,
    stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    shell: process.platform === 'win32',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status === 0) return;
  if (quiet) process.stderr.write(`${stdout ?? ''}${stderr ?? ''}`);
  throw new Error(
    `${[command, ...args].join(' ')} failed${error === undefined ? '' : `: ${error.message}`}`,
  );
}

/** Runs what may throw; says what is wrong, without a stack, and ends this process with 1 when it does. */
export function orEnd(action) {
  try {
    return action();
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}

/** Installs what the lockfile names, once per lockfile. */
export function install() {
  const lockfile = createHash('sha256')
    .update(readFileSync(join(root, 'pnpm-lock.yaml')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lockfile) return;
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  console.error(
    `Installing the workspace's packages with ${packageManager} (once; about half a minute) …`,
  );
  const command = ['npx', ['-y', packageManager, 'install', '--frozen-lockfile'], { quiet: true }];
  try {
    run(...command);
  } catch (error) {
    // A registry may have had a bad moment.
    console.error(`${error.message}; trying once more …`);
    run(...command);
  }
  writeFileSync(stamp, lockfile);
}

/** Compiles what changed. */
export function build() {
  if (!existsSync(join(root, 'apps/apiserver/dist'))) console.error('Building …');
  run(join(bin, 'tsc'), ['-b']);
  run(join(bin, 'node'), ['packages/kubernetes-api/scripts/descriptions.mjs'], { quiet: true });
}

/** Installs and builds; nearly nothing to do when both are done. Throws when either fails. */
export function setup() {
  install();
  build();
}

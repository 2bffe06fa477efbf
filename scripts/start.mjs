#!/usr/bin/env node
// npm start: sets up, builds, and runs the server on its embedded store in ./data. What stands behind -- is passed on as flags.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { bin, environment, orEnd, setup } from './setup.mjs';
import { root } from './workspace.mjs';

orEnd(setup);
const app = join(root, 'apps/apiserver');
// The program is a shell script; where there is no such shell, what it ends in is called directly.
const [command, ...first] =
  process.platform === 'win32'
    ? [join(bin, 'node.exe'), join(app, 'dist/main.js')]
    : [join(app, 'bin/kube-apiserver')];
const flags = ['--data-dir', join(root, 'data'), ...process.argv.slice(2)];
const server = spawn(command, [...first, ...flags], {
  cwd: root,
  env: environment,
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => server.kill(signal));
// npm tells its shell alone to end, which does not pass it on: when the shell is gone, nobody wants the server any more.
const shell = process.ppid;
const orphaned = () => process.ppid !== shell;
if (process.env.npm_lifecycle_event !== undefined)
  setInterval(() => void (orphaned() && server.kill('SIGTERM')), 300).unref();
server.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
server.on('error', (error) => {
  console.error(error.message);
  process.exit(1);
});

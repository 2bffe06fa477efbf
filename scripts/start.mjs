#!/usr/bin/env node
// npm start: sets up, builds, and runs the server on its embedded store in ./data. What stands behind -- is passed on as flags.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { environment, root, setup } from './setup.mjs';

setup();
const server = spawn(join(root, 'apps/apiserver/bin/kube-apiserver'), ['--data-dir', join(root, 'data'), ...process.argv.slice(2)], { cwd: root, env: environment, stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => server.kill(signal));
server.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
server.on('error', (error) => {
  console.error(error.message);
  process.exit(1);
});

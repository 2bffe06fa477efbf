import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { completeConfig, optionsOf, parseFlags, run } from '@keelson/apiserver';
import { KubeConfig } from '@kubernetes/client-node';

/** An API server in this process, empty and in memory, and how clients reach it. */
export interface TestServer extends AsyncDisposable {
  readonly config: KubeConfig;
}

/** Starts one on a free port; `await using` stops it. */
export async function startServer(): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), 'keelson-example-'));
  const flags = ['--storage-backend=memory', '--bind-address=127.0.0.1', '--secure-port=0'];
  const options = optionsOf(parseFlags([...flags, `--data-dir=${folder}`]));
  const server = await run(await completeConfig(options));
  const config = new KubeConfig();
  config.loadFromFile(join(folder, 'kubeconfig'));
  return {
    config,
    [Symbol.asyncDispose]: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

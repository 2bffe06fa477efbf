import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { EtcdServer, Random } from '@keelson/storage-backend/testing';
import type { KubeClient } from './kube-client.ts';
import type { ServerProcess } from './server-process.ts';

/** Something that goes wrong, and is over when `inject` resolves. */
export interface Fault {
  readonly name: string;
  inject(clients: readonly KubeClient[]): Promise<void>;
}

/** Breaks all connections of all clients. */
export const cut: Fault = {
  name: 'cut',
  async inject(clients) {
    for (const client of clients) client.cutConnections();
  },
};

export function killServer(servers: readonly ServerProcess[], random: Random): Fault {
  return {
    name: 'server',
    async inject() {
      const server = random.pick(servers);
      await server.kill();
      await server.boot();
    },
  };
}

export function killEtcd(etcd: EtcdServer): Fault {
  return {
    name: 'etcd',
    async inject() {
      await etcd.end();
      await etcd.boot();
    },
  };
}

/** How far the clock is moved, at most, to either side. */
const mostSkewSeconds = 1800;

/** Moves the servers' clocks, which read a file that says how far: see skewed-clock.ts. */
export function moveClock(file: string, random: Random): Fault {
  return {
    name: 'clock',
    async inject() {
      await writeFile(file, String((random.below(2 * mostSkewSeconds) - mostSkewSeconds) * 1000));
    },
  };
}

/** Runs a command of the user's own, which makes something go wrong and good again. */
export function runCommand(command: string): Fault {
  return {
    name: 'command',
    async inject() {
      const child = spawn(command, { shell: true, stdio: ['ignore', 'inherit', 'inherit'] });
      const code = await new Promise((resolve) => child.once('exit', resolve));
      if (code !== 0) throw new Error(`${command} ended with ${String(code)}`);
      await pause(0);
    },
  };
}

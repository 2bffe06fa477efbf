import { rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';

/** What the names of sockets may take, with some room. */
const longestName = 100;

function socketIn(folder: string): string | undefined {
  const path = join(folder, 'lock.socket');
  return process.platform === 'win32' || path.length > longestName ? undefined : path;
}

/**
 * Listens on a socket in a folder that this process has the lock of. It says nothing; that somebody listens is all, and it
 * ends with the process however that ends. `undefined` where there can be none.
 */
export async function listenIn(folder: string): Promise<AsyncDisposable | undefined> {
  const path = socketIn(folder);
  if (path === undefined) return undefined;
  await rm(path, { force: true });
  const server = createServer((connection) => connection.destroy());
  const listening = await new Promise<boolean>((resolve) => {
    // A file system without sockets: who cannot look up the holder then takes it for gone.
    server.once('error', () => resolve(false));
    server.listen(path, () => resolve(true));
  });
  if (!listening) return undefined;
  server.unref();
  return {
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Whether a process that has not ended listens in a folder. */
export async function isListenedTo(folder: string): Promise<boolean> {
  const path = socketIn(folder);
  if (path === undefined) return false;
  return await new Promise((resolve) => {
    const connection = connect(path);
    connection.once('connect', () => resolve(true)).once('error', () => resolve(false));
    connection.once('close', () => connection.destroy());
  });
}

// Loaded into a server (NODE_OPTIONS=--import=…) whose clock is to be moved: KEELSON_CLOCK_FILE names a file that says by how many milliseconds.
import { readFileSync, watchFile } from 'node:fs';

const file = process.env['KEELSON_CLOCK_FILE'];
const now = Date.now.bind(Date);
let skew = 0;

function read(): void {
  try {
    skew = Number(readFileSync(file!, 'utf8'));
  } catch {
    // It is not there before the clock is moved for the first time.
  }
}

if (file !== undefined) {
  read();
  watchFile(file, { interval: 100, persistent: false }, read);
  const Original = Date;
  globalThis.Date = new Proxy(Original, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [now() + skew] : args, newTarget) as object,
    get: (target, property, receiver) =>
      property === 'now'
        ? () => now() + skew
        : (Reflect.get(target, property, receiver) as unknown),
  });
}

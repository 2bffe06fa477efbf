#!/usr/bin/env node
// Measures engines for the embedded store at what it does: durable commits, a start that reads everything, space, damage, a full disk.
// Usage: node scripts/engines.mjs [--rounds N] [--small-disk FOLDER]   (a folder on a file system of 16 MiB: a tmpfs, a loop file)
// Prints the table of docs/adr/0005-embedded-store.md.
import { mkdtemp, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { openEmbeddedBackend } from '@keelson/storage-backend/embedded';
import { ClassicLevel } from 'classic-level';
import { open as openLmdb } from 'lmdb';

const { values: options } = parseArgs({
  options: { rounds: { type: 'string', default: '3' }, 'small-disk': { type: 'string' } },
});
const objects = 10_000;
const writers = 64;
const serialWrites = 500;

const keyOf = (index) => `/registry/pods/shop/pod-${String(index).padStart(6, '0')}`;

/** 1 to 2 kB that do not compress to nothing. */
function valueOf(index, seed = 1) {
  const bytes = Buffer.alloc(1024 + ((index * 37) % 1024));
  let state = ((index + 1) * 7919 * seed) >>> 0;
  for (let at = 0; at < bytes.length; at++) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    bytes[at] = 32 + ((state >>> 16) % 64);
  }
  return bytes;
}

/** Gathers writes while one batch is on its way, as the embedded store does; `commit` gets them all. */
function grouped(commit) {
  let waiting = [];
  let running = false;
  const run = async () => {
    running = true;
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        await commit(batch.map(({ operation }) => operation));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    running = false;
  };
  return (operation) =>
    new Promise((resolve, reject) => {
      waiting.push({ operation, resolve, reject });
      if (!running) void run();
    });
}

const historyKey = (revision) => `!${String(revision).padStart(12, '0')}`;

/** Each opens a folder and gives put and remove (durable when they resolve), all (a Map), compact, close. */
const engines = {
  async own(folder) {
    const store = await openEmbeddedBackend(folder);
    const write = (operation) => store.transact({ compare: [], then: [operation] });
    return {
      put: (key, value) => write({ type: 'put', key, value }),
      remove: (key) => write({ type: 'delete', key }),
      all: async () => {
        const { entries } = await store.list('/');
        return new Map(entries.map(({ key, value }) => [key, value]));
      },
      compact: async () => await store.compact(await store.revision()),
      close: async () => await store[Symbol.asyncDispose](),
    };
  },
  async lmdb(folder) {
    const db = openLmdb({
      path: join(folder, 'data.mdb'),
      encoding: 'binary',
      compression: false,
      overlappingSync: false,
    });
    let revision = 0;
    // A live value, and an entry of history that says when it was written.
    const write = grouped((operations) =>
      db.batch(() => {
        for (const { key, value } of operations) {
          if (value === undefined) void db.remove(key);
          else void db.put(key, value);
          void db.put(historyKey(++revision), Buffer.from(key));
        }
      }),
    );
    return {
      put: (key, value) => write({ key, value }),
      remove: (key) => write({ key }),
      all: async () =>
        new Map(Array.from(db.getRange({ start: '/' }), ({ key, value }) => [key, value])),
      compact: async () => {
        await db.batch(() => {
          for (const key of db.getKeys({ start: '!', end: '"' })) void db.remove(key);
        });
      },
      close: async () => await db.close(),
    };
  },
  async 'classic-level'(folder) {
    const db = new ClassicLevel(folder, { valueEncoding: 'buffer' });
    await db.open();
    let revision = 0;
    const write = grouped((operations) =>
      db.batch(
        operations.flatMap(({ key, value }) => [
          value === undefined ? { type: 'del', key } : { type: 'put', key, value },
          { type: 'put', key: historyKey(++revision), value: Buffer.from(key) },
        ]),
        { sync: true },
      ),
    );
    return {
      put: (key, value) => write({ key, value }),
      remove: (key) => write({ key }),
      all: async () => new Map(await db.iterator({ gte: '/' }).all()),
      compact: async () => {
        await db.clear({ lt: '/' });
        await db.compactRange('!', '~');
      },
      close: async () => await db.close(),
    };
  },
};

async function sizeOf(folder) {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = files
    .filter((file) => file.isFile())
    .map(async (file) => (await stat(join(file.parentPath, file.name))).blocks * 512);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** `count` calls of `action`, by so many at a time. */
async function byWriters(count, action) {
  let next = 0;
  const work = async () => {
    for (let index = next++; index < count; index = next++) await action(index);
  };
  await Promise.all(Array.from({ length: writers }, work));
}

async function timed(action) {
  const start = performance.now();
  await action();
  return performance.now() - start;
}

const folderIn = (place) => mkdtemp(join(place, 'keelson-engines-'));

/** Rates, stalls, a start and space, in a new folder. */
async function measure(engine) {
  const folder = await folderIn(tmpdir());
  const values = Array.from({ length: objects }, (_, index) => valueOf(index));
  const store = await engine(folder);
  const stalls = monitorEventLoopDelay({ resolution: 1 });
  stalls.enable();
  const group = await timed(() =>
    byWriters(objects, (index) => store.put(keyOf(index), values[index])),
  );
  stalls.disable();
  const serial = await timed(async () => {
    for (let index = 0; index < serialWrites; index++)
      await store.put(keyOf(index), values[index + 1]);
  });
  await byWriters(objects, (index) => store.put(keyOf(index), values[objects - 1 - index]));
  const full = await sizeOf(folder);
  await store.compact();
  const compacted = await sizeOf(folder);
  await store.close();
  let reopened;
  const start = await timed(async () => {
    reopened = await engine(folder);
    if ((await reopened.all()).size !== objects) throw new Error('not all is there');
  });
  await byWriters(objects - 100, (index) => reopened.remove(keyOf(index)));
  await reopened.compact();
  const emptied = await sizeOf(folder);
  await reopened.close();
  await rm(folder, { recursive: true });
  return {
    'writes/s, 64 writers': (objects / group) * 1000,
    'writes/s, one by one': (serialWrites / serial) * 1000,
    'longest stall of the event loop, ms': stalls.max / 1e6,
    'start with 10,000 objects, ms': start,
    'MB on disk, all written twice': full / 1e6,
    'MB after compaction': compacted / 1e6,
    'MB when 100 objects are left': emptied / 1e6,
  };
}

/** Turns over one bit of a value wherever it lies in a file: engines that copy on write may have it more than once. */
async function turnBit(folder, value) {
  const part = value.subarray(100, 164);
  let turned = 0;
  for (const file of await readdir(folder, { withFileTypes: true })) {
    if (!file.isFile()) continue;
    const path = join(folder, file.name);
    const bytes = await readFile(path);
    for (let at = bytes.indexOf(part); at >= 0; at = bytes.indexOf(part, at + 1), turned++)
      bytes[at + 20] ^= 1;
    await writeFile(path, bytes);
  }
  if (turned === 0) throw new Error('the value is not on disk');
}

/** What becomes of a bit that turned over on the disk. */
async function damaged(engine) {
  const folder = await folderIn(tmpdir());
  const count = 2000;
  const store = await engine(folder);
  await byWriters(count, (index) => store.put(keyOf(index), valueOf(index)));
  await store.close();
  await turnBit(folder, valueOf(count / 2));
  let outcome;
  try {
    const again = await engine(folder);
    const all = await again.all();
    const wrong = Array.from({ length: count }, (_, index) => {
      const value = all.get(keyOf(index));
      return value !== undefined && !valueOf(index).equals(value);
    }).filter(Boolean).length;
    outcome = `${wrong} wrong values served, ${count - all.size} lost, nothing said`;
    await again.close();
  } catch (error) {
    outcome = `refused: ${error.code ?? error.message}`;
  }
  await rm(folder, { recursive: true });
  return outcome;
}

/** What a promise comes to, or a refusal when it comes to nothing. */
const answered = (promise) =>
  Promise.race([
    promise,
    new Promise((_, reject) => setTimeout(reject, 5000, new Error('no answer')).unref()),
  ]);

/** Writes until the disk is full, makes room, goes on; then opens again and looks for what was acknowledged. */
async function fullDisk(engine, disk) {
  const folder = await folderIn(disk);
  const filler = join(disk, 'filler');
  const file = await open(filler, 'w');
  await file.write(Buffer.alloc(6 << 20, 1));
  await file.close();
  const store = await engine(folder);
  const acknowledged = [];
  let refusal;
  let strays = 0;
  const countStray = () => void strays++;
  process.on('unhandledRejection', countStray);
  for (let index = 0; index < 20_000 && refusal === undefined; index++) {
    try {
      await answered(store.put(keyOf(index), valueOf(index)));
      acknowledged.push(index);
    } catch (error) {
      refusal = error;
    }
  }
  await rm(filler);
  const goesOn = await answered(store.put('/registry/after', Buffer.from('x'))).then(
    () => 'goes on when there is room',
    () => 'stays closed when there is room',
  );
  await answered(store.close()).catch(() => undefined);
  process.off('unhandledRejection', countStray);
  const again = await engine(folder);
  const all = await again.all();
  const kept = acknowledged.filter((index) => valueOf(index).equals(all.get(keyOf(index)) ?? ''));
  await again.close();
  await rm(folder, { recursive: true });
  const said = refusal === undefined ? 'nothing' : (refusal.code ?? refusal.message);
  const beside = strays === 0 ? '' : `, and rejects ${strays} promises that nobody holds`;
  return `says ${said}${beside}; ${kept.length} of ${acknowledged.length} acknowledged are there; ${goesOn}`;
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const shown = (number) => (number >= 100 ? number.toFixed(0) : number.toFixed(1));

async function inTurn(measureOf) {
  const cells = [];
  for (const engine of Object.values(engines)) cells.push(await measureOf(engine));
  return cells;
}

const rounds = [];
for (let round = 0; round < Number(options.rounds); round++) rounds.push(await inTurn(measure));
const table = Object.keys(rounds[0][0]).map((figure) => [
  figure,
  ...Object.keys(engines).map((_, at) => shown(median(rounds.map((round) => round[at][figure])))),
]);
table.push(['a bit that turned over', ...(await inTurn(damaged))]);
const disk = options['small-disk'];
if (disk !== undefined)
  table.push(['a full disk', ...(await inTurn((engine) => fullDisk(engine, disk)))]);
console.log(
  `| | ${Object.keys(engines).join(' | ')} |\n|---|${'---|'.repeat(table[0].length - 1)}`,
);
for (const cells of table) console.log(`| ${cells.join(' | ')} |`);

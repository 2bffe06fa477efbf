// Asks both servers the same, and says what differs: for what lab/diff does not look into.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';

const lab = '../shared/lab';

/**
 * `record` takes the folder of a running server and gives the answers, each with its name, in the same order for both. `given`: folders of lab/up;
 * without any, both servers are started, and stopped at the end. Differences where `isCompared` says no of kube-apiserver's answer do not count.
 */
export async function compareSideBySide({
  name,
  given,
  record,
  flags = [],
  isCompared = () => true,
}) {
  const own = given.length === 0;
  const dirs = own ? started(name, flags) : given;
  try {
    const theirs = await record(dirs[0]);
    const ours = await record(dirs[1]);
    report(theirs, ours, isCompared);
  } finally {
    if (own) dirs.forEach(stop);
  }
}

function started(name, flags) {
  return ['reference', 'ours'].map((kind) => {
    const dir = mkdtempSync(join(tmpdir(), `${name}-${kind}-`));
    execFileSync(`${lab}/up`, [kind, dir, ...flags], { stdio: 'ignore' });
    return dir;
  });
}

function stop(dir) {
  execFileSync(`${lab}/down`, [dir]);
  rmSync(dir, { recursive: true, force: true });
}

function report(theirs, ours, isCompared) {
  let agreeing = 0;
  for (const [index, [name, answer]] of theirs.entries()) {
    const own = ours[index]?.[1];
    if (isDeepStrictEqual(answer, own) || !isCompared(answer)) agreeing++;
    else console.log(`✗ ${name}\n    ${JSON.stringify(answer)}\n    ${JSON.stringify(own)}`);
  }
  console.log(`${agreeing} of ${theirs.length} responses agree`);
  process.exitCode = agreeing === theirs.length ? 0 : 1;
}

import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export type Encoding = 'json' | 'yaml' | 'protobuf' | 'cbor';

/** A document that Kubernetes' own serializers are to read as one encoding and to write as another. */
export interface Question {
  readonly from: Encoding;
  readonly to: Encoding;
  readonly document: Uint8Array;
}

let program: string | undefined;

/** Builds the oracle from the modules that the lab was built from. */
function built(): string {
  if (program !== undefined) return program;
  const labHome =
    process.env['LAB_HOME'] ??
    join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'kube-lab');
  program = join(mkdtempSync(join(tmpdir(), 'oracle-')), 'oracle');
  const source = fileURLToPath(new URL('../../lab/cbor-oracle/main.go', import.meta.url));
  execFileSync('go', ['build', '-o', program, source], { cwd: join(labHome, 'src/kubernetes') });
  return program;
}

/** What they make of each. A text that begins with `!` says why it is nothing. */
export function ask(questions: readonly Question[]): readonly (Uint8Array | string)[] {
  const lines = questions.map(
    ({ from, to, document }) => `${from} ${to} ${Buffer.from(document).toString('base64')}\n`,
  );
  const output = execFileSync(built(), {
    input: lines.join(''),
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  return output
    .trimEnd()
    .split('\n')
    .map((line) => (line.startsWith('!') ? line : Buffer.from(line, 'base64')));
}

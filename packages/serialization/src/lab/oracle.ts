import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { GroupVersionKind } from '@keelson/api-machinery';

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
export const ask = (questions: readonly Question[]): readonly (Uint8Array | string)[] =>
  answersTo(questions.map(({ from, to, document }) => `${from} ${to} ${base64Of(document)}`)).map(
    (line) => (line.startsWith('!') ? line : Buffer.from(line, 'base64')),
  );

const base64Of = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

function answersTo(lines: readonly string[]): readonly string[] {
  const output = execFileSync(built(), {
    input: lines.map((line) => `${line}\n`).join(''),
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  return output.trimEnd().split('\n');
}

/** CBOR that is to be read strictly: an object that should be of a kind, or any value. */
export interface CborQuestion {
  readonly document: Uint8Array;
  readonly kind?: GroupVersionKind;
}

/** What it is as JSON, and what was unknown; or why it is nothing. */
export type CborAnswer =
  | { readonly json: string; readonly unknown?: string }
  | { readonly refused: string };

/** What Kubernetes' own serializer makes of each. */
export const askCbor = (questions: readonly CborQuestion[]): readonly CborAnswer[] =>
  answersTo(
    questions.map(({ document, kind }) =>
      kind === undefined
        ? `value json ${base64Of(document)}`
        : `strict json ${base64Of(document)} ${kind.group}/${kind.version}/${kind.kind}`,
    ),
  ).map(cborAnswer);

const strictError = /^strict decoding error: /;

function cborAnswer(line: string): CborAnswer {
  if (line.startsWith('! ')) return { refused: line.slice(2) };
  const at = line.startsWith('?') ? line.lastIndexOf('?') : -1;
  const json = Buffer.from(line.slice(at + 1), 'base64')
    .toString()
    .trimEnd();
  return at < 0 ? { json } : { json, unknown: line.slice(1, at).replace(strictError, '') };
}

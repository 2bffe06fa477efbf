import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A line of `cbor/cases.txt`. */
export interface CborCase {
  readonly subject: string;
  readonly name: string;
  /** The type of the object that it should be; undefined for any value. */
  readonly type: string | undefined;
  readonly document: Uint8Array;
  /** What Kubernetes makes of it, as the table writes it. */
  readonly outcome: string;
}

/** All of them. The table stands beside the code. */
export function cborCases(): readonly CborCase[] {
  const file = fileURLToPath(new URL('../../src/cbor/cases.txt', import.meta.url));
  const cases: CborCase[] = [];
  let subject = '';
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (line.startsWith('# ')) subject = line.slice(2);
    else if (subject !== '' && line !== '') cases.push(caseOf(subject, line));
  }
  return cases;
}

function caseOf(subject: string, line: string): CborCase {
  const [, name = '', type = '', bytes = '', outcome = ''] =
    /^(.+?) \| (\S+) \| (.+?) \| (.+)$/.exec(line) ?? [];
  return {
    subject,
    name,
    type: type === '-' ? undefined : type,
    document: bytes === '-' ? new Uint8Array() : Buffer.concat(bytes.split(' ').map(bytesOf)),
    outcome,
  };
}

function bytesOf(token: string): Uint8Array {
  if (!token.startsWith("'") && !token.startsWith('"')) return Buffer.from(token, 'hex');
  const text = Buffer.from(token.slice(1));
  const major = token.startsWith("'") ? 0x40 : 0x60;
  const head = text.length < 24 ? [major | text.length] : [major | 24, text.length];
  return Buffer.concat([Buffer.from(head), text]);
}

/** An outcome as the table writes it. */
export function outcomeText(
  outcome: { readonly json: string; readonly unknown?: string } | { readonly refused: string },
): string {
  if ('refused' in outcome) return `! ${outcome.refused}`;
  return outcome.unknown === undefined ? outcome.json : `? ${outcome.unknown} ? ${outcome.json}`;
}

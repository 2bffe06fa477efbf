import { StatusError } from '@keelson/api-machinery';
import type { Revision, StorageBackend } from '@keelson/storage-backend';

const largest = 2n ** 64n - 1n;

/** A resourceVersion as a client sends it: a revision, or what is wrong with it in Go's words. Absent and `0` are 0. */
export type ParsedResourceVersion = { readonly revision: Revision } | { readonly problem: string };

// Behaviour: k8s.io/apiserver storage APIObjectVersioner.ParseResourceVersion. Revisions above 2^53 lose digits, which only
// says "in the far future" less exactly.
export function parseResourceVersion(text: string | undefined): ParsedResourceVersion {
  if (text === undefined || text === '' || text === '0') return { revision: 0 };
  if (!/^[0-9]+$/.test(text)) return { problem: problemOf(text, 'invalid syntax') };
  if (text.length > 15 && BigInt(text) > largest)
    return { problem: problemOf(text, 'value out of range') };
  return { revision: Number(text) };
}

function problemOf(text: string, why: string): string {
  const quoted = JSON.stringify(text);
  return `resourceVersion: Invalid value: ${quoted}: strconv.ParseUint: parsing ${quoted}: ${why}`;
}

/** The revision of a get or a watch; throws the plain 500 that kube-apiserver gives for one that is no number. */
export function requireRevision(text: string | undefined): Revision {
  const parsed = parseResourceVersion(text);
  if ('problem' in parsed)
    throw new StatusError({ code: 500, reason: '', message: parsed.problem });
  return parsed.revision;
}

/** 504 for a revision that has not happened yet. Without `retryAfterSeconds` the answer came from the backend. */
export function tooLargeResourceVersionError(
  wanted: Revision,
  current: Revision,
  retryAfterSeconds = 0,
): StatusError {
  return new StatusError({
    code: 504,
    reason: 'Timeout',
    message: `Timeout: Too large resource version: ${wanted}, current: ${current}`,
    details: {
      causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
      ...(retryAfterSeconds === 0 ? {} : { retryAfterSeconds }),
    },
  });
}

/** Throws it for a revision that the backend has not reached. */
export async function checkReached(
  backend: StorageBackend,
  wanted: Revision,
  retryAfterSeconds = 0,
): Promise<void> {
  const current = wanted === 0 ? 0 : await backend.revision();
  if (wanted > current) throw tooLargeResourceVersionError(wanted, current, retryAfterSeconds);
}

/** Whether an error is the one above. */
export function isTooLargeResourceVersion(error: unknown): boolean {
  return (
    error instanceof StatusError &&
    error.reason === 'Timeout' &&
    error.details?.causes?.some((cause) => cause.reason === 'ResourceVersionTooLarge') === true
  );
}

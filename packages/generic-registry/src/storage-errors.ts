import { internalServerError, StatusError, timeoutError } from '@keelson/api-machinery';
import type { ObjectStorage } from '@keelson/storage';
import { StorageError, type StorageErrorCode } from '@keelson/storage-backend';

const codes: Readonly<Partial<Record<StorageErrorCode, Pick<StatusError, 'code' | 'reason'>>>> = {
  unavailable: { code: 503, reason: 'ServiceUnavailable' },
  'too-large': { code: 413, reason: 'RequestEntityTooLarge' },
};

// Upstream's words: clients show them.
const outOfTime = 'request did not complete within requested timeout - context deadline exceeded';

/** The StorageError of a stored value that cannot be read, when that is what an error came from. */
export function corruptCause(error: unknown): StorageError | undefined {
  const cause = error instanceof StatusError ? error.cause : error;
  return cause instanceof StorageError && cause.code === 'corrupt' ? cause : undefined;
}

/** What is said of a list that has something in it that cannot be read. Behaviour: k8s.io/apimachinery NewStorageReadError. */
export function storageReadError(plural: string, { key = '', message }: StorageError): StatusError {
  const text = `StorageError: corrupt object, Code: 7, Key: ${key}, ResourceVersion: 0, AdditionalErrorMsg: ${message}`;
  return new StatusError({
    code: 500,
    reason: 'StorageReadError',
    message: `failed to read one or more ${plural} from the storage: ${text}`,
    details: {
      name: 'list',
      kind: plural,
      causes: [{ reason: 'UnexpectedServerResponse', message: text, field: key }],
    },
  });
}

/** The one place where storage's errors become the client's. Anything else passes unchanged. */
export function toStatusError(error: unknown): unknown {
  if (!(error instanceof StorageError)) return error;
  if (error.code === 'timeout') return timeoutError(outOfTime, error);
  const known = codes[error.code];
  if (known === undefined) return internalServerError(error);
  return new StatusError({ ...known, message: error.message, cause: error });
}

async function translated<R>(run: () => Promise<R>): Promise<R> {
  try {
    return await run();
  } catch (error) {
    throw toStatusError(error);
  }
}

/** The same storage, throwing StatusErrors only. */
export function withStatusErrors<T>(storage: ObjectStorage<T>): ObjectStorage<T> {
  return {
    ready: () => translated(() => storage.ready()),
    get: (key, resourceVersion) => translated(() => storage.get(key, resourceVersion)),
    peek: (key) => storage.peek(key),
    list: (prefix, query) => translated(() => storage.list(prefix, query)),
    put: (key, value, expected, options) =>
      translated(() => storage.put(key, value, expected, options)),
    remove: (key, expected, options) => translated(() => storage.remove(key, expected, options)),
    discard: (key) => translated(() => storage.discard(key)),
    watch: (prefix, query, sink) => translated(() => storage.watch(prefix, query, sink)),
    count: (prefix) => translated(() => storage.count(prefix)),
    [Symbol.asyncDispose]: () => storage[Symbol.asyncDispose](),
  };
}

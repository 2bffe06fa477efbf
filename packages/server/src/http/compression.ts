import { constants, createGzip, gzip } from 'node:zlib';
import { promisify } from 'node:util';

// Behaviour: endpoints/handlers/responsewriters SerializeObject, v1.37.

/** What is not longer is not worth the time. */
export const gzipThreshold = 128 * 1024;

const options = { level: constants.Z_BEST_SPEED };
const gzipAsync = promisify(gzip);

/** Compresses off the event loop. */
export function compress(body: Uint8Array): Promise<Uint8Array> {
  return gzipAsync(body, options);
}

/** A stream that compresses off the event loop. */
export const createCompressor = () => createGzip(options);

/** Whether the client takes gzip. */
export function acceptsGzip(header: string | undefined): boolean {
  return header?.split(',').some((part) => part.trim() === 'gzip') ?? false;
}

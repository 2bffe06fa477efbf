import { gzip } from 'node:zlib';
import { promisify } from 'node:util';

/** Compresses off the event loop. */
export const gzipped: (bytes: Uint8Array) => Promise<Uint8Array> = promisify(gzip);

/** Whether an Accept-Encoding names gzip, and does not refuse it. Behaviour: the gziphandler of k8s.io/kube-openapi. */
export const takesGzip = (header = ''): boolean =>
  header.split(',').some((part) => {
    const [coding = '', ...parameters] = part.split(';').map((text) => text.trim());
    const quality = parameters.find((text) => text.startsWith('q='))?.slice(2);
    return coding.toLowerCase() === 'gzip' && Number(quality ?? 1) > 0;
  });

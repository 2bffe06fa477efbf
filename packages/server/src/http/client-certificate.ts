import type { IncomingMessage } from 'node:http';
import type { ClientCertificate } from '@keelson/authentication';
import { sessionOf, tlsSocketOf } from './connection.ts';

/** Reading a certificate costs more than all the rest of a short request, and it is the same for the connection's life. */
const known = new WeakMap<object, ClientCertificate | undefined>();

/** The certificate that a client has shown; whether to believe it is up to the authenticator. */
export function clientCertificateOf(request: IncomingMessage): ClientCertificate | undefined {
  const connection = sessionOf(request) ?? request.socket;
  if (!known.has(connection)) known.set(connection, read(request));
  return known.get(connection);
}

function read(request: IncomingMessage): ClientCertificate | undefined {
  const socket = tlsSocketOf(request);
  const certificate = socket.getPeerCertificate?.();
  // Node gives an empty object when there is none.
  if (certificate?.raw === undefined) return undefined;
  const { subject, fingerprint256 } = certificate;
  return {
    subject,
    fingerprint: fingerprint256.replaceAll(':', '').toLowerCase(),
    trusted: socket.authorized,
    notBefore: Date.parse(certificate.valid_from),
    notAfter: Date.parse(certificate.valid_to),
  };
}

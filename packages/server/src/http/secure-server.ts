import { createSecureServer, type Http2SecureServer, type SecureServerOptions } from 'node:http2';
import type { RequestListener } from 'node:http';
import type { ServerOptions } from '../server-options.ts';

// Behaviour: k8s.io/apiserver server/secure_serving.go, v1.37.
const maxHeaderBytes = 1024 * 1024;
/** How long a client may take for its TLS handshake, or for the headers of a request. */
const headersTimeout = 32_000;
export const idleTimeout = 90_000;
const tcpKeepAlive = 3 * 60_000;
const defaultMaxStreams = 100;
/** Enough for most bodies in one frame. */
const streamWindow = 256 * 1024;
/** What a connection may make the server hold before its new streams are refused, in MiB: some large answers to a slow client. */
const maxSessionMemory = 64;
/** What a client that knows its limits never needs: streams beyond what it was told, frames that are none, settings to fill memory with. */
const abuse = {
  maxSessionRejectedStreams: 100,
  maxSessionInvalidFrames: 100,
  maxSettings: 32,
  streamResetBurst: 1000,
  streamResetRate: 200,
};

/** TLS 1.2 and newer, HTTP/2 and HTTP/1.1 on one port. Client certificates are asked for, and judged by the authenticator. */
export function createTlsServer(
  { tls, maxStreamsPerConnection, requestTimeoutSeconds }: ServerOptions,
  listener: RequestListener,
): Http2SecureServer {
  const options: SecureServerOptions & {
    http1Options?: object;
    keepAlive: boolean;
    keepAliveInitialDelay: number;
  } = {
    allowHTTP1: true,
    cert: tls.cert,
    key: tls.key,
    ...(tls.clientCA === undefined
      ? {}
      : { ca: tls.clientCA, requestCert: true, rejectUnauthorized: false }),
    minVersion: tls.minVersion ?? 'TLSv1.2',
    handshakeTimeout: headersTimeout,
    keepAlive: true,
    keepAliveInitialDelay: tcpKeepAlive,
    settings: {
      maxConcurrentStreams: maxStreamsPerConnection ?? defaultMaxStreams,
      maxHeaderListSize: maxHeaderBytes,
      initialWindowSize: streamWindow,
    },
    maxSessionMemory,
    ...abuse,
    ...http1Limits(requestTimeoutSeconds),
  };
  const server = createSecureServer(
    options,
    listener as unknown as Parameters<typeof createSecureServer>[1],
  );
  for (const { names, cert, key } of tls.byServerName ?? []) {
    for (const name of names)
      server.addContext(name, {
        cert,
        key,
        ca: tls.clientCA,
        minVersion: tls.minVersion ?? 'TLSv1.2',
      });
  }
  return server;
}

/** What Node passes on to HTTP/1.1. A body must be there soon after the time of its request is up, or its connection ends. */
const http1Limits = (requestTimeoutSeconds: number) => ({
  maxHeaderSize: maxHeaderBytes,
  headersTimeout,
  requestTimeout: Math.max(headersTimeout, (requestTimeoutSeconds + 5) * 1000),
  keepAliveTimeout: idleTimeout,
  connectionsCheckingInterval: 5_000,
});

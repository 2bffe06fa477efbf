import { isIP } from 'node:net';
import { checkServerIdentity } from 'node:tls';
import type { PeerCertificate } from 'node:tls';
import { credentials } from '@grpc/grpc-js';
import type { ChannelCredentials, ChannelOptions } from '@grpc/grpc-js';

/** PEM: who is trusted to be etcd (those that the system trusts, when absent), and who this client is. */
export interface Credentials {
  readonly ca?: Buffer;
  readonly cert?: Buffer;
  readonly key?: Buffer;
}

/** What a channel to a member is made of. */
export interface Channel {
  readonly target: string;
  readonly credentials: ChannelCredentials;
  readonly options: ChannelOptions;
}

const pattern =
  /^(?:(?<scheme>https?):\/\/)?(?<address>(?<host>\[[\da-f:]+\]|[^:/]+)(?::\d+)?)\/?$/;

/** Reads an endpoint as etcd's clients do. Throws TypeError when it is none. */
export function channelTo(endpoint: string, own: Credentials): Channel {
  const { socket, path } = /^(?<socket>unixs?):(?:\/\/)?(?<path>.+)$/.exec(endpoint)?.groups ?? {};
  if (path !== undefined) {
    const target = `unix:${path}`;
    return socket === 'unix' ? plain(target) : secure(target, 'localhost', own);
  }
  const { scheme = 'http', address, host = '' } = pattern.exec(endpoint)?.groups ?? {};
  if (address === undefined) throw new TypeError(`Not an endpoint of etcd: ${endpoint}`);
  const target = `dns:${address}`;
  return scheme === 'http' ? plain(target) : secure(target, host.replaceAll(/[[\]]/g, ''), own);
}

function plain(target: string): Channel {
  return { target, credentials: credentials.createInsecure(), options: {} };
}

function secure(target: string, name: string, { ca, cert, key }: Credentials): Channel {
  const own = credentials.createSsl(ca ?? null, key ?? null, cert ?? null, {
    checkServerIdentity: (_asked: string, certificate: PeerCertificate) =>
      checkServerIdentity(name, certificate),
  });
  // The library asks in the handshake for what it connects to. For an address Node refuses that: it gets some name.
  const options = isIP(name) === 0 ? {} : { 'grpc.ssl_target_name_override': 'etcd' };
  return { target, credentials: own, options };
}

import { posix } from 'node:path';
import { parseDuration } from '@keelson/server';
import { disabledPlugins } from './admission-plugins.ts';
import { enabledFeatures } from './flags/feature-gates.ts';
import { isTrue } from './flags/flag-values.ts';
import type { Flags } from './flags/parse-flags.ts';
import { UsageError } from './flags/usage-error.ts';

export type StorageKind = 'embedded' | 'memory' | 'etcd3';

/** What the flags ask for, as values. */
export interface Options {
  readonly storage: {
    readonly kind: StorageKind;
    readonly dataDir: string;
    readonly prefix: string;
    /** Undefined when there is none. */
    readonly quotaBytes: number | undefined;
  };
  readonly etcd: {
    readonly servers: readonly string[];
    readonly caFile: string;
    readonly certFile: string;
    readonly keyFile: string;
    readonly healthCheckTimeoutMs: number;
    readonly readyCheckTimeoutMs: number;
  };
  readonly compactionIntervalMs: number;
  readonly serving: {
    readonly bindAddress: string;
    readonly port: number;
    /** Whether the port was asked for: another one is taken only when it was not. */
    readonly portGiven: boolean;
    readonly certFile: string;
    readonly keyFile: string;
    /** Where credentials of our own are kept; below the data folder when empty. */
    readonly certDir: string;
    /** `certificate,key[:names]` */
    readonly sniCertKeys: readonly string[];
    readonly minTlsVersion: 'TLSv1.2' | 'TLSv1.3';
    readonly advertiseAddress: string;
  };
  readonly authentication: {
    readonly clientCAFile: string;
    readonly tokenFile: string;
    readonly anonymous: boolean;
  };
  readonly authorizationModes: readonly string[];
  /** Admission plugins that are turned off. */
  readonly disabledPlugins: ReadonlySet<string>;
  /** Feature gates that are turned on and are not otherwise. */
  readonly features: ReadonlySet<string>;
  /** Whether the addresses of the service `kubernetes` are kept. */
  readonly reconcileEndpoints: boolean;
  readonly services: {
    readonly clusterIPRanges: readonly string[];
    readonly nodePorts: { readonly base: number; readonly size: number };
  };
  readonly eventTtlSeconds: number;
  readonly requestTimeoutSeconds: number;
  readonly minRequestTimeoutSeconds: number;
  readonly maxStreamsPerConnection: number;
  readonly shutdownDelayMs: number;
  readonly verbosity: number;
}

/** Makes values of the flags. Throws UsageError. */
export function optionsOf(flags: Flags): Options {
  return {
    storage: storageOptions(flags),
    etcd: {
      servers: flags.list('etcd-servers'),
      caFile: flags.text('etcd-cafile'),
      certFile: flags.text('etcd-certfile'),
      keyFile: flags.text('etcd-keyfile'),
      healthCheckTimeoutMs: duration(flags, 'etcd-healthcheck-timeout'),
      readyCheckTimeoutMs: duration(flags, 'etcd-readycheck-timeout'),
    },
    compactionIntervalMs: duration(flags, 'etcd-compaction-interval'),
    serving: {
      bindAddress: flags.text('bind-address'),
      port: portOf(flags, 'secure-port'),
      portGiven: flags.isSet('secure-port'),
      certFile: flags.text('tls-cert-file'),
      keyFile: flags.text('tls-private-key-file'),
      certDir: flags.text('cert-dir'),
      sniCertKeys: flags.texts('tls-sni-cert-key'),
      minTlsVersion: minTlsVersion(flags.text('tls-min-version')),
      advertiseAddress: flags.text('advertise-address'),
    },
    authentication: {
      clientCAFile: flags.text('client-ca-file'),
      tokenFile: flags.text('token-auth-file'),
      anonymous: isTrue(flags.text('anonymous-auth')),
    },
    authorizationModes: authorizationModes(flags),
    disabledPlugins: disabledPlugins(
      flags.list('enable-admission-plugins'),
      flags.list('disable-admission-plugins'),
    ),
    features: enabledFeatures(flags.list('feature-gates')),
    reconcileEndpoints: flags.text('endpoint-reconciler-type') !== 'none',
    services: {
      clusterIPRanges: flags.list('service-cluster-ip-range'),
      nodePorts: portRange(flags.text('service-node-port-range')),
    },
    eventTtlSeconds: duration(flags, 'event-ttl') / 1000,
    requestTimeoutSeconds: duration(flags, 'request-timeout') / 1000,
    minRequestTimeoutSeconds: Number(flags.text('min-request-timeout')),
    maxStreamsPerConnection: Number(flags.text('http2-max-streams-per-connection')) || 100,
    shutdownDelayMs: duration(flags, 'shutdown-delay-duration'),
    verbosity: Number(flags.text('v')),
  };
}

const kinds: readonly StorageKind[] = ['embedded', 'memory', 'etcd3'];

function storageOptions(flags: Flags): Options['storage'] {
  const given = flags.text('storage-backend');
  const servers = flags.list('etcd-servers');
  const kind =
    given === '' ? (servers.length > 0 ? 'etcd3' : 'embedded') : kinds.find((one) => one === given);
  if (kind === undefined)
    throw new UsageError(`--storage-backend=${given}: must be one of ${kinds.join(', ')}`);
  if (kind === 'etcd3' && servers.length === 0)
    throw new UsageError('--storage-backend=etcd3 needs --etcd-servers');
  return {
    kind,
    dataDir: flags.text('data-dir'),
    prefix: posix.join('/', flags.text('etcd-prefix')),
    quotaBytes: Number(flags.text('storage-quota-bytes')) || undefined,
  };
}

function duration(flags: Flags, name: string): number {
  return parseDuration(flags.text(name)) ?? 0;
}

const modes = new Set(['Node', 'RBAC', 'AlwaysAllow', 'AlwaysDeny']);

function authorizationModes(flags: Flags): readonly string[] {
  // kube-apiserver allows everything when it is not told otherwise; a server that nobody told should not: the table says RBAC.
  const given = flags.list('authorization-mode');
  const unknown = given.find((mode) => !modes.has(mode));
  if (unknown !== undefined)
    throw new UsageError(
      `--authorization-mode=${unknown} needs a capability that Keelson does not have yet; use Node, RBAC, AlwaysAllow or AlwaysDeny`,
    );
  return given;
}

function portOf(flags: Flags, name: string): number {
  const port = Number(flags.text(name));
  if (port < 0 || port > 65535)
    throw new UsageError(
      `--${name} ${port} must be between 0 and 65535, inclusive; 0 takes any port that is free`,
    );
  return port;
}

function minTlsVersion(text: string): 'TLSv1.2' | 'TLSv1.3' {
  if (text === 'VersionTLS13') return 'TLSv1.3';
  if (text !== '' && text !== 'VersionTLS12')
    throw new UsageError(
      `--tls-min-version=${text}: it must be VersionTLS12 or VersionTLS13; older ones are not safe`,
    );
  return 'TLSv1.2';
}

/** `30000-32767` or `30000+100`. */
function portRange(text: string): { readonly base: number; readonly size: number } {
  const match = /^(\d+)(?:([-+])(\d+))?$/.exec(text);
  const base = Number(match?.[1]);
  const last = match?.[2] === '+' ? base + Number(match[3]) : Number(match?.[3] ?? base);
  if (match === null || last > 65535 || last < base)
    throw new UsageError(`--service-node-port-range=${text} is no range of ports`);
  return { base, size: last - base + 1 };
}

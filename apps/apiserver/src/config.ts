import { mkdir, readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { systemClock, type Clock } from '@keelson/api-machinery';
import type { ServerOptions, TlsOptions } from '@keelson/server';
import type { Logger } from 'pino';
import { advertisedAddress } from './bootstrap/advertised-address.ts';
import { openLog } from './log.ts';
import type { Options } from './options.ts';
import { ownCredentials, type OwnCredentials } from './pki/credentials.ts';
import { readSniCertificates } from './pki/sni-certificates.ts';
import { authenticatorOf, authorizerOf } from './security.ts';

/** What the options come to once files are read and keys are made. */
export interface Config {
  readonly options: Options;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly logCheck: () => void;
  readonly dataDir: string;
  readonly tls: TlsOptions;
  readonly authenticate: ServerOptions['authenticate'];
  readonly authorize: ServerOptions['authorize'];
  /** Where other machines reach this server; undefined when they cannot. */
  readonly address: string | undefined;
  /** Credentials for a kubeconfig; undefined when the administrator brings all of them. */
  readonly administrator: Administrator | undefined;
}

export interface Administrator {
  readonly cert: string;
  readonly key: string;
  /** What the server's certificate is trusted by. */
  readonly serverCA: string;
}

/** Completes the options. Rejects with what is wrong with a file. */
export async function completeConfig(options: Options): Promise<Config> {
  const { logger, check } = openLog(options.verbosity);
  const dataDir = resolve(options.storage.dataDir);
  const { certFile, bindAddress } = options.serving;
  const { clientCAFile } = options.authentication;
  const address = advertisedAddress(options.serving.advertiseAddress, bindAddress);
  const own =
    certFile === '' || clientCAFile === '' ? await ownFor(options, dataDir, address) : undefined;
  const [tls, authenticate] = await Promise.all([
    tlsOf(options, own),
    authenticatorOf(options, systemClock),
  ]);
  return {
    options,
    clock: systemClock,
    logger,
    logCheck: check,
    dataDir,
    tls,
    authenticate,
    authorize: authorizerOf(options),
    address,
    // A client CA of the administrator's own has not signed our certificate.
    administrator:
      own === undefined || clientCAFile !== ''
        ? undefined
        : { ...own.admin, serverCA: certFile === '' ? own.ca : String(tls.cert) },
  };
}

/** Credentials that the first start makes: below the data folder, or where `--cert-dir` says. */
async function ownFor(
  { serving, services }: Options,
  dataDir: string,
  address: string | undefined,
): Promise<OwnCredentials> {
  const folder = serving.certDir === '' ? join(dataDir, 'pki') : resolve(serving.certDir);
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const { firstAddress } = await import('./bootstrap/first-address.ts');
  const addresses = [
    serving.bindAddress,
    address ?? '',
    ...services.clusterIPRanges.map(firstAddress),
  ];
  return await ownCredentials(
    folder,
    addresses.filter((one) => isIP(one) !== 0),
  );
}

async function tlsOf(
  { serving, authentication }: Options,
  own: OwnCredentials | undefined,
): Promise<TlsOptions> {
  const { certFile, keyFile, minTlsVersion, sniCertKeys } = serving;
  if ((certFile === '') !== (keyFile === ''))
    throw new Error('--tls-cert-file and --tls-private-key-file go together');
  const [cert, key, clientCA, byServerName] = await Promise.all([
    certFile === '' ? own?.serving.cert : readFile(certFile),
    keyFile === '' ? own?.serving.key : readFile(keyFile),
    authentication.clientCAFile === '' ? own?.ca : readFile(authentication.clientCAFile),
    readSniCertificates(sniCertKeys),
  ]);
  if (cert === undefined || key === undefined) throw new Error('there is no serving certificate');
  return {
    cert,
    key,
    minVersion: minTlsVersion,
    byServerName,
    ...(clientCA === undefined ? {} : { clientCA }),
  };
}

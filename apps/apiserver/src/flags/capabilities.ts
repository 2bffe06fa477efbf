import type { Flag } from './flag-table.ts';
import { defaultText } from './flag-values.ts';

/** Flags that do what kube-apiserver's do. */
const supported: ReadonlySet<string> = new Set([
  'advertise-address',
  'anonymous-auth',
  'authorization-mode',
  'bind-address',
  'cert-dir',
  'client-ca-file',
  'data-dir',
  'disable-admission-plugins',
  'enable-admission-plugins',
  'endpoint-reconciler-type',
  'etcd-cafile',
  'etcd-certfile',
  'etcd-compaction-interval',
  'etcd-healthcheck-timeout',
  'etcd-keyfile',
  'etcd-prefix',
  'etcd-readycheck-timeout',
  'etcd-servers',
  'event-ttl',
  'feature-gates',
  'help',
  'http2-max-streams-per-connection',
  'min-request-timeout',
  'request-timeout',
  'secure-port',
  'service-cluster-ip-range',
  'service-node-port-range',
  'shutdown-delay-duration',
  'storage-backend',
  'storage-quota-bytes',
  'tls-cert-file',
  'tls-min-version',
  'tls-private-key-file',
  'tls-sni-cert-key',
  'token-auth-file',
  'v',
  'version',
]);

/** Flags that may have any value: they tune, or prepare, what is not there yet or what Keelson does by itself, and nothing is less safe without it. */
const accepted: ReadonlySet<string> = new Set([
  'allow-privileged',
  'api-audiences',
  'apiserver-count',
  'default-watch-cache-size',
  'delete-collection-workers',
  'enable-bootstrap-token-auth',
  'enable-garbage-collector',
  'enable-priority-and-fairness',
  'etcd-count-metric-poll-period',
  'etcd-db-metric-poll-interval',
  'external-hostname',
  'kubelet-certificate-authority',
  'kubelet-client-certificate',
  'kubelet-client-key',
  'kubelet-port',
  'kubelet-preferred-address-types',
  'kubelet-read-only-port',
  'kubelet-timeout',
  'lease-reuse-duration-seconds',
  'livez-grace-period',
  'log-flush-frequency',
  'max-mutating-requests-inflight',
  'max-requests-inflight',
  'profiling',
  'service-account-extend-token-expiration',
  'service-account-issuer',
  'service-account-jwks-uri',
  'service-account-key-file',
  'service-account-lookup',
  'service-account-max-token-expiration',
  'service-account-signing-key-file',
  'storage-initialization-timeout',
  'storage-media-type',
  'vmodule',
  'watch-cache',
  'watch-cache-sizes',
]);

/** Whether a flag does anything here. */
export const isSupported = ({ name }: Flag): boolean => supported.has(name);

/** Why a flag cannot have its values yet; undefined when it can. All flags are known; at its default each of them is true of this server. */
export function refusal(flag: Flag, values: readonly string[]): string | undefined {
  if (supported.has(flag.name) || accepted.has(flag.name) || isHarmless(flag, values))
    return undefined;
  return `--${flag.name}=${values.join(',')} needs a capability that Keelson does not have yet; leave the flag out, or at its default${shownDefault(flag)}`;
}

function isHarmless(flag: Flag, values: readonly string[]): boolean {
  const text = values.join(',');
  if (flag.name === 'runtime-config')
    return text
      .split(',')
      .every((setting) => /^(api\/(all|ga|v1)(=true)?|api\/(beta|alpha)=false)$/.test(setting));
  return text === defaultText(flag);
}

const shownDefault = (flag: Flag): string =>
  defaultText(flag) === '' ? '' : ` (${defaultText(flag)})`;

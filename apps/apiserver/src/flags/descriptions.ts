/** What the flags that work are for. */
export const descriptions: Readonly<Record<string, string>> = {
  'advertise-address':
    'The address by which other machines reach this server; one of the machine’s own when it is left out.',
  'anonymous-auth': 'Whether requests without credentials are let in as system:anonymous.',
  'authorization-mode':
    'Who decides what requests may do, in this order: Node, RBAC, AlwaysAllow, AlwaysDeny.',
  'bind-address': 'The address to listen on; 0.0.0.0 or :: for all.',
  'cert-dir':
    'Where the credentials that the first start makes are kept; in the data folder when it is left out.',
  'client-ca-file':
    'Who may sign client certificates, as PEM; a CA of the server’s own when it is left out.',
  'data-dir':
    'The folder of the embedded store, the certificates and the kubeconfig that the first start makes.',
  'disable-admission-plugins': 'Admission plugins that are on by default, and shall not be.',
  'enable-admission-plugins': 'Admission plugins to use besides those that are on by default.',
  'endpoint-reconciler-type': 'Who keeps the addresses of the service kubernetes: lease, or none.',
  'etcd-cafile': 'Who has signed the certificates of the etcd servers.',
  'etcd-certfile': 'The certificate that this server shows to etcd.',
  'etcd-compaction-interval': 'How long history is kept before it is given up; 0s keeps all of it.',
  'etcd-keyfile': 'The key of --etcd-certfile.',
  'etcd-prefix': 'Where everything lives in the store.',
  'etcd-servers': 'The etcd servers to keep objects in, between commas: https://host:2379.',
  'event-ttl': 'How long events are kept.',
  'feature-gates':
    'What is on or off besides what usually is, between commas: CBORServingAndStorage=true serves CBOR. All of kube-apiserver’s names are known.',
  help: 'Shows this.',
  'http2-max-streams-per-connection':
    'How many requests a client may have under way on one HTTP/2 connection; 0 means 100.',
  'min-request-timeout':
    'After how many seconds, at least, a watch ends that did not say how long it takes.',
  'request-timeout': 'How long a request may take, watches excepted.',
  'secure-port': 'The port to listen on. When it is left out and taken, another one is.',
  'service-cluster-ip-range':
    'Where services get their addresses from; two ranges, between commas, for both families.',
  'service-node-port-range': 'Where services get their node ports from.',
  'shutdown-delay-duration': 'How long the server still serves, not ready, before it stops.',
  'storage-backend':
    'Where objects are kept: embedded (the data folder; the default), memory (gone at the end), etcd3 (the default with --etcd-servers).',
  'storage-quota-bytes':
    'How much the store may hold, embedded or in memory, history included; beyond that, writes are refused and deletions go on. 0 means no limit.',
  'tls-cert-file':
    'The certificate that the server shows, as PEM; one of its own when it is left out.',
  'tls-min-version': 'The oldest TLS that is spoken: VersionTLS12 or VersionTLS13.',
  'tls-private-key-file': 'The key of --tls-cert-file.',
  'tls-sni-cert-key':
    'A certificate for other names: certificate,key[:name,name]. May be given several times.',
  'token-auth-file': 'Tokens that are users: lines of token,user,uid[,"group,group"].',
  v: 'How much to log: 4 has every request.',
  version: 'Shows the version.',
};

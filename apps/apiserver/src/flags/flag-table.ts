import flags from './kube-apiserver-flags.json' with { type: 'json' };

/** One flag, as kube-apiserver has it. */
export interface Flag {
  readonly section: string;
  readonly name: string;
  readonly shorthand?: string;
  /** Go's name of the type: `string`, `bool`, `duration`, `stringSlice`, … */
  readonly type: string;
  /** As Go prints it. */
  readonly default: string;
  /** The value of a flag that is given without one. */
  readonly noOptDefVal?: string;
  readonly hidden?: boolean;
  readonly deprecated?: boolean;
}

/** The flags that Keelson has besides. */
const ownFlags: readonly Flag[] = [
  { section: 'Keelson', name: 'storage-backend', type: 'string', default: '' },
  { section: 'Keelson', name: 'data-dir', type: 'string', default: './data' },
  // As etcd's --quota-backend-bytes: more than a cluster needs, less than a flood would take.
  { section: 'Keelson', name: 'storage-quota-bytes', type: 'int', default: '2147483648' },
];

/** What differs: the server is for one machine until it is told otherwise. */
const ownDefaults: Readonly<Record<string, string>> = {
  'bind-address': '127.0.0.1',
  'authorization-mode': '[RBAC]',
  'service-cluster-ip-range': '10.0.0.0/24',
  'cert-dir': '',
};

const own = new Set(ownFlags.map(({ name }) => name));

/** All flags: kube-apiserver v1.37.2's, and ours. */
export const allFlags: readonly Flag[] = [
  ...ownFlags,
  ...(flags as readonly Flag[])
    .filter(({ name }) => !own.has(name))
    .map((flag) => ({ ...flag, default: ownDefaults[flag.name] ?? flag.default })),
];

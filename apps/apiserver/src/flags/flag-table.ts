import flags from './kube-apiserver-flags.json' with { type: 'json' };

/** One flag, as kube-apiserver has it. */
export interface Flag {
  readonly section: string;
  readonly name: string;
  /** Go's name of the type: `string`, `bool`, `duration`, `stringSlice`, … */
  readonly type: string;
  /** As Go prints it. */
  readonly default: string;
  /** The value of a flag that is given without one. */
  readonly noOptDefVal?: string;
  readonly hidden?: boolean;
}

/** The flags that Keelson has besides. */
export const ownFlags: readonly Flag[] = [
  { section: 'keelson', name: 'storage-backend', type: 'string', default: '' },
  { section: 'keelson', name: 'data-dir', type: 'string', default: './data' },
];

/** What the flags of ours are for. */
export const ownHelp: Readonly<Record<string, string>> = {
  'storage-backend': 'Where objects are kept: embedded (a folder, the default), memory (gone at the end), or etcd3 (the default once --etcd-servers is given).',
  'data-dir': 'The folder for the embedded store, the certificates and the kubeconfig that the first start makes.',
};

/** kube-apiserver's flags, v1.37.2; `storage-backend` is ours, with more values. */
export const kubernetesFlags: readonly Flag[] = (flags as readonly Flag[]).filter(({ name }) => name !== 'storage-backend' && name !== 'help');

export const allFlags: readonly Flag[] = [...ownFlags, ...kubernetesFlags];

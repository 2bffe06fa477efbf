import type { LoopbackClient } from './loopback-client.ts';

const names = ['kube-system', 'kube-public', 'kube-node-lease', 'default'];

/** Makes the namespaces that every cluster has, where they are missing. Behaviour: controlplane/controller/systemnamespaces, v1.37. */
export async function ensureSystemNamespaces(client: LoopbackClient): Promise<void> {
  await Promise.all(
    names.map((name) =>
      client.ensure('/api/v1/namespaces', {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name },
      }),
    ),
  );
}

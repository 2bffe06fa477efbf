import { ApiException, type CoreV1Api, type V1ConfigMap } from '@kubernetes/client-node';

/** What a config map is marked with that should be in every namespace. */
export const mirrored = 'example.com/mirrored';

/** A controller's one step: config maps of `source` that are marked are in all other namespaces, with the same data. */
export async function mirror(core: CoreV1Api, source: string): Promise<void> {
  const { items } = await core.listNamespacedConfigMap({
    namespace: source,
    labelSelector: mirrored,
  });
  const namespaces = (await core.listNamespace()).items.flatMap(({ metadata }) =>
    metadata?.name === undefined || metadata.name === source ? [] : [metadata.name],
  );
  for (const namespace of namespaces) for (const item of items) await copy(core, item, namespace);
}

async function copy(core: CoreV1Api, original: V1ConfigMap, namespace: string): Promise<void> {
  const name = original.metadata?.name ?? '';
  const body = { metadata: { name, labels: { [mirrored]: '' } }, data: original.data ?? {} };
  try {
    await core.replaceNamespacedConfigMap({ namespace, name, body });
  } catch (error) {
    if (!(error instanceof ApiException) || error.code !== 404) throw error;
    await core.createNamespacedConfigMap({ namespace, body });
  }
}

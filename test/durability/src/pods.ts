import { KubeClient, ServerProcess } from '@keelson/guarantees-test';

/** As much of a pod as anybody here looks at. */
export interface Pod {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly resourceVersion?: string;
  };
  readonly spec: { readonly nodeName?: string };
  readonly status: { readonly phase?: string };
}

const template = {
  metadata: {
    name: 'pod-000000',
    labels: { app: 'app-0', 'pod-template-hash': '6d4cf56db6', tier: 'backend' },
    annotations: {
      'example.com/checksum': '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    },
  },
  spec: {
    serviceAccountName: 'default',
    containers: [
      {
        name: 'main',
        image: 'registry.example.com/team/app:v1.2.3',
        env: Array.from({ length: 8 }, (_, k) => ({
          name: `SETTING_${k}`,
          value: `value-${k}-of-the-setting`,
        })),
        ports: [{ name: 'http', containerPort: 8080 }],
      },
      { name: 'sidecar', image: 'registry.example.com/team/sidecar:v0.9' },
    ],
  },
};

/** A pod as a server has it that was asked to create one: with defaults, a token's volume, a status, and who set what. */
export async function servedPod(): Promise<Pod> {
  await using server = await ServerProcess.start({}, '--storage-backend=memory');
  using client = await KubeClient.fromFile(server.kubeconfig);
  const post = async (path: string, body: object): Promise<unknown> => {
    const answer = await client.ask({ method: 'POST', path, body });
    if (answer.status !== 201) throw new Error(`${path}: ${answer.status} ${answer.body.message}`);
    return answer.body;
  };
  await post('/api/v1/namespaces', { metadata: { name: 'load' } });
  const account = { metadata: { name: 'default' } };
  await post('/api/v1/namespaces/load/serviceaccounts', account);
  return (await post('/api/v1/namespaces/load/pods', template)) as Pod;
}

const encoder = new TextEncoder();

/** What is stored of one of many. */
export function storedPod(pod: Pod, i: number): Uint8Array {
  const { resourceVersion: _, ...metadata } = pod.metadata;
  const name = `pod-${String(i).padStart(6, '0')}`;
  const labels = { ...metadata.labels, app: `app-${i % 50}` };
  return encoder.encode(JSON.stringify({ ...pod, metadata: { ...metadata, name, labels } }));
}

/** What selectors see. */
export function attributesOf({ metadata, spec, status }: Pod) {
  return {
    labels: metadata.labels,
    fields: {
      'metadata.name': metadata.name,
      'metadata.namespace': metadata.namespace,
      'spec.nodeName': spec.nodeName ?? '',
      'status.phase': status.phase ?? '',
    },
  };
}

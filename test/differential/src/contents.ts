// What may be said of objects. Few names and few values: what several managers say has to meet.

import type { JsonValue } from '@keelson/api-machinery';
import type { JsonObject } from './json.ts';
import type { Random } from '@keelson/storage-backend/testing';

type Make = (random: Random) => JsonValue;

const names = ['a', 'b', 'c'] as const;
const name: Make = (random) => random.pick(names);
const value: Make = (random) => String(random.below(3));
const oneOf =
  (...choices: readonly [JsonValue, ...JsonValue[]]): Make =>
  (random) =>
    random.pick(choices);

/** Some of the members. */
function some(random: Random, members: Readonly<Record<string, Make>>, percent = 50): JsonObject {
  const said: JsonObject = {};
  for (const [key, make] of Object.entries(members))
    if (random.chance(percent)) said[key] = make(random);
  return said;
}

/** Some of the members, and all of the others. */
const struct =
  (required: Readonly<Record<string, Make>>, optional: Readonly<Record<string, Make>> = {}): Make =>
  (random) => ({
    ...Object.fromEntries(Object.entries(required).map(([key, make]) => [key, make(random)])),
    ...some(random, optional),
  });

const mapOf =
  (make: Make): Make =>
  (random) =>
    Object.fromEntries(subset(random).map((key) => [key, make(random)]));

const subset = (random: Random): string[] => {
  const shuffled = random.chance(50) ? [...names] : [...names].reverse();
  return shuffled.filter(() => random.chance(50));
};

/** Items of different keys, in any order. */
const listBy =
  (key: string, make: Make): Make =>
  (random) =>
    subset(random).map((own) => ({ [key]: own, ...(make(random) as JsonObject) }));

const listOf =
  (make: Make): Make =>
  (random) =>
    Array.from({ length: random.below(3) }, () => make(random));

const setOf =
  (prefix: string): Make =>
  (random) =>
    subset(random).map((own) => `${prefix}${own}`);

const ownerReferences: Make = (random) =>
  subset(random).map((own) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    name: value(random),
    uid: own,
  }));

const metadata = struct(
  {},
  {
    labels: mapOf(value),
    annotations: mapOf(value),
    finalizers: setOf('example.com/'),
    ownerReferences,
  },
);

const withMetadata = (random: Random, content: JsonObject): JsonObject =>
  random.chance(50) ? { ...content, metadata: metadata(random) } : content;

export const configMap = (random: Random): JsonObject =>
  withMetadata(random, some(random, { data: mapOf(value), binaryData: (r) => prefixed(r, 'x') }));

const base64 = oneOf('YQ==', 'Yg==');
const prefixed = (random: Random, prefix: string): JsonObject =>
  Object.fromEntries(subset(random).map((key) => [`${prefix}${key}`, base64(random)]));

export const secret = (random: Random): JsonObject =>
  withMetadata(random, some(random, { data: mapOf(base64), stringData: mapOf(value) }));

export const serviceAccount = (random: Random): JsonObject =>
  withMetadata(
    random,
    some(random, {
      automountServiceAccountToken: oneOf(true, false),
      secrets: listBy('name', struct({}, { namespace: value })),
      imagePullSecrets: listBy('name', struct({})),
    }),
  );

export const endpoints = (random: Random): JsonObject =>
  withMetadata(
    random,
    some(random, {
      subsets: listOf(
        struct({
          addresses: () => [{ ip: '192.0.2.1' }],
          ports: listBy('name', struct({ port: oneOf(80, 81) })),
        }),
      ),
    }),
  );

const port = struct(
  { port: oneOf(80, 443) },
  { name, protocol: oneOf('TCP', 'UDP'), targetPort: oneOf(80, 'web') },
);
const conditions = struct(
  {},
  {
    status: oneOf('True', 'False'),
    reason: value,
    lastTransitionTime: oneOf('2020-01-01T00:00:00Z', null),
  },
);
const condition =
  (...types: readonly [string, ...string[]]): Make =>
  (random) =>
    types
      .filter(() => random.chance(50))
      .map((type) => ({ type, status: 'True', ...(conditions(random) as JsonObject) }));

export const service = {
  spec: (random: Random): JsonObject =>
    withMetadata(random, {
      // Without an address: servers give out different ones.
      spec: {
        clusterIP: 'None',
        ...some(random, {
          ports: listOf(port),
          selector: mapOf(value),
          sessionAffinity: oneOf('None', 'ClientIP'),
          publishNotReadyAddresses: oneOf(true, false),
        }),
      },
    }),
  status: (random: Random): JsonObject => ({ conditions: condition('X', 'Y')(random) }),
};

export const pod = {
  metadata: (random: Random): JsonObject =>
    withMetadata(random, {
      // Without a token: servers name its volume at random.
      spec: {
        automountServiceAccountToken: false,
        ...some(random, {
          tolerations: listOf(struct({ key: name, operator: oneOf('Exists') })),
          activeDeadlineSeconds: oneOf(100, 50),
          containers: (r) => [{ name: 'a', ...some(r, { image: oneOf('a:1', 'a:2') }) }],
        }),
      },
    }),
  status: (random: Random): JsonObject =>
    some(random, {
      phase: oneOf('Running', 'Pending'),
      message: value,
      podIP: oneOf('192.0.2.1', '192.0.2.2'),
      podIPs: () => [{ ip: '192.0.2.1' }],
      conditions: condition('Ready', 'Initialized', 'example.com/x'),
      hostIP: oneOf('192.0.2.9'),
      containerStatuses: listOf(
        struct(
          {
            name: () => 'a',
            image: value,
            imageID: value,
            ready: oneOf(true),
            restartCount: oneOf(0, 1),
          },
          { state: oneOf({ waiting: { reason: 'x' } }, {}), started: oneOf(true) },
        ),
      ),
    }),
};

export const node = {
  spec: (random: Random): JsonObject =>
    withMetadata(random, {
      spec: some(random, {
        taints: (r) =>
          subset(r).map((key) => ({ key, effect: 'NoSchedule', ...some(r, { value }) })),
        unschedulable: oneOf(true, false),
        providerID: oneOf('x'),
      }),
    }),
  status: (random: Random): JsonObject =>
    some(random, {
      addresses: (r) =>
        subset(r).map((address) => ({
          address,
          type: String(r.pick(['Hostname', 'InternalDNS'])),
        })),
      capacity: struct({}, { cpu: oneOf('1', '1000m', 2), memory: oneOf('1Gi', '1024Mi') }),
      conditions: condition('Ready', 'DiskPressure'),
      images: listOf(struct({ names: setOf('image-') }, { sizeBytes: oneOf(1, 2) })),
      nodeInfo: struct({}, { machineID: value }),
      daemonEndpoints: oneOf({ kubeletEndpoint: { Port: 1 } }, {}),
    }),
};

const selector = oneOf(
  { matchLabels: { a: '1' } },
  { matchExpressions: [{ key: 'a', operator: 'Exists' }] },
);

export const podDisruptionBudget = {
  spec: (random: Random): JsonObject =>
    withMetadata(random, {
      spec: some(random, {
        minAvailable: oneOf(1, '50%', 0),
        selector,
        unhealthyPodEvictionPolicy: oneOf('AlwaysAllow'),
      }),
    }),
  status: (random: Random): JsonObject => ({
    currentHealthy: 1,
    desiredHealthy: 1,
    disruptionsAllowed: random.below(2),
    expectedPods: 1,
    ...some(random, {
      conditions: condition('DisruptionAllowed'),
      observedGeneration: oneOf(1),
      disruptedPods: mapOf(oneOf('2020-01-01T00:00:00Z')),
    }),
  }),
};

const resources = struct(
  {},
  {
    requests: struct({}, { cpu: oneOf('1', '0.5', '500m'), memory: oneOf('1Gi', '1024Mi', 1000) }),
    limits: struct({}, { cpu: oneOf('2', 2) }),
  },
);

const container = struct(
  { image: oneOf('a:1', 'b:1') },
  {
    args: listOf(value),
    command: listOf(value),
    env: listBy('name', struct({}, { value })),
    envFrom: listOf(struct({ configMapRef: struct({ name }) })),
    ports: listOf(
      struct({ containerPort: oneOf(80, 443) }, { protocol: oneOf('TCP', 'UDP'), name }),
    ),
    resources,
    volumeDevices: () => [],
    securityContext: struct(
      {},
      { runAsUser: oneOf(0, 1), capabilities: struct({}, { add: listOf(value) }) },
    ),
    readinessProbe: struct(
      { httpGet: struct({ port: oneOf(80, 'web') }, { path: oneOf('/', '/a') }) },
      { periodSeconds: oneOf(1, 10) },
    ),
    terminationMessagePath: oneOf('/a'),
    stdin: oneOf(true, false),
  },
);

const volume = struct(
  {},
  { emptyDir: oneOf({}, { medium: 'Memory' }), configMap: struct({ name }) },
);

const podSpec = struct(
  { containers: listBy('name', container) },
  {
    volumes: listBy('name', volume),
    initContainers: (random) =>
      random.chance(50) ? [{ name: 'init', ...(container(random) as JsonObject) }] : [],
    nodeSelector: mapOf(value),
    tolerations: listOf(struct({ key: name, operator: oneOf('Exists') })),
    imagePullSecrets: listBy('name', struct({})),
    hostAliases: (random) =>
      subset(random).map(() => ({ ip: '192.0.2.1', hostnames: [name(random)] })),
    securityContext: struct(
      {},
      { runAsUser: oneOf(0, 1), supplementalGroups: listOf(oneOf(1, 2)) },
    ),
    topologySpreadConstraints: (random) => [
      {
        maxSkew: 1 + random.below(2),
        topologyKey: name(random),
        whenUnsatisfiable: 'DoNotSchedule',
      },
    ],
    terminationGracePeriodSeconds: oneOf(0, 5, 30),
    serviceAccountName: name,
    dnsPolicy: oneOf('Default'),
    readinessGates: listOf(struct({ conditionType: name })),
    affinity: oneOf(
      {},
      { nodeAffinity: {} },
      { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [] } },
    ),
  },
);

const required: JsonObject = {
  spec: {
    selector: { matchLabels: { app: 'd' } },
    template: {
      metadata: { labels: { app: 'd' } },
      spec: { containers: [{ name: 'a', image: 'a:1' }] },
    },
  },
};

export const deployment = {
  required,
  spec: (random: Random): JsonObject =>
    withMetadata(random, {
      spec: some(random, {
        replicas: oneOf(0, 1, 2),
        paused: oneOf(true, false),
        minReadySeconds: oneOf(0, 1),
        progressDeadlineSeconds: oneOf(600, 700),
        revisionHistoryLimit: oneOf(0, 10),
        strategy: oneOf(
          { type: 'Recreate' },
          { type: 'RollingUpdate' },
          { rollingUpdate: { maxSurge: 1 } },
          {},
        ),
        template: struct({ spec: podSpec }, { metadata: struct({ labels: () => ({ app: 'd' }) }) }),
      }),
    }),
  status: (random: Random): JsonObject =>
    some(random, {
      replicas: oneOf(0, 1),
      observedGeneration: oneOf(0, 1),
      conditions: condition('Available', 'Progressing'),
      collisionCount: oneOf(0, 1),
    }),
};

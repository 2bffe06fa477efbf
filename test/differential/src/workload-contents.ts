// What may be said of what runs: pods, what makes them, and what holds them.

import type { Random } from '@keelson/storage-backend/testing';
import type { JsonObject } from './json.ts';
import {
  name,
  value,
  oneOf,
  some,
  struct,
  mapOf,
  subset,
  listBy,
  listOf,
  withMetadata,
  condition,
} from './making.ts';

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

export const pod = {
  ephemeralContainers: (random: Random): JsonObject => ({
    spec: {
      ephemeralContainers: listBy(
        'name',
        struct(
          { image: oneOf('a:1', 'b:1') },
          { command: listOf(value), targetContainerName: name },
        ),
      )(random),
    },
  }),
  resize: (random: Random): JsonObject => ({
    spec: { containers: [{ name: 'a', resources: resources(random) }] },
  }),
  spec: (random: Random): JsonObject =>
    withMetadata(random, {
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

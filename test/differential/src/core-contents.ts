// What may be said of the objects of the core group.

import type { JsonValue } from '@keelson/api-machinery';
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
  setOf,
  withMetadata,
  condition,
} from './making.ts';

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
          internalTrafficPolicy: oneOf('Local', 'Cluster'),
        }),
      },
    }),
  status: (random: Random): JsonObject => ({ conditions: condition('X', 'Y')(random) }),
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

export const servingService = (random: Random): JsonObject =>
  withMetadata(random, {
    spec: {
      ports: [port(random), ...(listOf(port)(random) as JsonValue[])],
      ...some(random, {
        type: oneOf('ClusterIP', 'NodePort', 'LoadBalancer'),
        selector: mapOf(value),
        externalName: oneOf('a.example', ''),
        externalTrafficPolicy: oneOf('Local', 'Cluster'),
        internalTrafficPolicy: oneOf('Local', 'Cluster'),
        externalIPs: listOf(oneOf('192.0.2.1', '192.0.2.2')),
        loadBalancerSourceRanges: listOf(oneOf('192.0.2.0/24')),
        allocateLoadBalancerNodePorts: oneOf(true, false),
        sessionAffinity: oneOf('None', 'ClientIP'),
        sessionAffinityConfig: struct(
          {},
          { clientIP: struct({}, { timeoutSeconds: oneOf(1, 2) }) },
        ),
      }),
    },
  });

export const typedSecret = (random: Random): JsonObject =>
  withMetadata(
    random,
    some(random, {
      type: oneOf('example.com/a', 'kubernetes.io/basic-auth'),
      immutable: oneOf(true, false),
      data: struct({}, { username: base64, password: base64 }),
      stringData: struct({}, { username: value, password: value }),
    }),
  );

export const namespace = {
  spec: (random: Random): JsonObject =>
    withMetadata(random, some(random, { spec: struct({}, { finalizers: setOf('example.com/') }) })),
  status: (random: Random): JsonObject =>
    some(random, { phase: oneOf('Active', 'Terminating'), conditions: condition('X', 'Y') }),
};

export const event = (random: Random): JsonObject =>
  withMetadata(
    random,
    some(random, {
      involvedObject: struct({}, { kind: oneOf('Pod'), name, fieldPath: value }),
      reason: value,
      message: value,
      type: oneOf('Normal', 'Warning'),
      count: oneOf(1, 2),
      source: struct({}, { component: name, host: name }),
      firstTimestamp: oneOf('2020-01-01T00:00:00Z', null),
      lastTimestamp: oneOf('2020-01-01T00:00:00Z', '2020-01-02T00:00:00Z'),
      eventTime: oneOf(null, '2020-01-01T00:00:00.000001Z'),
      series: struct(
        { count: oneOf(1, 2) },
        { lastObservedTime: oneOf('2020-01-01T00:00:00.500000Z') },
      ),
      reportingComponent: oneOf('example.com/a', ''),
      reportingInstance: value,
      action: value,
      related: struct({}, { kind: oneOf('Node'), name }),
    }),
  );

import { expect } from 'chai';
import { describe, it } from 'mocha';
import { PodFixture } from '../testing/pod-fixture.ts';

type Spec = Record<string, unknown>;
type Row = readonly [what: string, spec: Spec, path: string, value: unknown];

const c = (more: Spec = {}): Spec => ({ containers: [{ name: 'c', image: 'i', ...more }] });
const v = (source: Spec): Spec => ({ ...c(), volumes: [{ name: 'v', ...source }] });
const http = { httpGet: { port: 80 } };

const rows: readonly Row[] = [
  ['the restart policy', c(), 'restartPolicy', 'Always'],
  ['the DNS policy', c(), 'dnsPolicy', 'ClusterFirst'],
  ['the grace period', c(), 'terminationGracePeriodSeconds', 30],
  [
    'a grace period below zero',
    { ...c(), terminationGracePeriodSeconds: -5 },
    'terminationGracePeriodSeconds',
    1,
  ],
  ['the scheduler', c(), 'schedulerName', 'default-scheduler'],
  ['links of services', c(), 'enableServiceLinks', true],
  ['the security context', c(), 'securityContext', {}],
  ['the account, by its newer name', { ...c(), serviceAccount: 'a' }, 'serviceAccountName', 'a'],
  ['the pull policy of an image without a tag', c(), 'containers.0.imagePullPolicy', 'Always'],
  [
    'the pull policy of a tagged image',
    c({ image: 'host:5000/i:1' }),
    'containers.0.imagePullPolicy',
    'IfNotPresent',
  ],
  [
    'the pull policy of an image from a registry with a port',
    c({ image: 'host:5000/i' }),
    'containers.0.imagePullPolicy',
    'Always',
  ],
  [
    'the pull policy of a digest',
    c({ image: `i@sha256:${'a'.repeat(64)}` }),
    'containers.0.imagePullPolicy',
    'IfNotPresent',
  ],
  ['where messages are left', c(), 'containers.0.terminationMessagePath', '/dev/termination-log'],
  ['what messages are', c(), 'containers.0.terminationMessagePolicy', 'File'],
  [
    'the protocol of a port',
    c({ ports: [{ containerPort: 80 }] }),
    'containers.0.ports.0.protocol',
    'TCP',
  ],
  [
    "the host's port on its network",
    { ...c({ ports: [{ containerPort: 80 }] }), hostNetwork: true },
    'containers.0.ports.0.hostPort',
    80,
  ],
  [
    'the version of a field',
    c({ env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }] }),
    'containers.0.env.0.valueFrom.fieldRef.apiVersion',
    'v1',
  ],
  [
    'requests',
    c({ resources: { limits: { cpu: '1' } } }),
    'containers.0.resources.requests',
    { cpu: '1' },
  ],
  [
    'amounts finer than thousandths',
    c({ resources: { requests: { cpu: '0.0001' } } }),
    'containers.0.resources.requests',
    { cpu: '1m' },
  ],
  [
    'the times of a probe',
    c({ livenessProbe: http }),
    'containers.0.livenessProbe.periodSeconds',
    10,
  ],
  [
    'the threshold of a probe',
    c({ livenessProbe: http }),
    'containers.0.livenessProbe.failureThreshold',
    3,
  ],
  [
    'the path of a probe',
    c({ livenessProbe: http }),
    'containers.0.livenessProbe.httpGet.path',
    '/',
  ],
  [
    'the scheme of a handler',
    c({ lifecycle: { preStop: http } }),
    'containers.0.lifecycle.preStop.httpGet.scheme',
    'HTTP',
  ],
  [
    'the service of a probe',
    c({ livenessProbe: { grpc: { port: 1 } } }),
    'containers.0.livenessProbe.grpc.service',
    '',
  ],
  ['the source of a volume', v({}), 'volumes.0.emptyDir', {}],
  ['the mode of files', v({ configMap: { name: 'c' } }), 'volumes.0.configMap.defaultMode', 420],
  ['the type of a path', v({ hostPath: { path: '/x' } }), 'volumes.0.hostPath.type', ''],
  [
    'the life of a token',
    v({ projected: { sources: [{ serviceAccountToken: { path: 't' } }] } }),
    'volumes.0.projected.sources.0.serviceAccountToken.expirationSeconds',
    3600,
  ],
  [
    'the mode of a claim',
    v({
      ephemeral: {
        volumeClaimTemplate: {
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
        },
      },
    }),
    'volumes.0.ephemeral.volumeClaimTemplate.spec.volumeMode',
    'Filesystem',
  ],
];

describe('What a pod leaves out is filled in:', () => {
  for (const [what, spec, path, value] of rows) {
    it(`${what} (${path})`, async () => {
      await using fixture = await PodFixture.open();
      const { spec: defaulted } = fixture.opened.decoded({ metadata: { name: 'p' }, spec });
      const found = path
        .split('.')
        .reduce<unknown>((object, key) => Reflect.get(object as object, key), defaulted);
      expect(found).to.deep.equal(value);
    });
  }
});

describe('The whole of a pod', () => {
  const spec = {
    ...c({ resources: { requests: { cpu: '1' }, limits: { memory: '1Gi' } } }),
    resources: { limits: { cpu: '2' } },
  };

  it('requests what its containers do, where they do, and its limits elsewhere', async () => {
    await using fixture = await PodFixture.open();
    const { pod } = await fixture.create(spec);
    expect(pod?.spec.resources?.requests).to.deep.equal({ cpu: '1', memory: '1Gi' });
  });
});

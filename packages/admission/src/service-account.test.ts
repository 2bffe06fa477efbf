import type { Pod } from '@keelson/kubernetes-api/core/v1';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { serviceAccount } from './service-account.ts';
import { lookupIn, refusalOf, write } from './testing/attributes.ts';

const plugin = serviceAccount(
  lookupIn({
    'serviceaccounts/a/default': { metadata: {}, imagePullSecrets: [{ name: 's' }] },
    'serviceaccounts/a/quiet': { metadata: {}, automountServiceAccountToken: false },
    'serviceaccounts/b/other': {},
    'serviceaccounts/a/strict': {
      metadata: {
        name: 'strict',
        annotations: { 'kubernetes.io/enforce-mountable-secrets': 'true' },
      },
      secrets: [{ name: 'mine' }],
      imagePullSecrets: [{ name: 'pull' }],
    },
  }),
);
const containers = [{ name: 'c', image: 'i' }];
const podOf = (spec: object, annotations?: Record<string, string>): Pod =>
  ({
    metadata: { name: 'p', ...(annotations === undefined ? {} : { annotations }) },
    spec: { containers: structuredClone(containers), ...spec },
    status: {},
  }) as Pod;
const mirror = { 'kubernetes.io/config.mirror': 'x' };

describe('ServiceAccount', () => {
  it('gives pods an account, its token and its pull secrets', async () => {
    const pod = podOf({ initContainers: structuredClone(containers) });
    expect(await refusalOf(plugin, write({ object: pod }))).to.equal(undefined);
    const [volume] = pod.spec.volumes ?? [];
    expect(volume?.name).to.match(/^kube-api-access-[a-z0-9]{5}$/);
    expect(volume?.projected?.sources).to.have.length(3);
    const mount = {
      name: volume?.name,
      readOnly: true,
      mountPath: '/var/run/secrets/kubernetes.io/serviceaccount',
    };
    expect(pod.spec.containers?.[0]?.volumeMounts).to.deep.equal([mount]);
    expect(pod.spec.initContainers?.[0]?.volumeMounts).to.deep.equal([mount]);
    expect(pod.spec).to.include({ serviceAccountName: 'default', serviceAccount: 'default' });
    expect(pod.spec.imagePullSecrets).to.deep.equal([{ name: 's' }]);
  });

  for (const [why, spec] of [
    ['its account does not want it', { serviceAccountName: 'quiet' }],
    ['it does not want it itself', { automountServiceAccountToken: false }],
    [
      'something else is mounted there',
      {
        containers: [
          {
            name: 'c',
            volumeMounts: [
              { name: 'v', mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' },
            ],
          },
        ],
      },
    ],
  ] as const)
    it(`mounts no token in a pod when ${why}`, async () => {
      const pod = podOf(structuredClone(spec));
      expect(await refusalOf(plugin, write({ object: pod }))).to.equal(undefined);
      expect(pod.spec.volumes).to.equal(undefined);
    });

  const refused: readonly (readonly [what: string, pod: Pod, message: string])[] = [
    [
      'of an account that is not there',
      podOf({ serviceAccountName: 'x' }),
      'error looking up service account a/x: serviceaccount "x" not found',
    ],
    [
      'of an account of another namespace',
      podOf({ serviceAccountName: 'other' }),
      'error looking up service account a/other: serviceaccount "other" not found',
    ],
    [
      'of an account with a path for a name',
      podOf({ serviceAccountName: '../b/other' }),
      `error looking up service account a/../b/other: invalid resource name "../b/other": [may not contain '/']`,
    ],
    [
      'that mirrors, with an account',
      podOf({ serviceAccountName: 'default' }, mirror),
      'a mirror pod may not reference service accounts',
    ],
    [
      'that mirrors, with a secret',
      podOf({ volumes: [{ name: 'v', secret: { secretName: 's' } }] }, mirror),
      'a mirror pod may not reference secrets',
    ],
    [
      'that mirrors, with a secret in its environment',
      podOf({ containers: [{ name: 'c', envFrom: [{ secretRef: { name: 's' } }] }] }, mirror),
      'a mirror pod may not reference secrets',
    ],
    [
      'that mirrors, with a token',
      podOf(
        {
          volumes: [
            { name: 'v', projected: { sources: [{ serviceAccountToken: { path: 't' } }] } },
          ],
        },
        mirror,
      ),
      'a mirror pod may not use ServiceAccountToken volume projections',
    ],
  ];
  for (const [what, pod, message] of refused) {
    it(`refuses a pod ${what}`, async () => {
      const error = await refusalOf(plugin, write({ object: pod }));
      expect([error?.code, error?.message]).to.deep.equal([
        403,
        `pods "p" is forbidden: ${message}`,
      ]);
    });
  }

  it('refuses mirrors before others change them', async () => {
    const pod = podOf({ serviceAccountName: 'default' }, mirror);
    const early: unknown = await Promise.resolve(plugin.admit?.(write({ object: pod }))).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(early).to.have.property('code', 403);
  });

  const strict = { serviceAccountName: 'strict' };
  const env = (name: string) => [{ name: 'E', valueFrom: { secretKeyRef: { name, key: 'k' } } }];
  const why = 'is not allowed because service account strict does not reference that secret';
  const limited: readonly (readonly [spec: object, message: string | undefined])[] = [
    [{ volumes: [{ name: 'v', secret: { secretName: 'mine' } }] }, undefined],
    [
      { volumes: [{ name: 'v', secret: { secretName: 's' } }] },
      `volume with secret.secretName="s" ${why}`,
    ],
    [{ containers: [{ name: 'c', env: env('mine') }] }, undefined],
    [
      { containers: [{ name: 'c', env: env('s') }] },
      `container c with envVar E referencing secret.secretName="s" ${why}`,
    ],
    [
      { initContainers: [{ name: 'c', envFrom: [{ secretRef: { name: 's' } }] }] },
      `init container c with envFrom referencing secret.secretName="s" ${why}`,
    ],
    [
      { imagePullSecrets: [{ name: 'pull' }, { name: 's' }] },
      'imagePullSecrets[1].name="s" is not allowed because service account strict does not reference that imagePullSecret',
    ],
  ];
  for (const [spec, message] of limited) {
    it(`${message === undefined ? 'lets' : 'does not let'} a limited account use ${JSON.stringify(spec)}`, async () => {
      const error = await refusalOf(plugin, write({ object: podOf({ ...strict, ...spec }) }));
      expect(error?.message).to.equal(message && `pods "p" is forbidden: ${message}`);
    });
  }

  it('looks at containers that join a pod, too', async () => {
    const joining = (name: string) =>
      refusalOf(
        plugin,
        write({
          operation: 'UPDATE',
          subresource: 'ephemeralcontainers',
          object: podOf({ ...strict, ephemeralContainers: [{ name: 'e', env: env(name) }] }),
        }),
      );
    expect(await joining('mine')).to.equal(undefined);
    expect((await joining('s'))?.message).to.equal(
      `ephemeral container e with envVar E referencing secret.secretName="s" ${why}`,
    );
  });

  it('waits a little for the account that every namespace gets', async () => {
    const objects: Record<string, object> = {};
    let waits = 0;
    const wait = () => {
      if (++waits === 3) objects['serviceaccounts/new/default'] = { metadata: {} };
      return Promise.resolve();
    };
    const patient = serviceAccount(lookupIn(objects), wait);
    expect(await refusalOf(patient, write({ namespace: 'new', object: podOf({}) }))).to.equal(
      undefined,
    );
    expect(waits).to.equal(3);
    const error = await refusalOf(patient, write({ namespace: 'none', object: podOf({}) }));
    expect([error?.code, waits]).to.deep.equal([403, 12]);
  });

  it('leaves pods that are there', async () => {
    const pod = podOf({ serviceAccountName: 'x' });
    expect(await refusalOf(plugin, write({ object: pod, operation: 'UPDATE' }))).to.equal(
      undefined,
    );
    expect(pod.spec.volumes).to.equal(undefined);
  });
});

import { describeResourceContract, ResourceFixture } from '@keelson/generic-registry/testing';
import type { Deployment } from '@keelson/kubernetes-api/apps/v1';
import type { Scale } from '@keelson/kubernetes-api/autoscaling/v1';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { deployments } from './index.ts';

type Body = Record<string, unknown>;

const template = (labels: Record<string, string> = { app: 'web' }, spec: Body = {}) => ({
  metadata: { labels },
  spec: { containers: [{ name: 'c', image: 'nginx' }], ...spec },
});

/** A deployment's body with a spec that differs. */
const aDeployment = (spec: Body = {}, metadata: Body = {}) => ({
  metadata: { name: 'one', ...metadata },
  spec: { selector: { matchLabels: { app: 'web' } }, template: template(), ...spec },
});

const rolling = (rollingUpdate: Body) => aDeployment({ strategy: { rollingUpdate } });

describeResourceContract(deployments, { valid: aDeployment });

describe('What a new deployment leaves out', () => {
  it('is filled in', async () => {
    await using fixture = await ResourceFixture.open(deployments);
    const { object } = await fixture.create(aDeployment());
    expect(object?.spec).to.deep.include({
      replicas: 1,
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
      strategy: {
        type: 'RollingUpdate',
        rollingUpdate: { maxUnavailable: '25%', maxSurge: '25%' },
      },
    });
    expect(object?.spec.template.spec).to.deep.include({
      restartPolicy: 'Always',
      terminationGracePeriodSeconds: 30,
      dnsPolicy: 'ClusterFirst',
      schedulerName: 'default-scheduler',
    });
  });

  it('is not where it says how', async () => {
    await using fixture = await ResourceFixture.open(deployments);
    const { object } = await fixture.create(
      aDeployment({ replicas: 0, strategy: { type: 'Recreate' }, revisionHistoryLimit: 0 }),
    );
    expect(object?.spec).to.deep.include({
      replicas: 0,
      strategy: { type: 'Recreate' },
      revisionHistoryLimit: 0,
    });
  });

  it('has no status, and the first generation', async () => {
    await using fixture = await ResourceFixture.open(deployments);
    const { object } = await fixture.create({
      ...aDeployment({}, { generation: 7 }),
      status: { replicas: 3 },
    });
    expect(object?.status).to.deep.equal({});
    expect(object?.metadata.generation).to.equal(1);
  });
});

describe('What is wrong with a new deployment', () => {
  type Row = readonly [what: string, body: Body, problems: readonly string[]];
  const rows: readonly Row[] = [
    ['nothing', aDeployment(), []],
    [
      'fewer replicas than none',
      aDeployment({ replicas: -1 }),
      ['spec.replicas: Invalid value: -1: must be greater than or equal to 0'],
    ],
    [
      'no selector',
      aDeployment({ selector: undefined }),
      [
        'spec.selector: Required value',
        'spec.template.metadata.labels: Invalid value: {"app":"web"}: `selector` does not match template `labels`',
      ],
    ],
    [
      'an empty selector',
      aDeployment({ selector: {} }),
      ['spec.selector: Invalid value: {}: empty selector is invalid for deployment'],
    ],
    [
      'a selector of other labels',
      aDeployment({ selector: { matchLabels: { app: 'api' } } }),
      [
        'spec.template.metadata.labels: Invalid value: {"app":"web"}: `selector` does not match template `labels`',
      ],
    ],
    [
      'a selector with an operator that is none',
      aDeployment({
        selector: { matchExpressions: [{ key: 'app', operator: 'Like', values: ['w'] }] },
      }),
      [
        'spec.selector.matchExpressions[0].operator: Invalid value: "Like": not a valid selector operator',
        'spec.selector: Invalid value: {"matchExpressions":[{"key":"app","operator":"Like","values":["w"]}]}: invalid label selector',
      ],
    ],
    [
      'a template that ends',
      aDeployment({ template: template(undefined, { restartPolicy: 'Never' }) }),
      ['spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"'],
    ],
    [
      'a template with a deadline',
      aDeployment({ template: template(undefined, { activeDeadlineSeconds: 5 }) }),
      [
        'spec.template.spec.activeDeadlineSeconds: Forbidden: activeDeadlineSeconds in ReplicaSet is not Supported',
      ],
    ],
    [
      'a template without containers',
      aDeployment({ template: template(undefined, { containers: [] }) }),
      ['spec.template.spec.containers: Required value'],
    ],
    [
      'a strategy that is none',
      aDeployment({ strategy: { type: 'Slow' } }),
      [
        'spec.strategy: Unsupported value: {"Type":"Slow","RollingUpdate":null}: supported values: "Recreate", "RollingUpdate"',
      ],
    ],
    [
      'a rolling update where there is none',
      aDeployment({ strategy: { type: 'Recreate', rollingUpdate: {} } }),
      [
        "spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'",
      ],
    ],
    [
      'an update that cannot go on',
      rolling({ maxUnavailable: 0, maxSurge: '0%' }),
      [
        'spec.strategy.rollingUpdate.maxUnavailable: Invalid value: 0: may not be 0 when `maxSurge` is 0',
      ],
    ],
    ['all unavailable', rolling({ maxUnavailable: '100%' }), []],
    [
      'more unavailable than there are',
      rolling({ maxUnavailable: '101%' }),
      [
        'spec.strategy.rollingUpdate.maxUnavailable: Invalid value: "101%": must not be greater than 100%',
      ],
    ],
    [
      'a surge that is no number',
      rolling({ maxSurge: 'many' }),
      [
        "spec.strategy.rollingUpdate.maxSurge: Invalid value: \"many\": a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')",
      ],
    ],
    [
      'a surge below none',
      rolling({ maxSurge: -1 }),
      [
        'spec.strategy.rollingUpdate.maxSurge: Invalid value: -1: must be greater than or equal to 0',
      ],
    ],
    [
      'a deadline that is over before a pod counts',
      aDeployment({ minReadySeconds: 10, progressDeadlineSeconds: 10 }),
      ['spec.progressDeadlineSeconds: Invalid value: 10: must be greater than minReadySeconds'],
    ],
    [
      'negative numbers of all kinds',
      aDeployment({ minReadySeconds: -1, revisionHistoryLimit: -2, progressDeadlineSeconds: -3 }),
      [
        'spec.minReadySeconds: Invalid value: -1: must be greater than or equal to 0',
        'spec.revisionHistoryLimit: Invalid value: -2: must be greater than or equal to 0',
        'spec.progressDeadlineSeconds: Invalid value: -3: must be greater than or equal to 0',
        'spec.progressDeadlineSeconds: Invalid value: -3: must be greater than minReadySeconds',
      ],
    ],
  ];
  for (const [what, body, problems] of rows) {
    it(`is said of ${what}`, async () => {
      await using fixture = await ResourceFixture.open(deployments);
      expect((await fixture.create(body)).problems).to.deep.equal(problems);
    });
  }
});

describe('A change of a deployment', () => {
  it('cannot change what it selects', async () => {
    await using fixture = await ResourceFixture.open(deployments);
    await fixture.create(aDeployment());
    const { problems } = await fixture.update(({ spec }) => {
      spec.selector = { matchLabels: { app: 'api' } };
      spec.template.metadata.labels = { app: 'api' };
    });
    expect(problems).to.deep.equal([
      'spec.selector: Invalid value: {"matchLabels":{"app":"api"}}: field is immutable',
    ]);
  });

  const rows: readonly (readonly [
    what: string,
    change: (deployment: Deployment) => void,
    generation: number,
  ])[] = [
    ['counts its spec', ({ spec }) => void (spec.replicas = 3), 2],
    [
      'counts annotations, which replica sets get',
      ({ metadata }) => void (metadata.annotations = { a: 'b' }),
      2,
    ],
    ['does not count labels', ({ metadata }) => void (metadata.labels = { a: 'b' }), 1],
    ['does not count its status', ({ status }) => void (status.replicas = 9), 1],
  ];
  for (const [what, change, generation] of rows) {
    it(what, async () => {
      await using fixture = await ResourceFixture.open(deployments);
      await fixture.create(aDeployment());
      const { object } = await fixture.update(change);
      expect(object?.metadata.generation).to.equal(generation);
      expect(object?.status).to.deep.equal({});
    });
  }
});

describe('The status of a deployment', () => {
  it('changes without its spec and its labels', async () => {
    await using fixture = await ResourceFixture.open(deployments);
    await fixture.create(aDeployment({}, { labels: { a: 'b' } }));
    const { object } = await fixture.update((deployment) => {
      deployment.spec.replicas = 7;
      deployment.metadata.labels = {};
      deployment.metadata.annotations = { c: 'd' };
      deployment.status = { replicas: 2, readyReplicas: 1 };
    }, 'status');
    expect(object?.spec.replicas).to.equal(1);
    expect(object?.metadata.labels).to.deep.equal({ a: 'b' });
    expect(object?.metadata.annotations).to.deep.equal({ c: 'd' });
    expect(object?.status).to.deep.equal({ replicas: 2, readyReplicas: 1 });
  });

  const rows: readonly (readonly [
    what: string,
    status: Deployment['status'],
    problems: readonly string[],
  ])[] = [
    [
      'cannot have more ready than there are',
      { replicas: 1, readyReplicas: 2, updatedReplicas: 2, availableReplicas: 3 },
      [
        'status.updatedReplicas: Invalid value: 2: cannot be greater than status.replicas',
        'status.readyReplicas: Invalid value: 2: cannot be greater than status.replicas',
        'status.availableReplicas: Invalid value: 3: cannot be greater than status.replicas',
        'status.availableReplicas: Invalid value: 3: cannot be greater than readyReplicas',
      ],
    ],
    [
      'counts from nothing',
      { observedGeneration: -1, collisionCount: -1 },
      [
        'status.observedGeneration: Invalid value: -1: must be greater than or equal to 0',
        'status.collisionCount: Invalid value: -1: must be greater than or equal to 0',
      ],
    ],
  ];
  for (const [what, status, problems] of rows) {
    it(what, async () => {
      await using fixture = await ResourceFixture.open(deployments);
      await fixture.create(aDeployment());
      const answer = await fixture.update(
        (deployment) => void (deployment.status = status),
        'status',
      );
      expect(answer.problems).to.deep.equal(problems);
    });
  }

  it('never counts fewer collisions', async () => {
    await using fixture = await ResourceFixture.open(deployments);
    await fixture.create(aDeployment());
    await fixture.update(({ status }) => void (status.collisionCount = 2), 'status');
    const again = await fixture.update(({ status }) => void (status.replicas = 1), 'status');
    expect(again.problems).to.deep.equal([]);
    const none = await fixture.update(({ status }) => void delete status.collisionCount, 'status');
    expect(none.problems).to.deep.equal([
      'status.collisionCount: Invalid value: 0: cannot be decremented',
    ]);
    const { problems } = await fixture.update(
      ({ status }) => void (status.collisionCount = 1),
      'status',
    );
    expect(problems).to.deep.equal([
      'status.collisionCount: Invalid value: 1: cannot be decremented',
    ]);
  });
});

describe('The scale of a deployment', () => {
  it('says how many there are, how many are wanted, and which they are', async () => {
    await using fixture = await ResourceFixture.open(deployments);
    await fixture.create(aDeployment({ replicas: 3 }));
    await fixture.update(({ status }) => void (status.replicas = 2), 'status');
    const { object } = await fixture.get<Scale>('scale');
    expect(object).to.deep.include({
      kind: 'Scale',
      apiVersion: 'autoscaling/v1',
      spec: { replicas: 3 },
      status: { replicas: 2, selector: 'app=web' },
    });
    expect(object?.metadata).to.include({ name: 'one', namespace: 'default' });
  });

  it('changes how many are wanted', async () => {
    await using fixture = await ResourceFixture.open(deployments);
    await fixture.create(aDeployment());
    const { object } = await fixture.update<Scale>(({ spec }) => void (spec.replicas = 5), 'scale');
    expect(object?.spec).to.deep.equal({ replicas: 5 });
    const after = (await fixture.get()).object;
    expect(after?.spec.replicas).to.equal(5);
    expect(after?.metadata.generation).to.equal(2);
  });

  it('goes down to none', async () => {
    await using fixture = await ResourceFixture.open(deployments);
    await fixture.create(aDeployment());
    await fixture.update<Scale>(({ spec }) => void (spec.replicas = 0), 'scale');
    expect((await fixture.get()).object?.spec.replicas).to.equal(0);
  });

  it('does not go below', async () => {
    await using fixture = await ResourceFixture.open(deployments);
    await fixture.create(aDeployment());
    const { problems } = await fixture.update<Scale>(
      ({ spec }) => void (spec.replicas = -1),
      'scale',
    );
    expect(problems).to.deep.equal([
      'spec.replicas: Invalid value: -1: must be greater than or equal to 0',
    ]);
  });

  it('is refused from an old revision', async () => {
    await using fixture = await ResourceFixture.open(deployments);
    await fixture.create(aDeployment());
    const { problems } = await fixture.update<Scale>(({ metadata, spec }) => {
      metadata.resourceVersion = '1';
      spec.replicas = 2;
    }, 'scale');
    expect(problems).to.deep.equal([
      'Operation cannot be fulfilled on deployments.apps "one": the object has been modified; please apply your changes to the latest version and try again',
    ]);
  });
});

describe('The author of a deployment', () => {
  it('is warned of a name that no host can have', async () => {
    await using fixture = await ResourceFixture.open(deployments);
    const { warnings } = await fixture.create(aDeployment({}, { name: 'a.b' }));
    expect(warnings).to.deep.equal([
      'metadata.name: this is used in Pod names and hostnames, which can result in surprising behavior; a DNS label is recommended: [must not contain dots]',
    ]);
  });

  it('is warned of what is odd about its template, and again only when it changes', async () => {
    const env = [
      { name: 'A', value: '1' },
      { name: 'A', value: '2' },
    ];
    const containers = [{ name: 'c', image: 'nginx', env }];
    const hides = [
      'spec.template.spec.containers[0].env[1]: hides previous definition of "A", which may be dropped when using apply',
    ];
    await using fixture = await ResourceFixture.open(deployments);
    const body = aDeployment({ template: template(undefined, { containers }) });
    expect((await fixture.create(body)).warnings).to.deep.equal(hides);
    const labelled = await fixture.update(({ metadata }) => void (metadata.labels = { a: 'b' }));
    expect(labelled.warnings).to.deep.equal([]);
  });
});

describe('A deployment in a table', () => {
  it('shows how far it is, and in full what it runs', () => {
    const deployment = {
      ...aDeployment({
        replicas: 3,
        template: template(undefined, {
          containers: [
            { name: 'a', image: 'nginx' },
            { name: 'b', image: 'redis' },
          ],
        }),
      }),
      status: { readyReplicas: 1, updatedReplicas: 2, availableReplicas: 1 },
    } as unknown as Deployment;
    expect(deployments.table?.cells(deployment, 0)).to.deep.equal([
      'one',
      '1/3',
      2,
      1,
      '<unknown>',
      'a,b',
      'nginx,redis',
      'app=web',
    ]);
    const wide = deployments.table?.columns.filter(({ priority }) => priority === 1);
    expect(wide?.map(({ name }) => name)).to.deep.equal(['Containers', 'Images', 'Selector']);
  });
});

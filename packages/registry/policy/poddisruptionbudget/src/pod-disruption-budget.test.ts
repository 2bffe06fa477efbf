import { describeResourceContract, ResourceFixture } from '@keelson/generic-registry/testing';
import type { PodDisruptionBudget } from '@keelson/kubernetes-api/policy/v1';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { podDisruptionBudgets } from './index.ts';

const spec = { minAvailable: 1, selector: { matchLabels: { app: 'a' } } };

describeResourceContract(podDisruptionBudgets, {
  valid: () => ({ metadata: { name: 'one' }, spec }),
});

type Fields = Readonly<Record<string, unknown>>;

/** What is asked for, and what kube-apiserver 1.37 finds wrong with it. */
type Row = readonly [what: string, fields: Fields, problems: readonly string[]];

/** Sets fields; what is null goes. */
function assign(target: object, fields: Fields): void {
  for (const [field, value] of Object.entries(fields))
    if (value === null) Reflect.deleteProperty(target, field);
    else Reflect.set(target, field, value);
}

const opened = () => ResourceFixture.open(podDisruptionBudgets);

describe('What is wrong with a new budget', () => {
  const rows: readonly Row[] = [
    ['an amount that must stay', { minAvailable: 1, selector: { matchLabels: { app: 'a' } } }, []],
    [
      'a share that must stay',
      { minAvailable: '50%', selector: { matchLabels: { app: 'a' } } },
      [],
    ],
    ['an amount that may go', { maxUnavailable: 0, selector: { matchLabels: { app: 'a' } } }, []],
    ['neither', { selector: { matchLabels: { app: 'a' } } }, []],
    ['no selector', { minAvailable: 1 }, []],
    ['an empty selector', { minAvailable: 1, selector: {} }, []],
    [
      'both',
      { minAvailable: 1, maxUnavailable: '5%' },
      [
        'spec: Invalid value: {"MinAvailable":1,"Selector":null,"MaxUnavailable":"5%","UnhealthyPodEvictionPolicy":null}: minAvailable and maxUnavailable cannot be both set',
      ],
    ],
    [
      'a negative amount',
      { minAvailable: -1, selector: { matchLabels: { app: 'a' } } },
      ['spec.minAvailable: Invalid value: -1: must be greater than or equal to 0'],
    ],
    [
      'a negative share',
      { maxUnavailable: '-1%', selector: { matchLabels: { app: 'a' } } },
      [
        "spec.maxUnavailable: Invalid value: \"-1%\": a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')",
      ],
    ],
    [
      'more than all',
      { maxUnavailable: '101%', selector: { matchLabels: { app: 'a' } } },
      ['spec.maxUnavailable: Invalid value: "101%": must not be greater than 100%'],
    ],
    [
      'a text',
      { minAvailable: 'x', selector: { matchLabels: { app: 'a' } } },
      [
        "spec.minAvailable: Invalid value: \"x\": a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')",
      ],
    ],
    [
      'an amount in quotes',
      { minAvailable: '5', selector: { matchLabels: { app: 'a' } } },
      [
        "spec.minAvailable: Invalid value: \"5\": a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')",
      ],
    ],
    [
      'a label that is none',
      { minAvailable: 1, selector: { matchLabels: { 'a b': 'c!' } } },
      [
        "spec.selector.matchLabels: Invalid value: \"a b\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
        "spec.selector.matchLabels: Invalid value: \"c!\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
      ],
    ],
    [
      'an unknown operator',
      {
        minAvailable: 1,
        selector: { matchExpressions: [{ key: 'a', operator: 'Is', values: ['b'] }] },
      },
      [
        'spec.selector.matchExpressions[0].operator: Invalid value: "Is": not a valid selector operator',
      ],
    ],
    [
      'an operator without values',
      { minAvailable: 1, selector: { matchExpressions: [{ key: 'a', operator: 'In' }] } },
      [
        "spec.selector.matchExpressions[0].values: Required value: must be specified when `operator` is 'In' or 'NotIn'",
      ],
    ],
    [
      'a policy for the unhealthy',
      {
        minAvailable: 1,
        selector: { matchLabels: { app: 'a' } },
        unhealthyPodEvictionPolicy: 'AlwaysAllow',
      },
      [],
    ],
    [
      'an unknown policy',
      {
        minAvailable: 1,
        selector: { matchLabels: { app: 'a' } },
        unhealthyPodEvictionPolicy: 'Never',
      },
      [
        'spec.unhealthyPodEvictionPolicy: Unsupported value: "Never": supported values: "AlwaysAllow", "IfHealthyBudget"',
      ],
    ],
  ];
  for (const [what, wanted, problems] of rows) {
    it(`is said of ${what}`, async () => {
      await using fixture = await opened();
      expect((await fixture.create({ spec: wanted })).problems).to.deep.equal(problems);
    });
  }

  it('is not that a finalizer does not say whose it is', async () => {
    await using fixture = await opened();
    const metadata = { name: 'one', finalizers: ['short'] };
    expect((await fixture.create({ metadata, spec })).problems).to.deep.equal([]);
  });

  it('is little of its name', async () => {
    await using fixture = await opened();
    expect(
      (await fixture.create({ metadata: { name: 'Has_Space and More' }, spec })).problems,
    ).to.deep.equal([]);
  });
});

describe('What is wrong with a changed budget', () => {
  const rows: readonly Row[] = [
    ['another amount', { minAvailable: 2 }, []],
    ['an amount that may go instead', { minAvailable: null, maxUnavailable: 1 }, []],
    [
      'both',
      { maxUnavailable: 1 },
      [
        'spec: Invalid value: {"MinAvailable":1,"Selector":{"matchLabels":{"app":"a"}},"MaxUnavailable":1,"UnhealthyPodEvictionPolicy":null}: minAvailable and maxUnavailable cannot be both set',
      ],
    ],
    ['another selector', { selector: { matchLabels: { app: 'b' } } }, []],
    [
      'a label that is none',
      { selector: { matchLabels: { app: 'c!' } } },
      [
        "spec.selector.matchLabels: Invalid value: \"c!\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
      ],
    ],
    [
      'an unknown policy',
      { unhealthyPodEvictionPolicy: 'Never' },
      [
        'spec.unhealthyPodEvictionPolicy: Unsupported value: "Never": supported values: "AlwaysAllow", "IfHealthyBudget"',
      ],
    ],
  ];
  for (const [what, change, problems] of rows) {
    it(`is said of ${what}`, async () => {
      await using fixture = await opened();
      await fixture.create({ spec });
      const answer = await fixture.update((budget) => assign(budget.spec, change));
      expect(answer.problems).to.deep.equal(problems);
    });
  }

  it('is that it names no version', async () => {
    await using fixture = await opened();
    await fixture.create({ spec });
    const { problems } = await fixture.update(
      (budget) => void delete budget.metadata.resourceVersion,
    );
    expect(problems).to.deep.equal([
      'metadata.resourceVersion: Invalid value: 0: must be specified for an update',
    ]);
  });
});

describe("What is wrong with a budget's status", () => {
  const rows: readonly Row[] = [
    [
      'numbers of pods',
      { disruptionsAllowed: 1, currentHealthy: 2, desiredHealthy: 1, expectedPods: 2 },
      [],
    ],
    [
      'negative numbers',
      { disruptionsAllowed: -1, currentHealthy: -1, desiredHealthy: -1, expectedPods: -1 },
      [
        'status.disruptionsAllowed: Invalid value: -1: must be greater than or equal to 0',
        'status.currentHealthy: Invalid value: -1: must be greater than or equal to 0',
        'status.desiredHealthy: Invalid value: -1: must be greater than or equal to 0',
        'status.expectedPods: Invalid value: -1: must be greater than or equal to 0',
      ],
    ],
    [
      'a condition without a reason',
      {
        disruptionsAllowed: 0,
        currentHealthy: 0,
        desiredHealthy: 0,
        expectedPods: 0,
        conditions: [
          {
            type: 'DisruptionAllowed',
            status: 'True',
            lastTransitionTime: '2026-11-24T10:00:00Z',
            message: '',
          },
        ],
      },
      ['status.conditions[0].reason: Required value'],
    ],
    [
      'a condition twice',
      {
        disruptionsAllowed: 0,
        currentHealthy: 0,
        desiredHealthy: 0,
        expectedPods: 0,
        conditions: [
          {
            type: 'DisruptionAllowed',
            status: 'True',
            lastTransitionTime: '2026-11-24T10:00:00Z',
            reason: 'R',
            message: '',
          },
          {
            type: 'DisruptionAllowed',
            status: 'True',
            lastTransitionTime: '2026-11-24T10:00:00Z',
            reason: 'R',
            message: '',
          },
        ],
      },
      ['status.conditions[1]: Duplicate value: "DisruptionAllowed"'],
    ],
  ];
  for (const [what, status, problems] of rows) {
    it(`is said of ${what}`, async () => {
      await using fixture = await opened();
      await fixture.create({ spec });
      const answer = await fixture.update((budget) => assign(budget.status, status), 'status');
      expect(answer.problems).to.deep.equal(problems);
    });
  }
});

describe('A budget', () => {
  const counted = { disruptionsAllowed: 1, currentHealthy: 2, desiredHealthy: 1, expectedPods: 2 };
  const uncounted = {
    disruptionsAllowed: 0,
    currentHealthy: 0,
    desiredHealthy: 0,
    expectedPods: 0,
  };

  it('starts uncounted, in its first generation', async () => {
    await using fixture = await opened();
    const { object } = await fixture.create({ spec, status: counted });
    expect(object?.status).to.deep.equal(uncounted);
    expect(object?.metadata.generation).to.equal(1);
  });

  it('keeps what was counted when its spec is written, and its spec when it is counted', async () => {
    await using fixture = await opened();
    await fixture.create({ spec });
    await fixture.update((budget) => {
      assign(budget.status, counted);
      budget.spec.minAvailable = 7;
    }, 'status');
    const { object } = await fixture.update((budget) => assign(budget.status, uncounted));
    expect(object).to.deep.include({ status: counted, spec });
  });

  it('counts its generations by its spec', async () => {
    await using fixture = await opened();
    await fixture.create({ spec });
    const generations: unknown[] = [];
    const changes: ((budget: PodDisruptionBudget) => void)[] = [
      ({ metadata }) => void (metadata.labels = { a: 'b' }),
      (budget) => void (budget.spec.minAvailable = 2),
      (budget) => void (budget.spec.minAvailable = 2),
    ];
    for (const change of changes)
      generations.push((await fixture.update(change)).object?.metadata.generation);
    expect(generations).to.deep.equal([1, 2, 2]);
  });
});

describe('The table of budgets shows', () => {
  const rows: readonly (readonly [what: string, spec: Fields, cells: readonly unknown[]])[] = [
    ['a share that must stay', { minAvailable: '50%' }, ['one', '50%', 'N/A', 0, '0s']],
    ['an amount that may go', { maxUnavailable: 0 }, ['one', 'N/A', '0', 0, '0s']],
    ['neither', {}, ['one', 'N/A', 'N/A', 0, '0s']],
  ];
  for (const [what, shown, cells] of rows) {
    it(what, async () => {
      await using fixture = await opened();
      const { object } = await fixture.create({ spec: shown });
      const { store, clock } = fixture.opened;
      expect(object && store.tableCells(object, clock.now())).to.deep.equal(cells);
    });
  }
});

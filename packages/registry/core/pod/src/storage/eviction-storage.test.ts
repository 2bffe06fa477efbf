import { StatusError, type KubernetesObject } from '@keelson/api-machinery';
import type { Resource, Store } from '@keelson/generic-registry';
import { aContext, openTestStore, type TestStore } from '@keelson/generic-registry/testing';
import type { Eviction, PodDisruptionBudget } from '@keelson/kubernetes-api/policy/v1';
import type { Creater } from '@keelson/rest-interfaces';
import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { PodFixture } from '../testing/pod-fixture.ts';

/** The least that budgets need to be stored. */
const budgetResource: Resource<PodDisruptionBudget> = {
  kind: 'PodDisruptionBudget',
  typeId: 'policy/v1.PodDisruptionBudget',
  plural: 'poddisruptionbudgets',
  strategy: { namespaced: true },
};

const context = aContext({ namespace: 'default' });
const spec = { nodeName: 'n', containers: [{ name: 'c', image: 'i' }] };

describe('An eviction', () => {
  let fixture: PodFixture;
  let budgets: TestStore<PodDisruptionBudget>;
  beforeEach(async () => {
    budgets = await openTestStore(budgetResource);
    fixture = await PodFixture.open(
      <T extends KubernetesObject>() => budgets.store as unknown as Store<T>,
    );
  });
  afterEach(async () => {
    await fixture[Symbol.asyncDispose]();
    await budgets[Symbol.asyncDispose]();
  });

  const evict = (body: Partial<Eviction> = {}, dryRun = false) =>
    (fixture.subresources['eviction'] as unknown as Creater<Eviction>).create(
      { metadata: { name: 'p' }, ...body },
      { dryRun },
      context,
      'p',
    );
  const refusal = async (body: Partial<Eviction> = {}): Promise<StatusError> => {
    const error: unknown = await evict(body).then(
      () => new Error('it was not refused'),
      (reason: unknown) => reason,
    );
    if (!(error instanceof StatusError)) throw error;
    return error;
  };
  const addBudget = (name: string, status: Record<string, unknown>) =>
    budgets.store.create(
      budgets.decoded({
        metadata: { name, generation: 1 },
        spec: { selector: { matchLabels: { app: 'a' } } },
        status,
      }),
      { dryRun: false },
      context,
    );
  const addPod = async (phase = 'Running', ready = true) => {
    await fixture.create(spec, { labels: { app: 'a' } });
    const conditions = [{ type: 'Ready', status: ready ? 'True' : 'False' }];
    await fixture.update(
      (pod) => Object.assign(pod.status, { phase, conditions }),
      'status',
      false,
    );
  };
  const pod = async () => (await fixture.opened.store.get('p', {}, context)).object;
  const budget = async (name: string) => (await budgets.store.get(name, {}, context)).object;
  const counted = (disruptionsAllowed: number, more = {}) => ({
    observedGeneration: 1,
    disruptionsAllowed,
    currentHealthy: 2,
    desiredHealthy: 1,
    expectedPods: 2,
    ...more,
  });

  it('deletes a pod that no budget protects, and says why', async () => {
    await addPod();
    await evict({ deleteOptions: { gracePeriodSeconds: 11 } });
    const { metadata, status } = await pod();
    expect(metadata.deletionGracePeriodSeconds).to.equal(11);
    expect(status.conditions?.find(({ type }) => type === 'DisruptionTarget')).to.include({
      status: 'True',
      reason: 'EvictionByEvictionAPI',
    });
  });

  it('takes one disruption from the budget', async () => {
    await addPod();
    await addBudget('b', counted(1));
    await evict();
    const { status } = await budget('b');
    expect(status.disruptionsAllowed).to.equal(0);
    expect(status.disruptedPods).to.have.all.keys('p');
    expect((await pod()).metadata.deletionTimestamp).to.not.equal(undefined);
  });

  it('is refused when the budget allows none', async () => {
    await addPod();
    await addBudget('b', counted(0, { currentHealthy: 1 }));
    const error = await refusal();
    expect([error.code, error.reason, error.message]).to.deep.equal([
      429,
      'TooManyRequests',
      "Cannot evict pod as it would violate the pod's disruption budget.",
    ]);
    expect(error.details?.causes).to.deep.equal([
      {
        reason: 'DisruptionBudget',
        message: 'The disruption budget b needs 1 healthy pods and has 1 currently',
      },
    ]);
    expect((await pod()).metadata.deletionTimestamp).to.equal(undefined);
  });

  it('has to wait when nobody has counted yet', async () => {
    await addPod();
    await addBudget('b', counted(1, { observedGeneration: 0 }));
    const error = await refusal();
    expect(error.code).to.equal(429);
    expect(error.details?.retryAfterSeconds).to.equal(10);
  });

  it('is refused where two budgets protect the pod', async () => {
    await addPod();
    await addBudget('a', counted(1));
    await addBudget('b', counted(1));
    expect((await refusal()).code).to.equal(500);
  });

  for (const phase of ['Pending', 'Succeeded', 'Failed']) {
    it(`asks no budget for a pod that is ${phase}`, async () => {
      await addPod(phase);
      await addBudget('b', counted(0));
      await evict();
      expect((await budget('b')).status.disruptedPods).to.equal(undefined);
    });
  }

  it('asks no budget for a pod that does not serve, where enough others do', async () => {
    await addPod('Running', false);
    await addBudget('b', counted(0));
    await evict();
    expect((await pod()).metadata.deletionTimestamp).to.not.equal(undefined);
  });

  it('changes nothing on a dry run', async () => {
    await addPod();
    await addBudget('b', counted(1));
    await evict({}, true);
    expect((await budget('b')).status.disruptionsAllowed).to.equal(1);
    expect((await pod()).metadata.deletionTimestamp).to.equal(undefined);
  });

  it('is refused when it is meant for an earlier pod of the name', async () => {
    await addPod();
    expect((await refusal({ deleteOptions: { preconditions: { uid: 'other' } } })).code).to.equal(
      409,
    );
  });

  it('is refused of another name than the path', async () => {
    await addPod();
    expect((await refusal({ metadata: { name: 'q' } })).message).to.equal(
      'name in URL does not match name in Eviction object',
    );
  });

  it('gives out no more disruptions than there are, however many ask at once', async () => {
    await addPod();
    await addBudget('b', counted(1));
    await Promise.allSettled(Array.from({ length: 5 }, () => evict()));
    expect((await budget('b')).status.disruptionsAllowed).to.equal(0);
  });
});

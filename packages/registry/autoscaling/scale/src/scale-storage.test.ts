import type { ManagedFieldsEntry } from '@keelson/api-machinery';
import type { Resource } from '@keelson/generic-registry';
import { aContext, ResourceFixture } from '@keelson/generic-registry/testing';
import type { Deployment } from '@keelson/kubernetes-api/apps/v1';
import type { Scale } from '@keelson/kubernetes-api/autoscaling/v1';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { ScaleStorage } from './index.ts';

/** A resource that has replicas, and no rules of its own. */
const scalables: Resource<Deployment> = {
  kind: 'Deployment',
  typeId: 'apps/v1.Deployment',
  plural: 'deployments',
  strategy: { namespaced: true },
  subresources: (store) => ({ scale: new ScaleStorage(store) }),
};

const owner = (
  manager: string,
  fieldsV1: ManagedFieldsEntry['fieldsV1'],
  more: Partial<ManagedFieldsEntry> = {},
): ManagedFieldsEntry => ({
  manager,
  operation: 'Update',
  apiVersion: 'apps/v1',
  time: '2026-11-24T10:00:00Z',
  fieldsType: 'FieldsV1',
  fieldsV1,
  ...more,
});
const replicas = { 'f:replicas': {} };

async function opened(spec: object = {}, managedFields: readonly ManagedFieldsEntry[] = []) {
  const fixture = await ResourceFixture.open(scalables);
  await fixture.create({
    metadata: { name: 'one', managedFields, labels: { a: 'b' } },
    spec: { replicas: 3, selector: { matchLabels: { app: 'web' } }, ...spec },
  });
  return fixture;
}

const scaleTo =
  (count: number) =>
  ({ spec }: Scale): void =>
    void (spec.replicas = count);

describe('A scale', () => {
  it('has the identity of what it scales, and nothing else of its metadata', async () => {
    await using fixture = await opened();
    const { object } = await fixture.get<Scale>('scale');
    const { uid, resourceVersion, creationTimestamp } =
      (await fixture.get()).object?.metadata ?? {};
    expect(object?.metadata).to.deep.equal({
      name: 'one',
      namespace: 'default',
      uid,
      resourceVersion,
      creationTimestamp,
    });
  });

  const selectors: readonly (readonly [what: string, selector: object, text: string])[] = [
    ['labels', { matchLabels: { b: '2', a: '1' } }, 'a=1,b=2'],
    [
      'expressions',
      {
        matchExpressions: [
          { key: 'a', operator: 'In', values: ['y', 'x'] },
          { key: 'b', operator: 'DoesNotExist' },
        ],
      },
      'a in (x,y),!b',
    ],
  ];
  for (const [what, selector, text] of selectors) {
    it(`writes a selector of ${what} as a query`, async () => {
      await using fixture = await opened({ selector });
      expect((await fixture.get<Scale>('scale')).object?.status.selector).to.equal(text);
    });
  }

  it('is an error where there is nothing to scale', async () => {
    await using fixture = await ResourceFixture.open(scalables);
    expect((await fixture.get('scale')).problems).to.deep.equal([
      'deployments.apps "one" not found',
    ]);
    expect((await fixture.update<Scale>(scaleTo(1), 'scale')).problems).to.have.length(1);
  });

  it('changes the replicas, and nothing else', async () => {
    await using fixture = await opened();
    const before = (await fixture.get()).object;
    await fixture.update<Scale>((scale) => {
      scale.spec.replicas = 5;
      scale.metadata.labels = { other: 'label' };
      scale.status.replicas = 9;
    }, 'scale');
    const after = (await fixture.get()).object;
    expect(after?.spec).to.deep.equal({ ...before?.spec, replicas: 5 });
    expect(after?.metadata.labels).to.deep.equal({ a: 'b' });
    expect(after?.status).to.deep.equal(before?.status);
  });

  it('writes nothing where nothing changes', async () => {
    await using fixture = await opened();
    const before = (await fixture.get()).object?.metadata.resourceVersion;
    const { object } = await fixture.update<Scale>(scaleTo(3), 'scale');
    expect(object?.metadata.resourceVersion).to.equal(before);
  });

  it('is refused for an object of another uid', async () => {
    await using fixture = await opened();
    const uid = (await fixture.get()).object?.metadata.uid;
    const { problems } = await fixture.update<Scale>(
      (scale) => void (scale.metadata.uid = 'other'),
      'scale',
    );
    expect(problems).to.deep.equal([
      `Operation cannot be fulfilled on deployments/scale.apps "one": Precondition failed: UID in precondition: other, UID in object meta: ${uid}`,
    ]);
  });

  it('is written over whatever revision where it names none', async () => {
    await using fixture = await opened();
    const { problems } = await fixture.update<Scale>((scale) => {
      delete scale.metadata.resourceVersion;
      scale.spec.replicas = 5;
    }, 'scale');
    expect(problems).to.deep.equal([]);
    expect((await fixture.get()).object?.spec.replicas).to.equal(5);
  });

  it('is seen by validating admission as a scale, before and after', async () => {
    await using fixture = await opened();
    const storage = fixture.opened.subresource('scale') as ScaleStorage<Deployment>;
    const seen: unknown[] = [];
    const { created } = await storage.update(
      'one',
      { apply: async (scale) => ({ ...(scale as Scale), spec: { replicas: 5 } }) },
      {
        dryRun: true,
        validate: async (scale, old) => void seen.push([scale.spec.replicas, old?.spec.replicas]),
      },
      aContext({ namespace: 'default' }),
    );
    expect(created).to.equal(false);
    expect(seen).to.deep.equal([[5, 3]]);
  });

  it('keeps the conditions of who asks', async () => {
    await using fixture = await opened();
    const storage = fixture.opened.subresource('scale') as ScaleStorage<Deployment>;
    const refusal = await storage
      .update(
        'one',
        {
          preconditions: { uid: 'other' },
          apply: async (scale) => ({ ...(scale as Scale), spec: { replicas: 5 } }),
        },
        { dryRun: false },
        aContext({ namespace: 'default' }),
      )
      .catch((error: unknown) => error);
    expect(String(refusal)).to.match(/Precondition failed: UID in precondition: other/);
  });

  it('shows what is wanted and what is there', async () => {
    await using fixture = await opened();
    const storage = fixture.opened.subresource('scale') as ScaleStorage<Deployment>;
    const { object } = await fixture.get<Scale>('scale');
    if (object === undefined) throw new Error('there is no scale');
    expect(storage.tableColumns.map(({ name }) => name)).to.deep.equal([
      'Name',
      'Desired',
      'Available',
      'Age',
    ]);
    expect(storage.tableCells(object, fixture.opened.clock.now())).to.deep.equal([
      'one',
      3,
      0,
      '0s',
    ]);
  });
});

describe('Who owns the replicas', () => {
  const all = [
    owner('applier', { 'f:spec': { ...replicas, 'f:selector': {} } }, { operation: 'Apply' }),
    owner('labeller', { 'f:metadata': { 'f:labels': {} } }),
  ];

  it('is told of the scale, too', async () => {
    await using fixture = await opened({}, all);
    let seen: readonly ManagedFieldsEntry[] | undefined;
    await fixture.update<Scale>(({ metadata }) => void (seen = metadata.managedFields), 'scale');
    expect(seen).to.deep.equal([
      owner(
        'applier',
        { 'f:spec': replicas },
        { operation: 'Apply', apiVersion: 'autoscaling/v1' },
      ),
    ]);
  });

  it('is who scales, and nobody else any more', async () => {
    await using fixture = await opened({}, all);
    await fixture.update<Scale>((scale) => {
      scale.spec.replicas = 7;
      scale.metadata.managedFields = [
        owner(
          'scaler',
          { 'f:spec': replicas },
          { apiVersion: 'autoscaling/v1', subresource: 'scale' },
        ),
      ];
    }, 'scale');
    const { time: _, ...scaler } = owner(
      'scaler',
      { 'f:spec': replicas },
      { subresource: 'scale' },
    );
    expect((await fixture.get()).object?.metadata.managedFields).to.have.deep.members([
      owner('applier', { 'f:spec': { 'f:selector': {} } }, { operation: 'Apply' }),
      owner('labeller', { 'f:metadata': { 'f:labels': {} } }),
      scaler,
    ]);
  });

  it('is told in order: appliers first, then by time and by name', async () => {
    const at = (time: string) => ({ time });
    const owners = [
      owner('z', { 'f:metadata': {} }, at('2026-11-24T09:00:00Z')),
      owner('b', { 'f:metadata': {} }, at('2026-11-24T08:00:00Z')),
      owner('a', { 'f:metadata': {} }, at('2026-11-24T09:00:00Z')),
      owner('applier', { 'f:metadata': {} }, { operation: 'Apply' }),
    ];
    await using fixture = await opened({}, owners);
    await fixture.update<Scale>(scaleTo(7), 'scale');
    const { managedFields = [] } = (await fixture.get()).object?.metadata ?? {};
    expect(managedFields.map(({ manager }) => manager)).to.deep.equal(['applier', 'b', 'a', 'z']);
  });

  it('is still who owned them where nobody else scaled', async () => {
    await using fixture = await opened({}, all);
    await fixture.update<Scale>(scaleTo(7), 'scale');
    expect((await fixture.get()).object?.metadata.managedFields).to.have.deep.members(all);
  });
});

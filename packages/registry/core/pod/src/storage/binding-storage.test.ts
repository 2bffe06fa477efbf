import { StatusError } from '@keelson/api-machinery';
import { aContext } from '@keelson/generic-registry/testing';
import type { Binding } from '@keelson/kubernetes-api/core/v1';
import type { Creater } from '@keelson/rest-interfaces';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { PodFixture } from '../testing/pod-fixture.ts';

const spec = { containers: [{ name: 'c', image: 'i' }] };
const context = aContext({ namespace: 'default' });
const to = (name: string, metadata: Record<string, unknown> = {}) =>
  ({ metadata: { name: 'p', ...metadata }, target: { kind: 'Node', name } }) as Binding;

const storageOf = (fixture: PodFixture) =>
  fixture.subresources['binding'] as unknown as Creater<Binding>;
const bind = (fixture: PodFixture, binding: Binding, dryRun = false) =>
  storageOf(fixture).create(binding, { dryRun }, context, 'p');
const stored = async (fixture: PodFixture) =>
  (await fixture.opened.store.get('p', {}, context)).object;

/** What a refused binding is answered. */
async function refusal(fixture: PodFixture, binding: Binding): Promise<StatusError> {
  try {
    await bind(fixture, binding);
  } catch (error) {
    if (error instanceof StatusError) return error;
    throw error;
  }
  throw new Error('the binding was not refused');
}

describe('A binding', () => {
  it('puts the pod on its node, with what it says of it', async () => {
    await using fixture = await PodFixture.open();
    await fixture.create(spec, { annotations: { a: '1' } });
    await bind(fixture, to('n1', { annotations: { b: '2' }, labels: { l: '3' } }));
    const pod = await stored(fixture);
    expect(pod.spec.nodeName).to.equal('n1');
    expect(pod.metadata.annotations).to.deep.equal({ a: '1', b: '2' });
    expect(pod.metadata.labels).to.deep.equal({ l: '3' });
    expect(pod.status.conditions?.[0]).to.include({ type: 'PodScheduled', status: 'True' });
  });

  it('changes nothing on a dry run', async () => {
    await using fixture = await PodFixture.open();
    await fixture.create(spec);
    await bind(fixture, to('n1'), true);
    expect((await stored(fixture)).spec.nodeName).to.equal(undefined);
  });

  type Row = readonly [
    what: string,
    pod: Record<string, unknown>,
    binding: Binding,
    code: number,
    message: string,
  ];
  const refused: readonly Row[] = [
    [
      'of a bound pod',
      { nodeName: 'n0' },
      to('n1'),
      409,
      'Operation cannot be fulfilled on pods/binding "p": pod p is already assigned to node "n0"',
    ],
    [
      'of a gated pod',
      { schedulingGates: [{ name: 'g' }] },
      to('n1'),
      409,
      'Operation cannot be fulfilled on pods/binding "p": pod p has non-empty .spec.schedulingGates',
    ],
    ['to nothing', {}, to(''), 500, 'target.name: Required value'],
    [
      'of another name',
      {},
      { ...to('n1'), metadata: { name: 'q' } },
      400,
      'name in URL does not match name in Binding object',
    ],
  ];
  for (const [what, more, binding, code, message] of refused) {
    it(`is refused: one ${what}`, async () => {
      await using fixture = await PodFixture.open();
      await fixture.create({ ...spec, ...more });
      const error = await refusal(fixture, binding);
      expect([error.code, error.message]).to.deep.equal([code, message]);
    });
  }

  it('is refused when it is meant for an earlier pod of the name', async () => {
    await using fixture = await PodFixture.open();
    await fixture.create(spec);
    const error = await refusal(fixture, to('n1', { uid: 'other' }));
    expect(error.code).to.equal(409);
    expect(error.message).to.contain(
      'Precondition failed: UID in precondition: other, UID in object meta: ',
    );
  });

  it('is one of two at once', async () => {
    await using fixture = await PodFixture.open();
    await fixture.create(spec);
    const results = await Promise.allSettled(
      ['n1', 'n2', 'n3'].map((name) => bind(fixture, to(name))),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).to.have.length(1);
  });
});

import { expect } from 'chai';
import { describe, it } from 'mocha';
import { ServiceFixture } from '../testing/service-fixture.ts';
import { repairServiceAllocations } from './repair.ts';

const spec = { type: 'NodePort', ports: [{ port: 80, nodePort: 30_900 }], clusterIP: '10.0.200.8' };
const ipKey = '/registry/ipaddresses/10.0.200.8';
const portKey = '/registry/ranges/servicenodeports/30900';

async function put(fixture: ServiceFixture, key: string, value: unknown): Promise<void> {
  const bytes = Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
  // oxlint-disable-next-line unicorn/no-thenable -- a transaction's steps
  await fixture.backend.transact({ compare: [], then: [{ type: 'put', key, value: bytes }] });
}

async function remove(fixture: ServiceFixture, ...keys: readonly string[]): Promise<void> {
  const steps = keys.map((key) => ({ type: 'delete' as const, key }));
  // oxlint-disable-next-line unicorn/no-thenable -- a transaction's steps
  await fixture.backend.transact({ compare: [], then: steps });
}

const holderOf = async (fixture: ServiceFixture, key: string): Promise<unknown> =>
  JSON.parse(Buffer.from((await fixture.backend.get(key))?.value ?? []).toString());

const nothing = { restored: [], freed: [], disputed: [] };

describe('The repair of what services hold', () => {
  it('leaves what is right', async () => {
    await using fixture = new ServiceFixture();
    await fixture.create(spec);
    expect(await repairServiceAllocations(fixture.parts)).to.deep.equal(nothing);
    expect(await fixture.held()).to.deep.equal(['10.0.200.8', '30900']);
  });

  it('gives services what something else wrote without holding it', async () => {
    await using fixture = new ServiceFixture();
    await fixture.create(spec);
    await remove(fixture, ipKey, portKey);
    expect(await repairServiceAllocations(fixture.parts)).to.deep.equal({
      ...nothing,
      restored: [ipKey, portKey],
    });
    const { problems } = await fixture.create(spec, { name: 'two' });
    expect(problems).to.have.length(1);
  });

  it('takes from those who are gone', async () => {
    await using fixture = new ServiceFixture();
    await put(fixture, portKey, { service: { namespace: 'default', name: 'gone' } });
    expect(await repairServiceAllocations(fixture.parts)).to.deep.equal({
      ...nothing,
      freed: [portKey],
    });
    expect((await fixture.create(spec)).problems).to.deep.equal([]);
  });

  it('gives back what another was said to hold', async () => {
    await using fixture = new ServiceFixture();
    await fixture.create(spec);
    await put(fixture, portKey, { service: { namespace: 'default', name: 'other' } });
    expect(await repairServiceAllocations(fixture.parts)).to.deep.equal({
      ...nothing,
      restored: [portKey],
    });
    expect(await holderOf(fixture, portKey)).to.deep.equal({
      service: { namespace: 'default', name: 'one' },
    });
  });

  it('says which services dispute something', async () => {
    await using fixture = new ServiceFixture();
    await fixture.create(spec);
    await remove(fixture, ipKey, portKey);
    await fixture.create(spec, { name: 'two' });
    expect(await repairServiceAllocations(fixture.parts)).to.deep.equal({
      ...nothing,
      disputed: [ipKey, portKey],
    });
  });

  it('leaves what it cannot read, and what is not a service’s', async () => {
    await using fixture = new ServiceFixture();
    const foreign = { metadata: {}, spec: { parentRef: { resource: 'gateways', name: 'g' } } };
    await put(fixture, '/registry/ipaddresses/10.0.200.9', 'k8s\0protobuf');
    await put(fixture, '/registry/ipaddresses/10.0.200.10', foreign);
    expect(await repairServiceAllocations(fixture.parts)).to.deep.equal(nothing);
    expect(await fixture.held()).to.have.length(2);
  });
});

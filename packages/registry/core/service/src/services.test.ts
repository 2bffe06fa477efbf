import { describeResourceContract } from '@keelson/generic-registry/testing';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { services } from './index.ts';
import { ServiceFixture, singleStack } from './testing/service-fixture.ts';

const ports = [{ port: 80 }];

describeResourceContract(services(singleStack), {
  valid: () => ({ metadata: { name: 'web' }, spec: { ports: [{ port: 80 }] } }),
});

describe('Services', () => {
  it('have names that are DNS labels', async () => {
    await using fixture = new ServiceFixture();
    const { problems } = await fixture.create({ ports }, { name: 'a.b' });
    expect(problems).to.deep.equal(['metadata.name: Invalid value: "a.b": must not contain dots']);
  });

  it('keep to that in what names are made of, changed ones too', async () => {
    await using fixture = new ServiceFixture();
    await fixture.create({ ports });
    const { problems } = await fixture.update(
      ({ metadata }) => void (metadata.generateName = 'a.b'),
    );
    expect(problems).to.deep.equal([
      'metadata.generateName: Invalid value: "a.b": must not contain dots',
    ]);
  });

  it('have no status when they are new', async () => {
    await using fixture = new ServiceFixture();
    const { service } = await fixture.create({ type: 'LoadBalancer', ports });
    expect(service?.status).to.deep.equal({ loadBalancer: {} });
  });

  it('keep their status when their spec is written, and their spec when their status is', async () => {
    await using fixture = new ServiceFixture();
    await fixture.create({ type: 'LoadBalancer', ports });
    const ingress = [{ ip: '192.0.2.1', ipMode: 'VIP' }];
    await fixture.update(
      (service) => {
        service.status.loadBalancer.ingress = ingress;
        service.spec.selector = { lost: 'yes' };
      },
      { subresource: 'status' },
    );
    const { service } = await fixture.update((changed) => {
      changed.status.loadBalancer = {};
      changed.spec.publishNotReadyAddresses = true;
    });
    expect(service?.status.loadBalancer.ingress).to.deep.equal(ingress);
    expect(service?.spec).not.to.have.property('selector');
  });

  it('lose the addresses of a load balancer with its type', async () => {
    await using fixture = new ServiceFixture();
    await fixture.create({ type: 'LoadBalancer', ports });
    await fixture.update(
      ({ status }) => void (status.loadBalancer.ingress = [{ ip: '192.0.2.1' }]),
      { subresource: 'status' },
    );
    const { service } = await fixture.change({ type: 'ClusterIP' });
    expect(service?.status).to.deep.equal({ loadBalancer: {} });
    expect(service?.spec).not.to.have.any.keys(
      'allocateLoadBalancerNodePorts',
      'externalTrafficPolicy',
    );
  });

  it('are selected by type and by address', async () => {
    await using fixture = new ServiceFixture();
    await fixture.create({ ports, clusterIP: '10.0.200.8' });
    const fields = services(singleStack).selectableFields;
    const read = await fixture.store.read('default', 'one');
    expect(read && fields?.of(read.object)).to.deep.equal({
      'spec.clusterIP': '10.0.200.8',
      'spec.type': 'ClusterIP',
    });
  });
});

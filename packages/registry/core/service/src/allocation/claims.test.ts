import { expect } from 'chai';
import { describe, it } from 'mocha';
import { ServiceFixture, singleStack } from '../testing/service-fixture.ts';

const spec = { type: 'NodePort', ports: [{ port: 80 }] };
const names = Array.from({ length: 6 }, (_, index) => `s${index}`);

describe('What services hold', () => {
  it('is remembered over a restart', async () => {
    await using first = new ServiceFixture();
    const before = (await first.create(spec)).spec;
    await first.close();
    const second = new ServiceFixture(singleStack, first.backend);
    const after = (await second.create(spec, { name: 'two' })).spec;
    expect(after.clusterIP).not.to.equal(before.clusterIP);
    expect(after.ports?.[0]?.nodePort).not.to.equal(before.ports?.[0]?.nodePort);
    expect(await second.held()).to.have.length(4);
    await second.close();
  });

  it('is never given out by two servers on one backend, however they guess', async () => {
    await using first = new ServiceFixture();
    const second = new ServiceFixture(singleStack, first.backend);
    const answers = await Promise.all(
      names.flatMap((name) => [
        first.create(spec, { name: `${name}-first` }),
        second.create(spec, { name: `${name}-second` }),
      ]),
    );
    expect(answers.flatMap(({ problems }) => problems)).to.deep.equal([]);
    const given = answers.map((answer) => answer.spec);
    expect(new Set(given.map(({ clusterIP }) => clusterIP))).to.have.length(answers.length);
    expect(new Set(given.map(({ ports }) => ports?.[0]?.nodePort))).to.have.length(answers.length);
    await second.close();
  });

  it('goes to one of two who ask for the same', async () => {
    await using first = new ServiceFixture();
    const second = new ServiceFixture(singleStack, first.backend);
    const asked = { ports: [{ port: 80 }], clusterIP: '10.0.200.8' };
    const answers = await Promise.all([
      first.create(asked, { name: 'one' }),
      second.create(asked, { name: 'two' }),
    ]);
    expect(answers.flatMap(({ problems }) => problems)).to.deep.equal([
      'spec.clusterIPs: Invalid value: ["10.0.200.8"]: failed to allocate IP 10.0.200.8: provided IP is already allocated',
    ]);
    await second.close();
  });

  it('is given back once by two who delete the same', async () => {
    await using first = new ServiceFixture();
    const second = new ServiceFixture(singleStack, first.backend);
    await first.create(spec);
    const answers = await Promise.all([first.delete(), second.delete()]);
    expect(answers.flatMap(({ problems }) => problems).length).to.be.lessThan(2);
    expect(await first.held()).to.deep.equal([]);
    await second.close();
  });
});

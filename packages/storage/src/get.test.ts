import { expect } from 'chai';
import { describe, it } from 'mocha';
import { aThing, Fixture, keyOf } from './testing/fixture.ts';
import { RemoteBackend } from './testing/remote-backend.ts';

describe('get', () => {
  it('gives the object with its resourceVersion in place', async () => {
    await using fixture = await Fixture.open();
    const { revision } = await fixture.create(aThing('a'));
    const snapshot = await fixture.storage.get(keyOf('a'));
    expect(snapshot?.object.metadata).to.deep.equal({
      name: 'a',
      namespace: 'default',
      uid: 'uid-a',
      resourceVersion: String(revision),
    });
    expect(JSON.parse(Buffer.from(snapshot?.json ?? []).toString())).to.deep.equal(
      snapshot?.object,
    );
  });

  it('gives nothing for a key that is absent', async () => {
    await using fixture = await Fixture.open();
    expect(await fixture.storage.get(keyOf('a'))).to.equal(undefined);
    expect(await fixture.storage.get(keyOf('a'), '0')).to.equal(undefined);
  });

  it('sees a write of somebody else at once', async () => {
    await using fixture = await Fixture.open();
    const value = Buffer.from(
      '{"kind":"Thing","apiVersion":"v1","metadata":{"name":"b","uid":"u"}}',
    );
    await fixture.writeElsewhere({ [keyOf('b')]: value });
    expect((await fixture.storage.get(keyOf('b')))?.object.metadata.name).to.equal('b');
  });

  it('does not wait for a slow watch of a remote backend', async () => {
    const backend = new RemoteBackend();
    await using fixture = await Fixture.open({ backend });
    backend.pauseWatches();
    await fixture.create(aThing('a'));
    expect((await fixture.storage.get(keyOf('a')))?.key).to.equal(keyOf('a'));
  });

  it('goes to a remote backend once when something else was written', async () => {
    const backend = new RemoteBackend();
    await using fixture = await Fixture.open({ backend });
    await fixture.create(aThing('a'));
    await fixture.time.pass(0);
    await fixture.writeElsewhere({ '/registry/others/x': '{}' });
    backend.gets = 0;
    for (let i = 0; i < 3; i++) {
      await fixture.storage.get(keyOf('a'));
      await fixture.time.pass(0);
    }
    expect(backend.gets).to.equal(1);
  });

  it('gives the cached snapshot when it is the same', async () => {
    await using fixture = await Fixture.open({ backend: new RemoteBackend() });
    const written = await fixture.create(aThing('a'));
    await fixture.time.pass(0);
    expect(await fixture.storage.get(keyOf('a'))).to.equal(written);
  });

  it('at a resourceVersion waits for the cache to be there', async () => {
    const backend = new RemoteBackend();
    await using fixture = await Fixture.open({ backend });
    backend.pauseWatches();
    const { revision } = await fixture.create(aThing('a'));
    const reading = fixture.storage.get(keyOf('a'), String(revision));
    await fixture.time.pass(1000);
    backend.resumeWatches();
    expect((await reading)?.revision).to.equal(revision);
  });

  it('at a resourceVersion of the future gives 504 after three seconds', async () => {
    await using fixture = await Fixture.open();
    let outcome: unknown = 'waiting';
    const reading = fixture.storage
      .get(keyOf('a'), '999999')
      .catch((error: unknown) => void (outcome = error));
    await fixture.time.pass(2999);
    expect(outcome).to.equal('waiting');
    await fixture.time.pass(1);
    await reading;
    expect(outcome).to.include({
      code: 504,
      reason: 'Timeout',
      message: `Timeout: Too large resource version: 999999, current: ${await fixture.backend.revision()}`,
    });
  });

  it('at a resourceVersion that is no number gives 500', async () => {
    await using fixture = await Fixture.open();
    const error = await fixture.storage.get(keyOf('a'), 'abc').catch((reason: unknown) => reason);
    expect(error).to.include({ code: 500, reason: '' });
  });

  it('peeks at the newest write without a round trip', async () => {
    const backend = new RemoteBackend();
    await using fixture = await Fixture.open({ backend });
    expect(fixture.storage.peek(keyOf('a'))).to.equal(undefined);
    backend.pauseWatches();
    const written = await fixture.create(aThing('a'));
    expect(fixture.storage.peek(keyOf('a'))).to.equal(written);
    await fixture.remove(written);
    expect(fixture.storage.peek(keyOf('a'))).to.equal(undefined);
  });

  for (const [name, value, message] of [
    ['protobuf', 'k8s\0\n\f', 'is in the protobuf encoding, which nothing reads here'],
    ['something else', 'x', 'is not the JSON of an object'],
  ] as const) {
    it(`refuses a stored value that is ${name}, naming its key`, async () => {
      await using fixture = await Fixture.open();
      await fixture.writeElsewhere({ [keyOf('bad')]: value });
      const error = await fixture.storage.get(keyOf('bad')).catch((reason: unknown) => reason);
      expect(error).to.include({
        code: 'corrupt',
        key: keyOf('bad'),
        message: `the value of ${keyOf('bad')} ${message}`,
      });
    });
  }
});

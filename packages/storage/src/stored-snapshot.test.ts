import { expect } from 'chai';
import { describe, it } from 'mocha';
import { RecentObjects } from './recent-objects.ts';
import { StoredSnapshot, type ObjectForm } from './stored-snapshot.ts';

interface Small {
  metadata: { name: string; resourceVersion?: string; labels?: Record<string, string> };
}

interface CountingForm extends ObjectForm<Small> {
  parsed: number;
}

function aForm(recentBytes = 1000): CountingForm {
  const form: CountingForm = {
    parsed: 0,
    parse: (bytes) => {
      form.parsed++;
      return JSON.parse(Buffer.from(bytes).toString()) as Small;
    },
    translate: (bytes) => {
      const text = Buffer.from(bytes).toString();
      if (text.startsWith('broken')) throw new Error('it is broken');
      return text.startsWith('other') ? Buffer.from(text.slice('other'.length)) : bytes;
    },
    attributes: ({ metadata }) => ({
      labels: metadata.labels ?? {},
      fields: { 'metadata.name': metadata.name },
    }),
    recent: new RecentObjects(recentBytes),
  };
  return form;
}

function aSnapshot(form: ObjectForm<Small>, name = 'a', revision = 7): StoredSnapshot<Small> {
  return new StoredSnapshot(
    form,
    `/r/${name}`,
    revision,
    Buffer.from(`{"kind":"S","metadata":{"name":"${name}","uid":"u","labels":{"l":"v"}}}`),
  );
}

describe('stored snapshot', () => {
  it('is parsed when it is first needed, once', () => {
    const form = aForm();
    const snapshot = aSnapshot(form);
    expect(form.parsed).to.equal(0);
    expect(snapshot.object).to.equal(snapshot.object);
    expect(snapshot.attributes.labels).to.deep.equal({ l: 'v' });
    expect(form.parsed).to.equal(1);
  });

  it('has its resourceVersion in the object, whether the JSON was asked for before or not', () => {
    const [before, after] = [aSnapshot(aForm()), aSnapshot(aForm())];
    expect(before.json.length).to.be.greaterThan(0);
    expect([before, after].map(({ object }) => object.metadata.resourceVersion)).to.deep.equal([
      '7',
      '7',
    ]);
  });

  it('is JSON also where something else is stored that becomes JSON', () => {
    const stored = Buffer.from('other{"kind":"S","metadata":{"name":"a"}}');
    const [one, other] = [0, 1].map(() => new StoredSnapshot(aForm(), '/r/a', 7, stored));
    expect(one?.object.metadata).to.deep.equal({ name: 'a', resourceVersion: '7' });
    expect(Buffer.from(other?.json ?? stored).toString()).to.equal(
      '{"kind":"S","metadata":{"name":"a","resourceVersion":"7"}}',
    );
  });

  for (const [stored, why] of [
    ['broken', 'cannot be read: it is broken'],
    ['x', 'is not the JSON of an object'],
  ] as const)
    it(`tells of what becomes none: ${stored}`, () => {
      const snapshot = new StoredSnapshot(aForm(), '/r/a', 7, Buffer.from(stored));
      for (const ask of [() => snapshot.check(), () => snapshot.json, () => snapshot.object])
        expect(ask).to.throw(`the value of /r/a ${why}`).with.property('code', 'corrupt');
    });

  it('gives the same JSON bytes every time', () => {
    const snapshot = aSnapshot(aForm());
    expect(snapshot.json).to.equal(snapshot.json);
    expect(Buffer.from(snapshot.json).toString()).to.equal(
      '{"kind":"S","metadata":{"name":"a","uid":"u","resourceVersion":"7","labels":{"l":"v"}}}',
    );
  });

  it('makes each encoding once', () => {
    const snapshot = aSnapshot(aForm());
    let made = 0;
    const make = (): Uint8Array => Buffer.from([++made]);
    const [one, two, other] = [
      snapshot.encoded('x', make),
      snapshot.encoded('x', make),
      snapshot.encoded('y', make),
    ];
    expect([one === two, made, other[0]]).to.deep.equal([true, 2, 2]);
  });

  it('gives up its object to newer ones, and keeps what selectors need', () => {
    const form = aForm(150);
    const snapshots = ['a', 'b', 'c', 'd'].map((name) => aSnapshot(form, name));
    for (const snapshot of snapshots) expect(snapshot.object).to.not.equal(undefined);
    expect(form.parsed).to.equal(4);
    for (const snapshot of snapshots) expect(snapshot.attributes.labels).to.deep.equal({ l: 'v' });
    expect(form.parsed).to.equal(4);
    expect(snapshots[3]?.object.metadata.name).to.equal('d');
    expect(form.parsed).to.equal(4);
    expect(snapshots[0]?.object.metadata.name).to.equal('a');
    expect(form.parsed).to.equal(5);
  });

  it('at a later revision shares everything but the resourceVersion', () => {
    const form = aForm();
    const snapshot = aSnapshot(form);
    const [{ labels }, { object }] = [snapshot.attributes, snapshot];
    const later = snapshot.at(9);
    expect([object.metadata.resourceVersion, later.object.metadata.resourceVersion]).to.deep.equal([
      '7',
      '9',
    ]);
    expect(later.attributes.labels).to.equal(labels);
    expect(Buffer.from(later.json).toString()).to.include('"resourceVersion":"9"');
    expect(form.parsed).to.equal(1);
  });

  it('at a later revision has the right JSON when its own was served before', () => {
    const snapshot = aSnapshot(aForm());
    expect(Buffer.from(snapshot.json).toString()).to.include('"resourceVersion":"7"');
    expect(Buffer.from(snapshot.at(10).json).toString()).to.equal(
      Buffer.from(snapshot.json).toString().replace('"7"', '"10"'),
    );
  });

  it('says which key cannot be read', () => {
    const broken = new StoredSnapshot(aForm(), '/r/x', 1, Buffer.from('{"kind":'));
    expect(() => broken.object)
      .to.throw(/^the value of \/r\/x cannot be read: /)
      .that.includes({ code: 'corrupt', key: '/r/x' });
    expect(() => broken.json).to.throw('the value of /r/x is not the JSON of an object');
  });
});

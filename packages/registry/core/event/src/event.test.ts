import {
  aContext,
  describeResourceContract,
  ResourceFixture,
} from '@keelson/generic-registry/testing';
import type { Event } from '@keelson/kubernetes-api/core/v1';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { events } from './index.ts';

const resource = events(3600);
const about = { kind: 'Pod', name: 'web', namespace: 'default' };
const eventTime = '2026-11-24T10:00:00.000000Z';
/** What events of today say. */
const whole = {
  involvedObject: about,
  eventTime,
  reportingComponent: 'example.com/controller',
  reportingInstance: 'one',
  action: 'Starting',
  reason: 'Started',
  type: 'Normal',
};

describeResourceContract(resource, {
  valid: () => ({ metadata: { name: 'one' }, involvedObject: { namespace: 'default' } }),
});

describe('What is wrong with a new event', () => {
  type Row = readonly [what: string, body: Record<string, unknown>, problems: readonly string[]];
  const rows: readonly Row[] = [
    ['an old one, of an object beside it', { involvedObject: about }, []],
    ['an old one, of an object without a namespace', { involvedObject: {} }, []],
    [
      'an old one, of an object elsewhere',
      { involvedObject: { namespace: 'other' } },
      ['involvedObject.namespace: Invalid value: "other": does not match event.namespace'],
    ],
    ['a whole one', whole, []],
    [
      'one that says as much as it may',
      { ...whole, action: 'x'.repeat(128), message: 'x'.repeat(1024) },
      [],
    ],
    ['a whole one of an object without a namespace', { ...whole, involvedObject: {} }, []],
    ['an object elsewhere', { ...whole, involvedObject: { namespace: 'other' } }, []],
    [
      'nothing of what events of today say',
      { involvedObject: about, eventTime },
      [
        'reportingComponent: Required value',
        'reportingComponent: Invalid value: "": name part must be non-empty',
        "reportingComponent: Invalid value: \"\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
        'reportingInstance: Required value',
        'action: Required value',
        'reason: Required value',
      ],
    ],
    [
      'texts that are too long',
      {
        ...whole,
        reportingInstance: 'x'.repeat(129),
        action: 'x'.repeat(129),
        reason: 'x'.repeat(129),
        message: 'x'.repeat(1025),
      },
      [
        'reportingInstance: Invalid value: "": can have at most 128 characters',
        'action: Invalid value: "": can have at most 128 characters',
        'reason: Invalid value: "": can have at most 128 characters',
        'message: Invalid value: "": can have at most 1024 characters',
      ],
    ],
    ['a name with dots and capitals', { metadata: { name: 'Web.17' }, involvedObject: about }, []],
    [
      'a finalizer that does not say whose it is',
      { metadata: { name: 'one', finalizers: ['short'] }, involvedObject: about },
      [],
    ],
    [
      'a name with a slash',
      { metadata: { name: 'a%' }, involvedObject: about },
      ['metadata.name: Invalid value: "a%": may not contain \'%\''],
    ],
  ];
  for (const [what, body, problems] of rows) {
    it(`is said of ${what}`, async () => {
      await using fixture = await ResourceFixture.open(resource);
      expect((await fixture.create(body)).problems).to.deep.equal(problems);
    });
  }
});

describe('Where an event may be', () => {
  type Row = readonly [
    what: string,
    namespace: string,
    involved: string,
    whole: boolean,
    fits: boolean,
  ];
  const rows: readonly Row[] = [
    ['of old, with its object', 'shop', 'shop', false, true],
    ['of old, without its object', 'shop', 'default', false, false],
    ['of old, in default, of an object without a namespace', 'default', '', false, true],
    ['of old, elsewhere, of an object without a namespace', 'shop', '', false, false],
    ['of today, in default, of an object without a namespace', 'default', '', true, true],
    ['of today, in kube-system, of an object without a namespace', 'kube-system', '', true, true],
    ['of today, elsewhere, of an object without a namespace', 'shop', '', true, false],
  ];
  for (const [what, namespace, involved, isWhole, fits] of rows) {
    it(`is ${fits ? '' : 'not '}said of one ${what}`, () => {
      const event = {
        ...(isWhole ? whole : {}),
        metadata: { name: 'one', namespace },
        involvedObject: { namespace: involved },
      } as unknown as Event;
      const errors = resource.strategy.validate?.(event, aContext()) ?? [];
      expect(errors.map(({ field }) => field)).to.deep.equal(
        fits ? [] : ['involvedObject.namespace'],
      );
    });
  }
});

describe('Events', () => {
  it('may change, and are checked again', async () => {
    await using fixture = await ResourceFixture.open(resource);
    await fixture.create({ involvedObject: about });
    const { object } = await fixture.update((event) => void (event.count = 2));
    expect(object?.count).to.equal(2);
    const { problems } = await fixture.update((event) => void (event.involvedObject = {}));
    expect(problems).to.deep.equal([]);
  });

  it('are created by an update, too', () => {
    expect(resource.strategy.allowCreateOnUpdate).to.equal(true);
  });

  it('live as long as the server is told', () => {
    expect(resource.ttlSeconds).to.equal(3600);
  });

  it('can be selected by what they are about', () => {
    const event = {
      ...whole,
      metadata: { name: 'one' },
      source: {},
    } as unknown as Event;
    expect(resource.selectableFields?.of(event)).to.deep.equal({
      'involvedObject.kind': 'Pod',
      'involvedObject.namespace': 'default',
      'involvedObject.name': 'web',
      'involvedObject.uid': '',
      'involvedObject.apiVersion': '',
      'involvedObject.resourceVersion': '',
      'involvedObject.fieldPath': '',
      reason: 'Started',
      reportingComponent: 'example.com/controller',
      source: 'example.com/controller',
      type: 'Normal',
    });
    expect(resource.selectableFields?.names).to.have.members(
      Object.keys(resource.selectableFields?.of(event) ?? {}),
    );
  });
});

describe('An event in a table', () => {
  const now = Date.UTC(2026, 10, 24, 11);
  const event = (more: Partial<Event>): Event => ({
    metadata: { name: 'one' },
    involvedObject: about,
    source: {},
    reportingComponent: '',
    reportingInstance: '',
    ...more,
  });
  /** Last seen, source, first seen and count are what events say in different ways. */
  const rows: readonly (readonly [
    what: string,
    event: Event,
    shown: readonly [last: string, source: string, first: string, count: number],
  ])[] = [
    ['that says nothing', event({}), ['<unknown>', '', '<unknown>', 1]],
    [
      'of old',
      event({
        firstTimestamp: '2026-11-24T10:00:00Z',
        lastTimestamp: '2026-11-24T10:59:00Z',
        count: 7,
        source: { component: 'kubelet', host: 'node' },
      }),
      ['60s', 'kubelet, node', '60m', 7],
    ],
    [
      'of today',
      event({ eventTime, reportingComponent: 'c', reportingInstance: 'i' }),
      ['60m', 'c, i', '60m', 1],
    ],
    [
      'of a series',
      event({ eventTime, series: { count: 3, lastObservedTime: '2026-11-24T10:58:00.000000Z' } }),
      ['2m', '', '60m', 3],
    ],
  ];
  for (const [what, one, [last, source, first, count]] of rows) {
    it(`shows one ${what}`, () => {
      const cells = resource.table?.cells(one, now) ?? [];
      expect([cells[0], cells[5], cells[7], cells[8]]).to.deep.equal([last, source, first, count]);
    });
  }

  it('names what it is about, and trims what it says', () => {
    const one = event({ type: 'Warning', reason: 'Failed', message: ' no \n' });
    one.involvedObject.fieldPath = 'spec.containers{c}';
    expect(resource.table?.cells(one, now)).to.deep.equal([
      '<unknown>',
      'Warning',
      'Failed',
      'pod/web',
      'spec.containers{c}',
      '',
      'no',
      '<unknown>',
      1,
      'one',
    ]);
  });
});

import { expect } from 'chai';
import { describe, it } from 'mocha';
import { asGo } from './as-go.ts';
import { sameInGo } from './same-in-go.ts';

type Row = readonly [what: string, type: string, a: unknown, b: unknown];

const same: readonly Row[] = [
  [
    'what is absent and what is zero',
    'PodSpec',
    {},
    { hostNetwork: false, nodeName: '', containers: [], nodeSelector: {} },
  ],
  [
    'quantities of one amount',
    'ResourceRequirements',
    { limits: { cpu: '1' } },
    { limits: { cpu: '1000m' } },
  ],
  [
    'embedded fields',
    'Volume',
    { name: 'v', emptyDir: {} },
    { name: 'v', emptyDir: { medium: '' } },
  ],
];

const different: readonly Row[] = [
  [
    'nothing and an empty object behind a pointer',
    'Volume',
    { name: 'v' },
    { name: 'v', emptyDir: {} },
  ],
  ['nothing and zero behind a pointer', 'PodSpec', {}, { priority: 0 }],
  [
    'strings that look like one amount',
    'EnvVar',
    { name: 'A', value: '1' },
    { name: 'A', value: '1.0' },
  ],
  ['lists in another order', 'Capabilities', { add: ['a', 'b'] }, { add: ['b', 'a'] }],
  ['a value of a map', 'PodSpec', { nodeSelector: { a: '1' } }, { nodeSelector: { a: '2' } }],
];

describe('Go takes for the same', () => {
  for (const [what, type, a, b] of same)
    it(what, () => void expect(sameInGo(a, b, type)).to.equal(true));
});

describe('Go tells apart', () => {
  for (const [what, type, a, b] of different)
    it(what, () => void expect(sameInGo(a, b, type)).to.equal(false));
});

describe('An object as Go shows it', () => {
  it('has every field by its name in Go, in order', () => {
    expect(
      JSON.stringify(asGo({ hostIP: '10.0.0.1', containerPort: 80 }, 'ContainerPort')),
    ).to.equal('{"Name":"","HostPort":0,"ContainerPort":80,"Protocol":"","HostIP":"10.0.0.1"}');
  });

  it('has the fields of embedded types in their place', () => {
    expect(JSON.stringify(asGo({ name: 'c', key: 'k' }, 'ConfigMapKeySelector'))).to.equal(
      '{"Name":"c","Key":"k","Optional":null}',
    );
  });

  it('sorts maps', () => {
    expect(JSON.stringify(asGo({ b: '1', a: '2' }, '{}string'))).to.equal('{"a":"2","b":"1"}');
  });
});

import type { ConfigMap } from '@keelson/kubernetes-api/core/v1';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { dedupeOwnerReferences, managerOf } from './endpoint.ts';
import { WarningRecorder } from './warnings.ts';

describe('The manager of a write', () => {
  const latin1 = (text: string): string => Buffer.from(text).toString('latin1');
  const rows: readonly (readonly [given: string, agent: string | undefined, manager: string])[] = [
    ['me', 'kubectl/v1', 'me'],
    ['', 'kubectl/v1.37 (linux)', 'kubectl'],
    ['', undefined, 'unknown'],
    ['', '/x', 'unknown'],
    ['', 'a b\tc\0d', 'a bcd'],
    ['', latin1('früh/1'), 'früh'],
    ['', 'x'.repeat(200), 'x'.repeat(128)],
    ['', latin1(`${'x'.repeat(127)}ü`), 'x'.repeat(127)],
    ['', latin1('a\u200bb\u00a0c'), 'abc'],
  ];
  for (const [given, agent, manager] of rows) {
    it(`is ${JSON.stringify(manager.slice(0, 10))} for ${JSON.stringify(given)} and the agent ${JSON.stringify(agent?.slice(0, 20) ?? null)}`, () => {
      expect(managerOf(given, agent)).to.equal(manager);
    });
  }
});

describe('Owners', () => {
  const owner = (uid: string) => ({ apiVersion: 'v1', kind: 'Pod', name: 'p', uid });
  const deduped = (uids: readonly string[]) => {
    const warnings = new WarningRecorder();
    const object: ConfigMap = { metadata: { ownerReferences: uids.map(owner) } };
    dedupeOwnerReferences(object, warnings, false);
    const left = (object.metadata.ownerReferences ?? []).map(({ uid }) => uid);
    return { left, warnings: warnings.headers() };
  };

  it('are named once, with a warning', () => {
    const { left, warnings } = deduped(['a', 'b', 'a']);
    expect(left).to.deep.equal(['a', 'b']);
    expect(warnings[0]).to.contain('duplicate UID(s) observed: a');
  });

  it('are many in no more time than it takes to read them', () => {
    const uids = Array.from({ length: 100_000 }, (_, index) => `u${index}`);
    expect(deduped([...uids, 'u0']).left).to.have.length(uids.length);
  });

  it('that differ stay', () => {
    expect(deduped(['a', 'b'])).to.deep.equal({ left: ['a', 'b'], warnings: [] });
  });
});

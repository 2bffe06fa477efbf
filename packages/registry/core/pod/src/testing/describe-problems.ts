import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { PodFixture } from './pod-fixture.ts';

export type Spec = Record<string, unknown>;

/** What is asked for, and what kube-apiserver 1.37 finds wrong with it. */
export type ProblemRow = readonly [what: string, spec: Spec, problems: readonly string[]];

/** A spec of one container. */
export const c = (more: Spec = {}): Spec => ({ containers: [{ name: 'c', image: 'i', ...more }] });

/** Says of new pods, by concept, what is wrong with them. */
export function describeProblems(rows: Readonly<Record<string, readonly ProblemRow[]>>): void {
  describe('What is wrong with a new pod', () => {
    let fixture: PodFixture;
    before(async () => {
      fixture = await PodFixture.open();
    });
    after(async () => {
      await fixture[Symbol.asyncDispose]();
    });

    for (const [concept, table] of Object.entries(rows)) {
      describe(concept, () => {
        for (const [what, spec, problems] of table) {
          it(`is said of ${what}`, async () => {
            const answer = await fixture.create(
              { serviceAccountName: 'default', ...spec },
              {},
              true,
            );
            expect(answer.problems).to.deep.equal(problems);
          });
        }
      });
    }
  });
}

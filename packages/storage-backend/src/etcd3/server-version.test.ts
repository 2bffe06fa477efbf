import { expect } from 'chai';
import { describe, it } from 'mocha';
import { answersProgress } from './server-version.ts';

const versions: readonly { version: string; answers: boolean }[] = [
  { version: '3.4.30', answers: false },
  { version: '3.4.31', answers: true },
  { version: '3.5.1', answers: false },
  { version: '3.5.13', answers: true },
  { version: '3.6.8', answers: true },
  { version: '3.6.0-rc.1', answers: true },
  { version: '4.0.0', answers: true },
  { version: '2.3.8', answers: false },
  { version: '', answers: false },
];

describe('an etcd', () => {
  for (const { version, answers } of versions) {
    it(`${answers ? 'is' : 'is not'} asked for progress at version ${version}`, () => {
      expect(answersProgress(version)).to.equal(answers);
    });
  }
});

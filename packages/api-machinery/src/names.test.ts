import { expect } from 'chai';
import { describe, it } from 'mocha';
import {
  isDNS1035Label,
  isDNS1123Label,
  isDNS1123Subdomain,
  isQualifiedName,
  isRelaxedEnvVarName,
  isValidLabelValue,
  isValidPortName,
  maxLengthProblem,
  type Problems,
} from './names.ts';

type Rule = (value: string) => Problems;
const long = (length: number): string => 'a'.repeat(length);
const slashed = (prefix: number, name: number): string => `${long(prefix)}/${long(name)}`;

const fine: readonly (readonly [rule: Rule, value: string])[] = [
  [isDNS1123Label, '0-a'],
  [isDNS1123Label, long(63)],
  [isDNS1123Subdomain, 'a.0-b.c'],
  [isDNS1123Subdomain, long(253)],
  [isDNS1035Label, 'a-0'],
  [isQualifiedName, 'A_b.c-D'],
  [isQualifiedName, 'example.com/A_b'],
  [isQualifiedName, slashed(253, 63)],
  [isValidLabelValue, ''],
  [isValidLabelValue, 'A_b.c'],
  [isRelaxedEnvVarName, 'a b!'],
  [isValidPortName, '0-a-0'],
  [isValidPortName, long(15)],
];

const wrong: readonly (readonly [rule: Rule, value: string, problem: string])[] = [
  [isDNS1123Label, long(64), maxLengthProblem(63)],
  [isDNS1123Label, 'a.b', 'must not contain dots'],
  [isDNS1123Label, 'a\n', 'a lowercase RFC 1123 label must consist'],
  [isDNS1123Subdomain, long(254), maxLengthProblem(253)],
  [isDNS1123Subdomain, 'a..b', 'a lowercase RFC 1123 subdomain must consist'],
  [isDNS1035Label, '0a', 'a DNS-1035 label must consist'],
  [isQualifiedName, '', 'name part must be non-empty'],
  [isQualifiedName, '/a', 'prefix part must be non-empty'],
  [isQualifiedName, 'a/b/c', 'a valid label key must consist'],
  [isQualifiedName, 'A/b', 'prefix part a lowercase RFC 1123 subdomain must consist'],
  [isQualifiedName, long(64), 'name part must be no more than 63 bytes'],
  [isQualifiedName, slashed(254, 1), 'prefix part must be no more than 253 bytes'],
  [isQualifiedName, 'ä', 'name part must consist'],
  [isValidLabelValue, long(64), 'must be no more than 63 bytes'],
  [isValidLabelValue, 'a/b', 'a valid label must be an empty string or consist'],
  [isRelaxedEnvVarName, 'a=b', 'a valid environment variable name must consist'],
  [isValidPortName, long(16), maxLengthProblem(15)],
  [isValidPortName, '0', 'must contain at least one letter (a-z)'],
  [isValidPortName, 'a--b', 'must not contain consecutive hyphens'],
  [isValidPortName, '-a', 'must not begin or end with a hyphen'],
  [isValidPortName, 'A', 'must contain only alpha-numeric characters'],
];

const shown = (value: string): string =>
  value.length > 40 ? `${value.length} characters` : JSON.stringify(value);

describe('The rules for names', () => {
  for (const [rule, value] of fine) {
    it(`let ${rule.name} be ${shown(value)}`, () => {
      expect(rule(value)).to.deep.equal([]);
    });
  }

  for (const [rule, value, problem] of wrong) {
    it(`tell why ${rule.name} is not ${shown(value)}`, () => {
      expect(rule(value)[0]).to.include(problem);
    });
  }
});

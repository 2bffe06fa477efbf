import { expect } from 'chai';
import { describe, it } from 'mocha';
import { parseCIDR, parseIP } from './ip-address.ts';
import {
  cidrWarnings,
  ipWarnings,
  validateCIDR,
  validateIP,
  validateReachableIP,
} from './ip-validation.ts';

const noIP = 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)';
const noCIDR = 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)';

/** What is wrong with the text, and what is warned of. */
interface Row {
  readonly text: string;
  readonly problem?: string;
  readonly warning?: string;
}

const addresses: readonly Row[] = [
  { text: '10.0.0.1' },
  { text: '2001:db8::1' },
  { text: '', problem: noIP },
  { text: '1.2.3', problem: noIP },
  { text: '1.2.3.256', problem: noIP },
  { text: 'fe80::1%eth0', problem: noIP },
  {
    text: '010.1.1.1',
    problem: 'must not have leading 0s',
    warning: 'at: non-standard IP address "010.1.1.1" is invalid: use "10.1.1.1"',
  },
  {
    text: '::ffff:1.2.3.4',
    problem: 'must not be an IPv4-mapped IPv6 address',
    warning: 'at: non-standard IP address "::ffff:1.2.3.4" is invalid: use "1.2.3.4"',
  },
  {
    text: '2001:DB8:0::1',
    warning:
      'at: IPv6 address "2001:DB8:0::1" should be in RFC 5952 canonical format ("2001:db8::1")',
  },
];

const networks: readonly Row[] = [
  { text: '10.0.0.0/8' },
  { text: '::/0' },
  { text: '10.0.0.0', problem: noCIDR },
  { text: '10.0.0.0/33', problem: noCIDR },
  { text: '10.0.0.0/8/8', problem: noCIDR },
  { text: '10.0.0.0/+8', problem: noCIDR },
  {
    text: '10.0.0.1/8',
    problem: 'must not have bits set beyond the prefix length',
    warning:
      'at: CIDR value "10.0.0.1/8" is ambiguous in this context (should be "10.0.0.0/8" or "10.0.0.1/32"?)',
  },
  {
    text: '2001:db8::1/64',
    problem: 'must not have bits set beyond the prefix length',
    warning:
      'at: CIDR value "2001:db8::1/64" is ambiguous in this context (should be "2001:db8::/64" or "2001:db8::1/128"?)',
  },
  {
    text: '10.0.0.0/08',
    problem: 'must not have leading 0s in IP or prefix length',
    warning: 'at: non-standard CIDR value "10.0.0.0/08" is invalid: use "10.0.0.0/8"',
  },
  {
    text: '::ffff:1.2.3.0/120',
    problem: 'must not have an IPv4-mapped IPv6 address',
    warning: 'at: non-standard CIDR value "::ffff:1.2.3.0/120" is invalid: use "1.2.3.0/24"',
  },
  {
    text: 'FD00:0::/64',
    warning:
      'at: IPv6 CIDR value "FD00:0::/64" should be in RFC 5952 canonical format ("fd00::/64")',
  },
];

describe('An address', () => {
  for (const { text, problem, warning } of addresses) {
    it(`${JSON.stringify(text)} : ${problem ?? 'nothing is wrong'}`, () => {
      expect(validateIP(text, 'at').map(({ body }) => body)).to.deep.equal(
        problem === undefined ? [] : [`Invalid value: ${JSON.stringify(text)}: ${problem}`],
      );
      expect(ipWarnings('at', text)).to.deep.equal(warning === undefined ? [] : [warning]);
    });
  }

  it('may stay where it was let in before', () => {
    expect(validateIP('010.1.1.1', 'at', ['010.1.1.1'])).to.deep.equal([]);
  });

  it('has a version', () => {
    expect(parseIP('::1')?.version).to.equal(6);
    expect(parseIP('::ffff:1.2.3.4')?.version).to.equal(4);
  });
});

describe('An address that others use', () => {
  const rows: readonly (readonly [text: string, problem?: string])[] = [
    ['10.0.0.1'],
    ['2001:db8::1'],
    ['239.1.1.1'],
    ['x', 'must be a valid IP address'],
    ['0.0.0.0', 'may not be unspecified (0.0.0.0)'],
    ['::', 'may not be unspecified (::)'],
    ['127.8.0.1', 'may not be in the loopback range (127.0.0.0/8, ::1/128)'],
    ['::ffff:127.0.0.1', 'may not be in the loopback range (127.0.0.0/8, ::1/128)'],
    ['0:0::1', 'may not be in the loopback range (127.0.0.0/8, ::1/128)'],
    ['169.254.1.1', 'may not be in the link-local range (169.254.0.0/16, fe80::/10)'],
    ['FEBF::1', 'may not be in the link-local range (169.254.0.0/16, fe80::/10)'],
    ['224.0.0.9', 'may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)'],
    ['ff12::9', 'may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)'],
  ];
  for (const [text, problem] of rows) {
    it(`${text} ${problem ?? 'is fine'}`, () => {
      expect(validateReachableIP(text, 'at').map(({ body }) => body)).to.deep.equal(
        problem === undefined ? [] : [`Invalid value: "${text}": ${problem}`],
      );
    });
  }
});

describe('A network', () => {
  for (const { text, problem, warning } of networks) {
    it(`${JSON.stringify(text)} : ${problem ?? 'nothing is wrong'}`, () => {
      expect(validateCIDR(text, 'at').map(({ body }) => body)).to.deep.equal(
        problem === undefined ? [] : [`Invalid value: ${JSON.stringify(text)}: ${problem}`],
      );
      expect(cidrWarnings('at', text)).to.deep.equal(warning === undefined ? [] : [warning]);
    });
  }

  it('is written by its first address', () => {
    expect(parseCIDR('2001:db8:1:2:3:4:5:6/36')?.standard).to.equal('2001:db8::/36');
  });
});

import { expect } from 'chai';
import { describe, it } from 'mocha';
import { allFlags } from './flag-table.ts';
import { checkValue, defaultText } from './flag-values.ts';
import { helpText } from './help.ts';
import { parseFlags } from './parse-flags.ts';
import { UsageError } from './usage-error.ts';

describe('flags', () => {
  const values: readonly { name: string; args: readonly string[]; flag: string; text: string }[] = [
    { name: 'have a default', args: [], flag: 'request-timeout', text: '1m0s' },
    { name: 'may have none', args: [], flag: 'client-ca-file', text: '' },
    { name: 'take a value after =', args: ['--etcd-prefix=/x'], flag: 'etcd-prefix', text: '/x' },
    {
      name: 'take the next argument',
      args: ['--etcd-prefix', '/x'],
      flag: 'etcd-prefix',
      text: '/x',
    },
    {
      name: 'take a next argument that begins with a dash',
      args: ['--etcd-prefix', '-x'],
      flag: 'etcd-prefix',
      text: '-x',
    },
    { name: 'take an empty value', args: ['--etcd-prefix='], flag: 'etcd-prefix', text: '' },
    {
      name: 'take a value with = in it',
      args: ['--etcd-prefix=a=b'],
      flag: 'etcd-prefix',
      text: 'a=b',
    },
    { name: 'go by the last value', args: ['--v=1', '--v=3'], flag: 'v', text: '3' },
    {
      name: 'may be written with underscores',
      args: ['--secure_port=7000'],
      flag: 'secure-port',
      text: '7000',
    },
    {
      name: 'that are booleans need no value',
      args: ['--anonymous-auth'],
      flag: 'anonymous-auth',
      text: 'true',
    },
    {
      name: 'that are booleans take one after =',
      args: ['--anonymous-auth=false'],
      flag: 'anonymous-auth',
      text: 'false',
    },
    {
      name: 'may name what to serve without a value',
      args: ['--runtime-config=api/v1'],
      flag: 'runtime-config',
      text: 'api/v1',
    },
    { name: 'may be one letter', args: ['-v', '4'], flag: 'v', text: '4' },
    { name: 'may be one letter with its value', args: ['-v4'], flag: 'v', text: '4' },
    { name: 'may be one letter and =', args: ['-v=4'], flag: 'v', text: '4' },
    {
      name: 'that are durations take several units',
      args: ['--request-timeout=1m30s'],
      flag: 'request-timeout',
      text: '1m30s',
    },
  ];
  for (const { name, args, flag, text } of values) {
    it(name, () => {
      expect(parseFlags(args).text(flag)).to.equal(text);
    });
  }

  const lists: readonly {
    name: string;
    args: readonly string[];
    flag: string;
    list: readonly string[];
  }[] = [
    {
      name: 'are lists between commas',
      args: ['--etcd-servers=a,b'],
      flag: 'etcd-servers',
      list: ['a', 'b'],
    },
    {
      name: 'add up',
      args: ['--etcd-servers=a,b', '--etcd-servers=c'],
      flag: 'etcd-servers',
      list: ['a', 'b', 'c'],
    },
    {
      name: 'replace their default',
      args: ['--authorization-mode=AlwaysAllow'],
      flag: 'authorization-mode',
      list: ['AlwaysAllow'],
    },
    {
      name: 'have a default that is a list',
      args: [],
      flag: 'kubelet-preferred-address-types',
      list: ['Hostname', 'InternalDNS', 'InternalIP', 'ExternalDNS', 'ExternalIP'],
    },
    { name: 'may be empty', args: [], flag: 'etcd-servers', list: [] },
  ];
  for (const { name, args, flag, list } of lists) {
    it(name, () => {
      expect(parseFlags(args).list(flag)).to.deep.equal(list);
    });
  }

  const wrong: readonly { name: string; args: readonly string[]; message: string }[] = [
    {
      name: 'that nobody knows are refused with what was meant',
      args: ['--secure-prt=1'],
      message: 'unknown flag: --secure-prt\nDid you mean --secure-port?',
    },
    {
      name: 'that nobody can guess are refused',
      args: ['--frobnicate'],
      message: 'unknown flag: --frobnicate',
    },
    {
      name: 'of a letter that is none are refused',
      args: ['-x'],
      message: "unknown shorthand flag: 'x' in -x",
    },
    {
      name: 'with one dash are not meant',
      args: ['-secure-port=1'],
      message: "unknown shorthand flag: 's' in -secure-port=1\nDid you mean --secure-port=1?",
    },
    {
      name: 'need their value',
      args: ['--secure-port'],
      message: 'flag needs an argument: --secure-port',
    },
    {
      name: 'are all there is',
      args: ['start'],
      message: '"kube-apiserver" does not take any arguments, got ["start"]',
    },
    {
      name: 'that are booleans do not take the next argument',
      args: ['--anonymous-auth', 'false'],
      message: '"kube-apiserver" does not take any arguments, got ["false"]',
    },
    {
      name: 'that are booleans are true or false',
      args: ['--anonymous-auth=no'],
      message:
        'invalid argument "no" for "--anonymous-auth" flag: strconv.ParseBool: parsing "no": invalid syntax',
    },
    {
      name: 'that are numbers are numbers',
      args: ['--secure-port=https'],
      message:
        'invalid argument "https" for "--secure-port" flag: strconv.ParseInt: parsing "https": invalid syntax',
    },
    {
      name: 'that are durations have a unit',
      args: ['--event-ttl=5'],
      message: 'invalid argument "5" for "--event-ttl" flag: time: missing unit in duration "5"',
    },
    {
      name: 'that are addresses are addresses',
      args: ['--bind-address=here'],
      message: 'invalid argument "here" for "--bind-address" flag: failed to parse IP: "here"',
    },
    {
      name: 'that need what is not there are refused by name',
      args: ['--audit-log-path=/x'],
      message:
        '--audit-log-path=/x needs a capability that Keelson does not have yet; leave the flag out, or at its default',
    },
    {
      name: 'that turn off what is there are refused',
      args: ['--disable-http2-serving'],
      message:
        '--disable-http2-serving=true needs a capability that Keelson does not have yet; leave the flag out, or at its default (false)',
    },
    {
      name: 'for groups that are not there are refused',
      args: ['--runtime-config=api/alpha=true'],
      message:
        '--runtime-config=api/alpha=true needs a capability that Keelson does not have yet; leave the flag out, or at its default',
    },
  ];
  for (const { name, args, message } of wrong) {
    it(name, () => {
      expect(() => parseFlags(args))
        .to.throw(UsageError)
        .with.property('message', message);
    });
  }

  it('of kube-apiserver are all known, and may be given with their default', () => {
    const flags = allFlags.filter(({ name }) => name !== 'help' && name !== 'version');
    expect(flags.length).to.be.greaterThan(170);
    expect(() =>
      parseFlags(
        flags
          .map((flag) => `--${flag.name}=${defaultText(flag)}`)
          .filter((arg) => !arg.endsWith('=')),
      ),
    ).not.to.throw();
  });

  it('have defaults that are values', () => {
    for (const flag of allFlags.filter((one) => defaultText(one) !== ''))
      checkValue(flag, defaultText(flag));
  });

  it('that the lab passes work', () => {
    const passed = parseFlags(
      [
        '--secure-port=1234 --bind-address=127.0.0.1 --cert-dir=/x --tls-cert-file=/x/server.crt --tls-private-key-file=/x/server.key --client-ca-file=/x/ca.crt',
        '--service-account-issuer=https://kubernetes.default.svc --service-account-key-file=/x/sa.pub --service-account-signing-key-file=/x/sa.key',
        '--service-cluster-ip-range=10.0.0.0/16 --authorization-mode=Node,RBAC --allow-privileged=true --enable-bootstrap-token-auth=true',
      ]
        .join(' ')
        .split(' '),
    );
    expect(passed.list('authorization-mode')).to.deep.equal(['Node', 'RBAC']);
  });

  it('are shown in groups, those that work with what they are for', () => {
    const help = helpText();
    for (const heading of [
      'Keelson flags:',
      'Generic flags:',
      'Etcd flags:',
      'Secure serving flags:',
      'Authentication flags:',
    ])
      expect(help).to.include(`\n${heading}\n`);
    expect(help).to.match(/--secure-port int +The port to listen on.* \(default 6443\)/);
    for (const { name } of allFlags.filter(({ hidden }) => hidden !== true))
      expect(help).to.include(`--${name}`);
  });
});

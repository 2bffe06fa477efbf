import { expect } from 'chai';
import { describe, it } from 'mocha';
import { parseFlags } from './flags/parse-flags.ts';
import { optionsOf } from './options.ts';

const options = (...args: string[]) => optionsOf(parseFlags(args));

describe('options', () => {
  const storages: readonly [readonly string[], string][] = [
    [[], 'embedded'],
    [['--etcd-servers=http://127.0.0.1:2379'], 'etcd3'],
    [['--etcd-servers=http://127.0.0.1:2379', '--storage-backend=memory'], 'memory'],
    [['--storage-backend=embedded'], 'embedded'],
  ];
  const prefixes: readonly (readonly [given: string, prefix: string])[] = [
    ['/registry', '/registry'],
    ['a/registry', '/a/registry'],
    ['', '/'],
  ];
  for (const [given, prefix] of prefixes) {
    it(`keep everything below ${prefix} for --etcd-prefix=${given}`, () => {
      expect(options(`--etcd-prefix=${given}`).storage.prefix).to.equal(prefix);
    });
  }

  for (const [args, kind] of storages) {
    it(`keep objects in ${kind} with ${args.join(' ') || 'nothing said'}`, () => {
      expect(options(...args).storage.kind).to.equal(kind);
    });
  }

  it('are safe when nothing is said', () => {
    const { serving, authorizationModes } = options();
    expect(serving).to.include({
      bindAddress: '127.0.0.1',
      port: 6443,
      portGiven: false,
      minTlsVersion: 'TLSv1.2',
    });
    expect(authorizationModes).to.deep.equal(['RBAC']);
  });

  const ports: readonly [string, { base: number; size: number }][] = [
    ['30000-32767', { base: 30_000, size: 2768 }],
    ['30000+9', { base: 30_000, size: 10 }],
    ['30000', { base: 30_000, size: 1 }],
  ];
  for (const [text, range] of ports) {
    it(`give out node ports of ${text}`, () => {
      expect(options(`--service-node-port-range=${text}`).services.nodePorts).to.deep.equal(range);
    });
  }

  it('serve CBOR only when its feature gate is on', () => {
    const gate = 'CBORServingAndStorage';
    expect(options().features.has(gate)).to.equal(false);
    expect(options(`--feature-gates=${gate}=true`).features.has(gate)).to.equal(true);
  });

  it('turn admission plugins off', () => {
    expect([
      ...options(
        '--disable-admission-plugins=ServiceAccount,Priority',
        '--enable-admission-plugins=LimitRanger',
      ).disabledPlugins,
    ]).to.deep.equal(['ServiceAccount', 'Priority']);
  });

  const wrong: readonly [readonly string[], RegExp][] = [
    [
      ['--storage-backend=sqlite'],
      /--storage-backend=sqlite: must be one of embedded, memory, etcd3/,
    ],
    [['--storage-backend=etcd3'], /needs --etcd-servers/],
    [['--authorization-mode=Webhook'], /--authorization-mode=Webhook needs a capability/],
    [['--service-node-port-range=2-1'], /is no range of ports/],
    [['--secure-port=70000'], /must be between 0 and 65535/],
    [['--tls-min-version=VersionTLS10'], /older ones are not safe/],
    [['--enable-admission-plugins=Nope'], /admission plugin "Nope" is unknown/],
    [['--enable-admission-plugins=EventRateLimit'], /needs a capability/],
    [['--enable-admission-plugins=Priority', '--disable-admission-plugins=Priority'], /overlapped/],
  ];
  for (const [args, message] of wrong) {
    it(`refuse ${args.join(' ')}`, () => {
      expect(() => options(...args)).to.throw(message);
    });
  }
});

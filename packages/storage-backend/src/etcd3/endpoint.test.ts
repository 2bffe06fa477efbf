import { expect } from 'chai';
import { describe, it } from 'mocha';
import { channelTo } from './endpoint.ts';

const endpoints: readonly { endpoint: string; target: string; secure: boolean }[] = [
  { endpoint: 'http://127.0.0.1:2379', target: 'dns:127.0.0.1:2379', secure: false },
  { endpoint: 'https://etcd.example:2379/', target: 'dns:etcd.example:2379', secure: true },
  { endpoint: 'https://[::1]:2379', target: 'dns:[::1]:2379', secure: true },
  { endpoint: 'localhost:2379', target: 'dns:localhost:2379', secure: false },
  { endpoint: 'unix:///run/etcd.sock', target: 'unix:/run/etcd.sock', secure: false },
  { endpoint: 'unixs:/run/etcd.sock', target: 'unix:/run/etcd.sock', secure: true },
];

describe('an endpoint', () => {
  for (const { endpoint, target, secure } of endpoints) {
    it(`is read: ${endpoint}`, () => {
      const channel = channelTo(endpoint, {});
      expect(channel.target).to.equal(target);
      expect(channel.credentials._isSecure()).to.equal(secure);
    });
  }

  for (const endpoint of ['', 'ftp://127.0.0.1:2379', 'http://', 'https://host:port', 'a/b']) {
    it(`is refused: ${JSON.stringify(endpoint)}`, () => {
      expect(() => channelTo(endpoint, {})).to.throw(TypeError, 'Not an endpoint of etcd');
    });
  }
});

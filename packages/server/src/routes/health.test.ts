import { expect } from 'chai';
import { describe, it } from 'mocha';
import { openTestServer } from '../testing/test-server.ts';
import { answerHealth, pingCheck, type HealthCheck } from './health.ts';

const broken: HealthCheck = { name: 'store', check: () => Promise.reject(new Error('it is gone')) };
const ready: HealthCheck = { name: 'caches', of: ['readyz'], check: () => undefined };

describe('health', () => {
  const cases: readonly {
    name: string;
    checks: readonly HealthCheck[];
    query: string;
    status: number;
    text: string;
  }[] = [
    {
      name: 'is ok when all checks are',
      checks: [pingCheck, ready],
      query: '',
      status: 200,
      text: 'ok',
    },
    {
      name: 'tells its checks',
      checks: [pingCheck, ready],
      query: 'verbose',
      status: 200,
      text: '[+]ping ok\n[+]caches ok\nreadyz check passed\n',
    },
    {
      name: 'always tells them when one fails, and not why',
      checks: [pingCheck, broken],
      query: '',
      status: 500,
      text: '[+]ping ok\n[-]store failed: reason withheld\nreadyz check failed\n',
    },
    {
      name: 'leaves checks out',
      checks: [pingCheck, broken],
      query: 'exclude=store&verbose',
      status: 200,
      text: '[+]ping ok\n[+]store excluded: ok\nreadyz check passed\n',
    },
    {
      name: 'warns of exclusions that are none',
      checks: [pingCheck],
      query: 'exclude=b&exclude=a&verbose',
      status: 200,
      text: '[+]ping ok\nwarn: some health checks cannot be excluded: no matches for "a","b"\nreadyz check passed\n',
    },
  ];
  for (const { name, checks, query, status, text } of cases) {
    it(name, async () => {
      const answer = await answerHealth(checks, 'readyz', new URLSearchParams(query));
      expect({ status: answer.status, text: answer.text }).to.deep.equal({ status, text });
    });
  }

  it('asks an endpoint only for its own checks', async () => {
    expect(
      (await answerHealth([pingCheck, ready], 'livez', new URLSearchParams('verbose'))).text,
    ).to.equal('[+]ping ok\nlivez check passed\n');
  });

  it('answers for single checks, and says what is wrong to who may ask', async () => {
    await using server = await openTestServer({ healthChecks: [broken, ready] });
    const texts = [
      '/readyz/ping',
      '/readyz/store',
      '/livez/caches',
      '/healthz/',
      '/readyz/shutdown',
    ];
    const answers = await Promise.all(
      texts.map(async (path) => (await server.get(path)).body.toString()),
    );
    expect(answers).to.deep.equal([
      'ok',
      'internal server error: it is gone\n',
      '404 page not found\n',
      '404 page not found\n',
      'ok',
    ]);
    expect(server.log.map(({ problems }) => problems)).to.deep.equal([{ store: 'it is gone' }]);
  });
});

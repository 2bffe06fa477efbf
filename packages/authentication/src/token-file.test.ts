import { expect } from 'chai';
import { describe, it } from 'mocha';
import { tokenFileAuthenticator } from './token-file.ts';

const userOf = (csv: string, token = 't') =>
  tokenFileAuthenticator(csv)({ certificate: undefined, authorization: `Bearer ${token}` });

describe('a token file', () => {
  const cases: readonly { name: string; csv: string; token?: string; user: unknown }[] = [
    {
      name: 'knows user, uid and no groups',
      csv: 't,jane,7',
      user: { name: 'jane', uid: '7', groups: [] },
    },
    {
      name: 'knows groups',
      csv: 't,jane,7,"a,b"\n',
      user: { name: 'jane', uid: '7', groups: ['a', 'b'] },
    },
    { name: 'may have no uid', csv: 't,jane,', user: { name: 'jane', groups: [] } },
    {
      name: 'has several lines',
      csv: 'x,joe,1\r\n\r\nt,jane,7\r\n',
      user: { name: 'jane', uid: '7', groups: [] },
    },
    {
      name: 'takes the last of two that are equal',
      csv: 't,joe,1\nt,jane,7',
      user: { name: 'jane', uid: '7', groups: [] },
    },
    {
      name: 'may have commas and quotes in a name',
      csv: 't,"jane, ""the one""",7',
      user: { name: 'jane, "the one"', uid: '7', groups: [] },
    },
    {
      name: 'may have a line break in a quoted name',
      csv: 't,"ja\nne",7',
      user: { name: 'ja\nne', uid: '7', groups: [] },
    },
    {
      name: 'leaves empty tokens out',
      csv: ',joe,1\nt,jane,7',
      user: { name: 'jane', uid: '7', groups: [] },
    },
    { name: 'does not know other tokens', csv: 't,jane,7', token: 'tt', user: 'invalid' },
    { name: 'may be empty', csv: '', user: 'invalid' },
  ];
  for (const { name, csv, token, user } of cases) {
    it(name, async () => {
      expect(await userOf(csv, token)).to.deep.equal(user);
    });
  }

  it('says nothing of requests without a token', async () => {
    expect(
      await tokenFileAuthenticator('t,jane,7')({
        certificate: undefined,
        authorization: undefined,
      }),
    ).to.equal(undefined);
  });

  const broken: readonly { name: string; csv: string; message: string }[] = [
    {
      name: 'must have three columns',
      csv: 't,jane',
      message: 'the token file must have at least 3 columns (token, user name, user uid), found 2',
    },
    {
      name: 'must close its quotes',
      csv: 't,"jane,7',
      message: 'the token file is no CSV: a quote is where none may be',
    },
  ];
  for (const { name, csv, message } of broken) {
    it(name, () => {
      expect(() => tokenFileAuthenticator(csv)).to.throw(message);
    });
  }
});

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SourceName } from '../snapshot/collected.ts';
import { SNAPSHOT_FILES } from '../snapshot/snapshot-files.ts';
import { COLLECTED_ACTIONS, type SourceAction } from './aws/actions.ts';
import { collectFrom, fakeTimer, IAM_ACTIONS, IAM_SOURCES } from './testing/collect-from.ts';
import { arnOf, CREATED, EVERY_KIND_OF_USER, type FakeUser, fakeAccount } from './testing/fake-account.ts';
import { FAKE_ENDPOINT, type FakeAnswer, type FakeApi, type FakeApis, fakeIam } from './testing/fake-iam.ts';

const containing = (text: string): unknown => expect.stringContaining(text);

beforeEach(() => nock.disableNetConnect());
afterEach(() => nock.cleanAll());

/** The API answers so as many times, and well from then on. */
const atFirst =
  (times: number, answer: FakeAnswer, api: FakeApi | undefined): FakeApi =>
  (parameters, earlierCalls) =>
    earlierCalls < times || api === undefined ? answer : api(parameters, earlierCalls);

const always =
  (answer: FakeAnswer): FakeApi =>
  () =>
    answer;

describe('a call that fails for the moment', () => {
  const account = fakeAccount();
  const passing: readonly (readonly [string, FakeAnswer])[] = [
    ['throttled', { error: 'Throttling', message: 'Rate exceeded' }],
    ['answered by a server in trouble', { error: 'ServiceUnavailable', status: 503 }],
    ['answered by a proxy in trouble', { raw: '<html>502 Bad Gateway</html>', status: 502 }],
    ['cut off', { breaks: 'ECONNRESET' }],
  ];
  it.each(passing)('is made again until it is answered: %s', async (_, answer) => {
    fakeIam({ ...account, GetAccountSummary: atFirst(5, answer, account['GetAccountSummary']) });
    const { documents, apiCalls } = await collectFrom(FAKE_ENDPOINT);
    expect(documents.account.gaps).toEqual([]);
    expect(documents.accountSummary).toEqual({ SummaryMap: { Users: 0 } });
    expect(apiCalls.get('iam:GetAccountSummary')).toBe(6);
  });

  it('waits twice as long before each retry, up to twenty seconds', async () => {
    fakeIam({ ...account, GetAccountSummary: always({ error: 'ServiceUnavailable', status: 503 }) });
    const timer = fakeTimer();
    await collectFrom(FAKE_ENDPOINT, { timer, random: () => 1 });
    expect(timer.slept).toEqual([200, 400, 800, 1600, 3200, 6400, 12_800, 20_000, 20_000]);
  });

  it('loses no call where hundreds are throttled, each many times', async () => {
    const users = Array.from({ length: 60 }, (_, index): FakeUser => ({ name: `user${index}` }));
    const throttledSoFar = new Map<string, number>();
    fakeIam({
      ...fakeAccount(users),
      ListSSHPublicKeys: (parameters) => {
        const name = parameters.get('UserName') ?? '';
        const times = throttledSoFar.get(name) ?? 0;
        throttledSoFar.set(name, times + 1);
        return times < 8 ? { error: 'Throttling' } : { result: { SSHPublicKeys: [], IsTruncated: false } };
      },
    });
    const { documents, apiCalls, throttledCalls } = await collectFrom(FAKE_ENDPOINT);
    expect(documents.account.gaps).toEqual([]);
    expect(apiCalls.get('iam:ListSSHPublicKeys')).toBe(60 * 9);
    expect(throttledCalls).toEqual(new Map([['iam:ListSSHPublicKeys', 60 * 8]]));
  });

  it('slows the API down where AWS throttles it', async () => {
    const users = Array.from({ length: 100 }, (_, index): FakeUser => ({ name: `user${index}` }));
    const account = fakeAccount(users);
    const waitedMs = async (throttled: number) => {
      nock.cleanAll();
      const api = atFirst(throttled, { error: 'Throttling', message: 'Rate exceeded' }, account['ListSSHPublicKeys']);
      fakeIam({ ...account, ListSSHPublicKeys: api });
      const timer = fakeTimer();
      await collectFrom(FAKE_ENDPOINT, { timer, concurrency: 1 });
      return timer.now();
    };
    // 60 calls at once, then 20 a second. Throttled twice, the rate is a quarter at first.
    expect(await waitedMs(0)).toBe(40 * 50);
    expect(await waitedMs(2)).toBeGreaterThan(42 * 50 + 1000);
  });

  it('is a gap after ten attempts', async () => {
    fakeIam({ ...account, GetAccountSummary: always({ error: 'Throttling', message: 'Rate exceeded' }) });
    const { documents, apiCalls } = await collectFrom(FAKE_ENDPOINT);
    expect(documents.account.gaps).toEqual([
      {
        source: 'account-summary',
        action: 'iam:GetAccountSummary',
        reason: 'failed',
        detail: 'Throttling: Rate exceeded',
        subject: null,
      },
    ]);
    expect(documents.accountSummary).toBeUndefined();
    expect(apiCalls.get('iam:GetAccountSummary')).toBe(10);
  });

  it('is a gap where no answer comes in time, three times', async () => {
    fakeIam({ ...account, ListAccountAliases: always({ hangs: true }) });
    const timeouts = { connectionMs: 200, requestMs: 200 };
    const { documents, apiCalls } = await collectFrom(FAKE_ENDPOINT, { timeouts });
    expect(documents.account.alias).toBeNull();
    expect(apiCalls.get('iam:ListAccountAliases')).toBe(3);
    expect(documents.account.gaps).toMatchObject([
      { action: 'iam:ListAccountAliases', reason: 'failed', subject: null },
    ]);
    expect(documents.account.gaps[0]?.detail).toContain('TimeoutError');
  });
});

describe('an answer that breaks off', () => {
  it('is asked for again', async () => {
    nock.enableNetConnect('127.0.0.1');
    let calls = 0;
    const server = createServer((_, response) => {
      calls += 1;
      const answer = `<GetCallerIdentityResponse><GetCallerIdentityResult><Account>111122223333</Account>
        <Arn>arn:aws:iam::111122223333:root</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>`;
      response.writeHead(200, { 'content-length': answer.length });
      if (calls > 1) response.end(answer);
      else response.write(answer.slice(0, 100), () => response.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = server.address() as AddressInfo;
      const { documents, apiCalls } = await collectFrom(`http://127.0.0.1:${port}`);
      expect(documents.account.accountId).toBe('111122223333');
      expect(apiCalls.get('sts:GetCallerIdentity')).toBe(2);
    } finally {
      server.close();
      server.closeAllConnections();
    }
  });
});

describe('an answer that is not one of AWS', () => {
  const notAnswers: readonly (readonly [string, FakeAnswer])[] = [
    ['a page of HTML', { raw: '<html><body>Please log in</body></html>' }],
    ['nothing', { raw: '' }],
    ['text', { raw: 'it works' }],
    ['XML that breaks off', { raw: '<ListSAMLProvidersResponse><ListSAMLProvidersResult><SAMLProviderList><mem' }],
    ['a provider without an ARN', { result: { SAMLProviderList: [{ CreateDate: CREATED }] } }],
    ['a time that is none', { result: { SAMLProviderList: [{ Arn: 'arn:x', CreateDate: 'yesterday' }] } }],
  ];
  it.each(notAnswers)('is a gap, never an empty list: %s', async (_, answer) => {
    fakeIam({ ...fakeAccount(), ListSAMLProviders: always(answer) });
    const { documents } = await collectFrom(FAKE_ENDPOINT);
    expect(documents.identityProviders?.SAMLProviderList).toBeUndefined();
    expect(documents.identityProviders?.OpenIDConnectProviderList).toHaveLength(1);
    expect(documents.account.gaps).toMatchObject([
      { source: 'identity-providers', action: 'iam:ListSAMLProviders', reason: 'failed', subject: null },
    ]);
    expect(documents.account.gaps[0]?.detail).not.toMatch(/[\n\r]|inspect the hidden field/);
  });

  it('is a gap for each API, whichever sends a page of HTML', async () => {
    const html: FakeApis = Object.fromEntries(
      IAM_ACTIONS.map((action) => [action.slice('iam:'.length), always({ raw: '<html><body>hi</body></html>' })]),
    );
    fakeIam({ ...fakeAccount(EVERY_KIND_OF_USER), ...html, GetCallerIdentity: callerIdentity() });
    const { documents } = await collectFrom(FAKE_ENDPOINT);
    expect(Object.keys(documents)).toEqual(['account']);
    expect(new Set(documents.account.gaps.map(({ source }) => source))).toEqual(IAM_SOURCES);
  });

  it('is a gap where the pages have no end, because a marker comes again', async () => {
    const page: FakeAnswer = { result: { UserDetailList: [], IsTruncated: true, Marker: 'again' } };
    fakeIam({ ...fakeAccount(), GetAccountAuthorizationDetails: always(page) });
    const { documents, apiCalls } = await collectFrom(FAKE_ENDPOINT);
    expect(documents.authorizationDetails).toBeUndefined();
    expect(documents.account.gaps).toMatchObject([
      {
        action: 'iam:GetAccountAuthorizationDetails',
        reason: 'failed',
        detail: containing('same marker'),
      },
      { action: 'iam:GenerateServiceLastAccessedDetails', reason: 'failed', detail: containing('not asked') },
    ]);
    expect(apiCalls.get('iam:GetAccountAuthorizationDetails')).toBe(2);
  });
});

const callerIdentity = (): FakeApi => fakeAccount()['GetCallerIdentity'] ?? always({ error: 'none' });

describe('a call that is refused', () => {
  const ABOUT_ONE: Partial<Record<SourceAction, string>> = {
    'iam:GetPolicy': 'arn:aws:iam::111122223333:policy/boundary',
    'iam:GetPolicyVersion': 'arn:aws:iam::111122223333:policy/boundary',
    'iam:GetOpenIDConnectProvider': 'arn:aws:iam::111122223333:oidc-provider/ci.example.com',
  };
  const NOBODY_TO_ASK = {
    source: 'last-accessed',
    action: 'iam:GenerateServiceLastAccessedDetails',
    reason: 'denied',
    detail: containing('not asked'),
    subject: null,
  };
  it.each(IAM_ACTIONS)('leaves its gap, and everything else is read: %s', async (action) => {
    whole ??= await read({});
    const documents = await read({ [action.slice('iam:'.length)]: always({ error: 'AccessDenied', status: 403 }) });
    const source: SourceName = COLLECTED_ACTIONS[action];
    expect(documents.account.gaps).toEqual([
      {
        source,
        action,
        reason: 'denied',
        detail: 'AccessDenied: something is wrong',
        subject: ABOUT_ONE[action] ?? null,
      },
      ...(action === 'iam:GetAccountAuthorizationDetails' ? [NOBODY_TO_ASK] : []),
    ]);
    // Without the report, the last use of each key is asked for; without the details, of nobody what services it used.
    const changed = new Set<string>([
      ...(action === 'iam:GetCredentialReport' ? ['accessKeys'] : []),
      ...(action === 'iam:GetAccountAuthorizationDetails' ? ['lastAccessed'] : []),
    ]);
    for (const { member, source: of } of SNAPSHOT_FILES) {
      if (of !== source && !changed.has(member)) expect([member, documents[member]]).toEqual([member, whole?.[member]]);
    }
  });

  const read = async (apis: FakeApis) => {
    nock.cleanAll();
    fakeIam({ ...fakeAccount(EVERY_KIND_OF_USER), ...apis });
    return (await collectFrom(FAKE_ENDPOINT)).documents;
  };
  let whole: Awaited<ReturnType<typeof read>> | undefined;

  it('makes an account that refuses everything a document of gaps', async () => {
    fakeIam({ GetCallerIdentity: callerIdentity() });
    const { documents, apiCalls } = await collectFrom(FAKE_ENDPOINT);
    expect(Object.keys(documents)).toEqual(['account']);
    expect(documents.account.sources).toEqual([]);
    expect(documents.account.gaps.every(({ reason }) => reason === 'denied')).toBe(true);
    expect(new Set(documents.account.gaps.map(({ source }) => source))).toEqual(IAM_SOURCES);
    expect([...apiCalls.values()].reduce((sum, calls) => sum + calls, 0)).toBe(13);
  });

  it('takes the users from the credential report where the authorization details are refused', async () => {
    fakeIam({ ...fakeAccount(EVERY_KIND_OF_USER), GetAccountAuthorizationDetails: always({ error: 'AccessDenied' }) });
    const { documents } = await collectFrom(FAKE_ENDPOINT);
    expect(documents.accessKeys?.AccessKeyMetadata.map(({ UserName }) => UserName)).toEqual([
      'virtual',
      'bounded',
      'bounded',
    ]);
  });

  const people = (count: number): readonly FakeUser[] =>
    Array.from({ length: count }, (_, index) => ({ name: `user${index}`, keys: [CREATED] }));

  it('is not asked of 500 users when all are refused: one gap for all of them', async () => {
    fakeIam({ ...fakeAccount(people(500)), ListSSHPublicKeys: always({ error: 'AccessDenied', status: 403 }) });
    const { documents, apiCalls } = await collectFrom(FAKE_ENDPOINT);
    expect(documents.account.gaps).toMatchObject([
      { action: 'iam:ListSSHPublicKeys', reason: 'denied', subject: null },
    ]);
    expect(apiCalls.get('iam:ListSSHPublicKeys')).toBeLessThan(30);
    expect(documents.accessKeys?.AccessKeyMetadata).toHaveLength(500);
  });

  it('is a gap of some users where only they are refused, and the others are read', async () => {
    const users = people(60);
    fakeIam({
      ...fakeAccount(users),
      ListAccessKeys: (parameters, earlierCalls) =>
        Number(parameters.get('UserName')?.slice('user'.length)) >= 30
          ? { error: 'AccessDenied', status: 403 }
          : (fakeAccount(users)['ListAccessKeys']?.(parameters, earlierCalls) ?? { error: 'none' }),
    });
    const { documents } = await collectFrom(FAKE_ENDPOINT);
    expect(documents.accessKeys?.AccessKeyMetadata).toHaveLength(30);
    expect(new Set(documents.account.gaps.map(({ subject }) => subject))).toEqual(new Set(users.slice(30).map(arnOf)));
  });

  it('stops asking when the service breaks down halfway, and says of whom nothing is known', async () => {
    const users = people(200);
    fakeIam({
      ...fakeAccount(users),
      ListSSHPublicKeys: (parameters, earlierCalls) =>
        earlierCalls < 100
          ? (fakeAccount(users)['ListSSHPublicKeys']?.(parameters, earlierCalls) ?? { error: 'none' })
          : { error: 'InternalError' },
    });
    const { documents, apiCalls } = await collectFrom(FAKE_ENDPOINT);
    expect(documents.account.gaps).toHaveLength(100);
    expect(documents.account.gaps[0]).toMatchObject({
      reason: 'failed',
      detail: containing('InternalError'),
    });
    expect(apiCalls.get('iam:ListSSHPublicKeys')).toBeLessThan(120);
  });

  it('says in one short line what AWS said, whatever that was', async () => {
    const message = `not authorized\n  \u001b[31mto do this\u0007 ${'x'.repeat(2000)}`;
    fakeIam({ ...fakeAccount(), GetAccountSummary: always({ error: 'AccessDenied', message }) });
    const { gaps } = (await collectFrom(FAKE_ENDPOINT)).documents.account;
    expect(gaps[0]?.detail).toMatch(/^AccessDenied: not authorized/);
    expect(gaps[0]?.detail).not.toMatch(/\p{Cc}/u);
    expect(gaps[0]?.detail.length).toBeLessThan(350);
  });
});

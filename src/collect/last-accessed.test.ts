import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collectFrom, fakeTimer } from './testing/collect-from.ts';
import { arnOf, CREATED, type FakeUser, fakeAccount, userDetail } from './testing/fake-account.ts';
import { FAKE_ENDPOINT, type FakeApi, fakeIam } from './testing/fake-iam.ts';

beforeEach(() => nock.disableNetConnect());
afterEach(() => nock.cleanAll());

const GENERATE = 'iam:GenerateServiceLastAccessedDetails';
const GET = 'iam:GetServiceLastAccessedDetails';
const ann: FakeUser = { name: 'ann', granted: true };
const bob: FakeUser = { name: 'bob', granted: true };

const roleDetail = (RoleName: string, parts: Readonly<Record<string, unknown>> = {}) => {
  const Path = typeof parts['Path'] === 'string' ? parts['Path'] : '/';
  return {
    Path,
    RoleName,
    RoleId: `AROA${RoleName}`,
    Arn: `arn:aws:iam::111122223333:role${Path}${RoleName}`,
    CreateDate: CREATED,
    AssumeRolePolicyDocument: '%7B%7D',
    RolePolicyList: [{ PolicyName: 'inline', PolicyDocument: '%7B%7D' }],
    ...parts,
  };
};

const details =
  (lists: Readonly<Record<string, unknown>>): FakeApi =>
  () => ({ result: { IsTruncated: false, ...lists } });

const job = (result: Readonly<Record<string, unknown>>) => ({ result: { IsTruncated: false, ...result } });

describe('last accessed services', () => {
  it('are kept by principal, with the actions that IAM keeps track of', async () => {
    fakeIam(fakeAccount([ann]));
    const { documents, apiCalls } = await collectFrom(FAKE_ENDPOINT);
    expect(documents.lastAccessed).toEqual({
      [arnOf(ann)]: [
        {
          ServiceNamespace: 's3',
          LastAuthenticated: '2025-12-30T00:00:00Z',
          TrackedActionsLastAccessed: [
            { ActionName: 'ListAllMyBuckets', LastAccessedTime: '2025-12-30T00:00:00Z' },
            { ActionName: 'CreateBucket' },
          ],
        },
        { ServiceNamespace: 'sqs' },
      ],
    });
    expect(documents.account.sources.map(({ name }) => name)).toContain('last-accessed');
    expect([apiCalls.get(GENERATE), apiCalls.get(GET)]).toEqual([1, 1]);
  });

  it('are asked for of whom the answer can matter: not of roles that AWS keeps, of the young, or of whoever has no policy', async () => {
    const calls = fakeIam({
      ...fakeAccount(),
      GetAccountAuthorizationDetails: details({
        UserDetailList: [
          userDetail(ann),
          userDetail({ name: 'bare' }),
          { ...userDetail({ name: 'member' }), GroupList: ['team'] },
          { ...userDetail({ name: 'young', granted: true }), CreateDate: '2025-12-31T12:00:00Z' },
        ],
        RoleDetailList: [
          roleDetail('app'),
          roleDetail('AWSServiceRoleForECS', { Path: '/aws-service-role/ecs.amazonaws.com/' }),
          roleDetail('AWSReservedSSO_Admin', { Path: '/aws-reserved/sso.amazonaws.com/' }),
          roleDetail('empty', { RolePolicyList: [] }),
        ],
      }),
    });
    await collectFrom(FAKE_ENDPOINT);
    const asked = calls.filter(({ action }) => action === 'GenerateServiceLastAccessedDetails');
    expect(asked.map(({ parameters }) => parameters.get('Arn')?.split(':').at(-1))).toEqual([
      'user/ann',
      'user/member',
      'role/app',
    ]);
  });

  it('are asked for by service only of whoever has AdministratorAccess', async () => {
    const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
    const AttachedManagedPolicies = [{ PolicyName: 'AdministratorAccess', PolicyArn }];
    const calls = fakeIam({
      ...fakeAccount(),
      GetAccountAuthorizationDetails: details({
        UserDetailList: [userDetail(ann), { ...userDetail({ name: 'member' }), GroupList: ['admins'] }],
        GroupDetailList: [
          {
            Path: '/',
            GroupName: 'admins',
            GroupId: 'AGPA1',
            Arn: 'arn:aws:iam::111122223333:group/admins',
            CreateDate: CREATED,
            AttachedManagedPolicies,
          },
        ],
        RoleDetailList: [roleDetail('admin', { AttachedManagedPolicies })],
      }),
    });
    await collectFrom(FAKE_ENDPOINT);
    const asked = calls.filter(({ action }) => action === 'GenerateServiceLastAccessedDetails');
    expect(asked.map(({ parameters }) => parameters.get('Granularity'))).toEqual([
      'ACTION_LEVEL',
      'SERVICE_LEVEL',
      'SERVICE_LEVEL',
    ]);
  });

  it('wait for their job with pauses that double, and take all of its pages', async () => {
    const timer = fakeTimer();
    const answers = [
      job({ JobStatus: 'IN_PROGRESS' }),
      job({ JobStatus: 'IN_PROGRESS' }),
      job({
        JobStatus: 'COMPLETED',
        ServicesLastAccessed: [{ ServiceNamespace: 's3' }],
        IsTruncated: true,
        Marker: 'm',
      }),
      job({ JobStatus: 'COMPLETED', ServicesLastAccessed: [{ ServiceNamespace: 'sqs' }] }),
    ];
    fakeIam({
      ...fakeAccount([ann]),
      GetServiceLastAccessedDetails: (_, earlierCalls) => answers[earlierCalls] ?? { error: 'ServiceFailure' },
    });
    const { documents } = await collectFrom(FAKE_ENDPOINT, { timer });
    expect(timer.slept).toEqual([250, 500]);
    expect(documents.lastAccessed?.[arnOf(ann)]).toEqual([{ ServiceNamespace: 's3' }, { ServiceNamespace: 'sqs' }]);
  });

  it('leave a gap about the one whose job failed, was not done in time, or could not be asked for', async () => {
    const carl: FakeUser = { name: 'carl', granted: true };
    const dora: FakeUser = { name: 'dora', granted: true };
    const account = fakeAccount([ann, bob, carl, dora]);
    fakeIam({
      ...account,
      GenerateServiceLastAccessedDetails: (parameters) =>
        parameters.get('Arn') === arnOf(dora)
          ? { error: 'NoSuchEntity', message: 'she is gone', status: 404 }
          : (account['GenerateServiceLastAccessedDetails']?.(parameters, 0) ?? { error: 'none' }),
      GetServiceLastAccessedDetails: (parameters) => {
        if (parameters.get('JobId') === 'job-of-ann') return job({ JobStatus: 'COMPLETED', ServicesLastAccessed: [] });
        return parameters.get('JobId') === 'job-of-bob'
          ? job({ JobStatus: 'FAILED', Error: { Code: 'Internal', Message: 'sorry' } })
          : job({ JobStatus: 'IN_PROGRESS' });
      },
    });
    const { documents, apiCalls } = await collectFrom(FAKE_ENDPOINT);
    expect(documents.lastAccessed).toEqual({ [arnOf(ann)]: [] });
    expect(documents.account.gaps).toMatchObject([
      { source: 'last-accessed', action: GENERATE, subject: arnOf(dora), reason: 'failed' },
      { action: GET, subject: arnOf(bob), reason: 'failed', detail: 'the job failed: Internal: sorry' },
      { action: GET, subject: arnOf(carl), reason: 'failed' },
    ]);
    expect(apiCalls.get(GET)).toBeLessThan(25);
  });

  it('are not asked for where nobody wants them', async () => {
    fakeIam(fakeAccount([ann]));
    const { documents, apiCalls } = await collectFrom(FAKE_ENDPOINT, { lastAccessed: false });
    expect(apiCalls.has(GENERATE)).toBe(false);
    expect(documents.lastAccessed).toBeUndefined();
    expect(documents.account.gaps).toEqual([]);
  });

  it('of 1,000 principals take 2,000 calls, each API paced', async () => {
    const users = Array.from({ length: 500 }, (_, index): FakeUser => ({ name: `user${index}`, granted: true }));
    const roles = Array.from({ length: 500 }, (_, index) => roleDetail(`role${index}`));
    fakeIam({
      ...fakeAccount(users),
      GetAccountAuthorizationDetails: details({ UserDetailList: users.map(userDetail), RoleDetailList: roles }),
    });
    const timer = fakeTimer();
    const { apiCalls } = await collectFrom(FAKE_ENDPOINT, { timer });
    expect([apiCalls.get(GENERATE), apiCalls.get(GET)]).toEqual([1000, 1000]);
    // 20 calls a second after a burst of 60, for either API.
    expect(timer.now()).toBeGreaterThan((2 * 940 * 1000) / 20);
  }, 30_000);
});

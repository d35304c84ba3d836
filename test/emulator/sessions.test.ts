import { GetUserCommand, ListUsersCommand } from '@aws-sdk/client-iam';
import {
  AssumeRoleCommand,
  type AssumeRoleCommandInput,
  GetAccessKeyInfoCommand,
  GetCallerIdentityCommand,
  GetFederationTokenCommand,
  GetSessionTokenCommand,
} from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import { ANY_POLICY, runningAccount } from './running-account.ts';

const account = `
policies: [{ policyName: p, document: ${ANY_POLICY} }]
users:
  - { userName: alice, path: /staff/, userId: AIDA2345ABCDEFGHIJKLM, accessKeys: [{ createDate: 1d ago, accessKeyId: AKIA2345ABCDEFGHIJKL }], mfa: [{ kind: hardware, serialNumber: GAHT12345678 }] }
roles:
  - { roleName: Deploy, path: /ci/, roleId: AROA2345ABCDEFGHIJKLM, maxSessionDuration: 7200, assumeRolePolicyDocument: ${ANY_POLICY} }
  - { roleName: next, assumeRolePolicyDocument: ${ANY_POLICY} }
`;

const ALICE = 'AKIA2345ABCDEFGHIJKL';
const Deploy = 'arn:aws:iam::123456789012:role/ci/Deploy';
const next = 'arn:aws:iam::123456789012:role/next';

const assume = (more: Partial<AssumeRoleCommandInput> = {}) =>
  new AssumeRoleCommand({ RoleArn: Deploy, RoleSessionName: 'build-1', ...more });

const refusal = (Code: string, message: string | RegExp) => ({
  Code,
  message: typeof message === 'string' ? message : (expect.stringMatching(message) as unknown),
});

describe('AssumeRole', () => {
  it('gives credentials that act as the session of the role', async () => {
    const { as, withSession } = await runningAccount(account);
    const answer = await as(ALICE).sts.send(assume());
    expect(answer).toMatchObject({
      AssumedRoleUser: {
        Arn: 'arn:aws:sts::123456789012:assumed-role/Deploy/build-1',
        AssumedRoleId: 'AROA2345ABCDEFGHIJKLM:build-1',
      },
      Credentials: {
        AccessKeyId: expect.stringMatching(/^ASIA[Q-Z2-7][A-Z2-7]{15}$/) as unknown,
        SecretAccessKey: expect.stringMatching(/^[A-Za-z0-9+/]{40}$/) as unknown,
        SessionToken: expect.stringMatching(/^IQoJb3JpZ2luX2Vj/) as unknown,
        Expiration: new Date('2026-01-31T13:00:00Z'),
      },
    });
    expect(answer.PackedPolicySize).toBeUndefined();
    expect(answer.SourceIdentity).toBeUndefined();
    expect(await withSession(answer.Credentials).sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
      UserId: 'AROA2345ABCDEFGHIJKLM:build-1',
      Account: '123456789012',
      Arn: 'arn:aws:sts::123456789012:assumed-role/Deploy/build-1',
    });
  });

  it('says how large policies and tags are, where some are passed, and keeps the source identity', async () => {
    const { sts } = await runningAccount(account);
    const answer = await sts.send(
      assume({
        Policy: '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}',
        PolicyArns: [{ arn: 'arn:aws:iam::123456789012:policy/p' }, { arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }],
        Tags: [{ Key: 'team', Value: 'red' }],
        SourceIdentity: 'alice',
      }),
    );
    expect(answer.PackedPolicySize).toBeGreaterThan(0);
    expect(answer.PackedPolicySize).toBeLessThan(20);
    expect(answer.SourceIdentity).toBe('alice');
  });

  it('makes the token as long as asked', async () => {
    const { sts, withSession } = await runningAccount(account);
    const answer = await sts.send(assume({ MinimumSessionTokenSize: 3000 }));
    expect(answer.SessionTokenSize).toBeGreaterThanOrEqual(3000);
    expect(answer.Credentials?.SessionToken).toHaveLength(answer.SessionTokenSize ?? 0);
    expect(answer.SessionTokenUtilization).toBe(Math.ceil((100 * (answer.SessionTokenSize ?? 0)) / 4096));
    await withSession(answer.Credentials).sts.send(new GetCallerIdentityCommand({}));
  });

  it.each<[string, Partial<AssumeRoleCommandInput>, object]>([
    [
      'a role that does not exist, as if it trusted nobody',
      { RoleArn: 'arn:aws:iam::123456789012:role/none' },
      refusal(
        'AccessDenied',
        'User: arn:aws:iam::123456789012:user/staff/alice is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role/none',
      ),
    ],
    [
      'a role whose path is left out',
      { RoleArn: 'arn:aws:iam::123456789012:role/Deploy' },
      refusal('AccessDenied', /is not authorized to perform: sts:AssumeRole/),
    ],
    [
      'a role of an account that nobody knows',
      { RoleArn: 'arn:aws:iam::999999999999:role/Deploy' },
      refusal('AccessDenied', /is not authorized to perform: sts:AssumeRole/),
    ],
    [
      'what is no role',
      { RoleArn: 'arn:aws:iam::123456789012:user/staff/alice' },
      refusal('ValidationError', 'arn:aws:iam::123456789012:user/staff/alice is invalid'),
    ],
    [
      'a session without a name',
      { RoleSessionName: 'a b' },
      refusal(
        'ValidationError',
        /^1 validation error detected: Value 'a b' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: /,
      ),
    ],
    [
      'a duration below a quarter of an hour',
      { DurationSeconds: 899 },
      refusal(
        'ValidationError',
        "1 validation error detected: Value '899' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900",
      ),
    ],
    [
      'a duration above half a day',
      { DurationSeconds: 43_201 },
      refusal('ValidationError', /Member must have value less than or equal to 43200$/),
    ],
    [
      'a duration above the role’s',
      { DurationSeconds: 7201 },
      refusal('ValidationError', 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.'),
    ],
    [
      'tags of the same key',
      { Tags: ['Team', 'team'].map((Key) => ({ Key, Value: '' })) },
      refusal('InvalidParameterValue', 'Duplicate tag keys found. Please note that Tag keys are case insensitive.'),
    ],
    [
      'a transitive key of no tag',
      { TransitiveTagKeys: ['team'] },
      refusal('InvalidParameterValue', 'The specified transitive tag key must be included in the requested tags.'),
    ],
    ['a session policy that is none', { Policy: '{}' }, { Code: 'MalformedPolicyDocument' }],
    [
      'a session policy of another account',
      { PolicyArns: [{ arn: 'arn:aws:iam::210987654321:policy/p' }] },
      { Code: 'ValidationError' },
    ],
    [
      'more than fits',
      { Tags: Array.from({ length: 50 }, (_, at) => ({ Key: `${at}`, Value: 'x'.repeat(256) })) },
      { Code: 'PackedPolicyTooLarge' },
    ],
    [
      'an MFA device without its code',
      { SerialNumber: 'GAHT12345678' },
      refusal(
        'AccessDenied',
        'MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.',
      ),
    ],
    [
      'an MFA device of somebody else',
      { SerialNumber: 'GAHT87654321', TokenCode: '123456' },
      refusal(
        'AccessDenied',
        'MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.',
      ),
    ],
  ])('refuses %s', async (_, more, error) => {
    const { as } = await runningAccount(account);
    await expect(as(ALICE).sts.send(assume(more))).rejects.toMatchObject(error);
  });

  it('hands transitive tags and the source identity down a chain of roles, an hour at most', async () => {
    const { as, withSession } = await runningAccount(account);
    const Tags = [{ Key: 'team', Value: 'red' }];
    const first = await as(ALICE).sts.send(assume({ Tags, TransitiveTagKeys: ['team'], SourceIdentity: 'alice' }));
    const { sts } = withSession(first.Credentials);
    await expect(sts.send(assume({ RoleArn: next, DurationSeconds: 3601 }))).rejects.toMatchObject(
      refusal(
        'ValidationError',
        'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
      ),
    );
    await expect(sts.send(assume({ RoleArn: next, Tags: [{ Key: 'TEAM', Value: 'x' }] }))).rejects.toMatchObject({
      Code: 'InvalidParameterValue',
    });
    await expect(sts.send(assume({ RoleArn: next, SourceIdentity: 'bob' }))).rejects.toMatchObject({
      Code: 'AccessDenied',
    });
    const second = await sts.send(assume({ RoleArn: next }));
    expect(second.SourceIdentity).toBe('alice');
    expect(second.PackedPolicySize).toBeGreaterThan(0);
  });
});

describe('temporary credentials', () => {
  it('end when they expire', async () => {
    const { sts, withSession, clock } = await runningAccount(account);
    const { Credentials } = await sts.send(assume({ DurationSeconds: 900 }));
    clock.moveTo('2026-01-31T12:14:59Z');
    await withSession(Credentials).iam.send(new ListUsersCommand({}));
    clock.moveTo('2026-01-31T12:15:00Z');
    await expect(withSession(Credentials).iam.send(new ListUsersCommand({}))).rejects.toMatchObject({
      ...refusal('ExpiredToken', 'The security token included in the request is expired'),
      $metadata: { httpStatusCode: 403 },
    });
  });

  it('are worth nothing with another key', async () => {
    const { sts, withSession } = await runningAccount(account);
    const { Credentials } = await sts.send(assume());
    if (Credentials === undefined) throw new Error('no credentials');
    const mixed = withSession({ ...Credentials, AccessKeyId: 'ASIAQEXAMPLEEXAMPLE2' });
    await expect(mixed.iam.send(new ListUsersCommand({}))).rejects.toMatchObject(
      refusal('InvalidClientTokenId', 'The security token included in the request is invalid.'),
    );
  });

  it('of GetSessionToken are the user’s own, for half a day', async () => {
    const { as, withSession } = await runningAccount(account);
    const { Credentials } = await as(ALICE).sts.send(new GetSessionTokenCommand({}));
    expect(Credentials?.Expiration).toEqual(new Date('2026-02-01T00:00:00Z'));
    const { iam, sts } = withSession(Credentials);
    expect((await iam.send(new GetUserCommand({}))).User?.UserName).toBe('alice');
    expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
      UserId: 'AIDA2345ABCDEFGHIJKLM',
      Arn: 'arn:aws:iam::123456789012:user/staff/alice',
    });
    await expect(sts.send(new GetSessionTokenCommand({}))).rejects.toMatchObject(
      refusal('AccessDenied', 'Cannot call GetSessionToken with session credentials'),
    );
    await expect(sts.send(new GetFederationTokenCommand({ Name: 'bob' }))).rejects.toMatchObject(
      refusal('AccessDenied', 'Cannot call GetFederationToken with session credentials'),
    );
  });

  it('of the root user last an hour', async () => {
    const { sts } = await runningAccount(account);
    const { Credentials } = await sts.send(new GetSessionTokenCommand({ DurationSeconds: 43_200 }));
    expect(Credentials?.Expiration).toEqual(new Date('2026-01-31T13:00:00Z'));
  });

  it('of GetFederationToken are a federated user’s', async () => {
    const { as, withSession } = await runningAccount(account);
    const answer = await as(ALICE).sts.send(new GetFederationTokenCommand({ Name: 'bob', DurationSeconds: 900 }));
    expect(answer).toMatchObject({
      FederatedUser: {
        FederatedUserId: '123456789012:bob',
        Arn: 'arn:aws:sts::123456789012:federated-user/bob',
      },
      Credentials: { Expiration: new Date('2026-01-31T12:15:00Z') },
    });
    expect(await withSession(answer.Credentials).sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
      UserId: '123456789012:bob',
      Arn: 'arn:aws:sts::123456789012:federated-user/bob',
    });
  });
});

describe('GetAccessKeyInfo', () => {
  it('tells the account of keys of the account, and of those whose id says so', async () => {
    const { sts } = await runningAccount(account);
    const accountOf = async (AccessKeyId: string) =>
      (await sts.send(new GetAccessKeyInfoCommand({ AccessKeyId }))).Account;
    expect(await accountOf(ALICE)).toBe('123456789012');
    expect(await accountOf('ASIAQNZGKIQY56JQ7WML')).toBe('029608264753');
    const { Credentials } = await sts.send(assume());
    expect(await accountOf(Credentials?.AccessKeyId ?? '')).toBe('123456789012');
    await expect(accountOf('AKIAIOSFODNN7EXAMPLE')).rejects.toMatchObject({ Code: 'ValidationError' });
  });
});

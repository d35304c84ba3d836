import { describe, expect, it } from 'vitest';
import { loadServiceReference } from '../../../reference/service-reference.ts';
import { createAuthorizer } from '../../authorizer.ts';
import type { CloudState } from '../../cloud-state.ts';
import { withAccount } from '../../cloud-state.ts';
import { parseJsonWebToken } from '../../json-web-token.ts';
import { operations } from '../../operations.ts';
import { openSession } from '../../session-token.ts';
import { callBy, cloudOfFiles } from '../../testing/cloud-of-file.ts';

const authorize = createAuthorizer(await loadServiceReference());
const root = callBy({ kind: 'root' });

const tried = (cloud: CloudState, operation: string, input: object, call = root) =>
  operations.get(operation)?.run(cloud, input, call);

const done = (cloud: CloudState, operation: string, input: object) => {
  const outcome = tried(cloud, operation, input);
  if (outcome?.ok !== true) throw new Error(`${operation} gave ${JSON.stringify(outcome)}`);
  return outcome.value;
};

const task = (name: string) => ({ arn: `arn:aws:iam::aws:policy/root-task/${name}` });

describe('AssumeRoot', () => {
  const organization = (features: readonly 'RootSessions'[]) => {
    const made = done(cloudOfFiles('{ }'), 'organizations:CreateOrganization', {}).cloud;
    const { cloud } = done(made, 'organizations:CreateAccount', { AccountName: 'a', Email: 'a@example.com' });
    const [own, member] = [...cloud.accounts.values()].sort((a) => (a.accountId === '123456789012' ? -1 : 1));
    if (own === undefined || member === undefined) throw new Error('no member');
    const settings = { ...own.settings, rootFeatures: features };
    return { cloud: withAccount(cloud, { ...own, settings }), member };
  };

  it('acts as the root user of a member account, within a task', () => {
    const { cloud, member } = organization(['RootSessions']);
    const given = { TargetPrincipal: member.accountId, TaskPolicyArn: task('IAMAuditRootUserCredentials') };
    const { answer } = done(cloud, 'sts:AssumeRoot', given);
    const { SessionToken, Expiration } = answer['Credentials'] as { SessionToken: string; Expiration: string };
    expect(Expiration).toBe('2026-01-31T12:15:00Z');
    const opened = openSession(SessionToken);
    if (opened === null) throw new Error('no session');
    const call = { ...root, ...opened.sealed };
    expect(tried(cloud, 'sts:GetCallerIdentity', {}, call)).toMatchObject({
      value: { answer: { Account: member.accountId, Arn: `arn:aws:iam::${member.accountId}:root` } },
    });
    expect(authorize(cloud, 'iam:ListAccessKeys', {}, call).ok).toBe(true);
    expect(authorize(cloud, 'iam:CreateUser', { UserName: 'x' }, call)).toMatchObject({
      error: {
        message: expect.stringMatching(
          /with an explicit deny in a session policy: arn:aws:iam::aws:policy\/root-task\/IAMAuditRootUserCredentials$/,
        ) as unknown,
      },
    });
  });

  it('is refused without the feature, of other accounts, and with policies that are no tasks', () => {
    const { cloud, member } = organization(['RootSessions']);
    const TaskPolicyArn = task('S3UnlockBucketPolicy');
    const target = (TargetPrincipal: string, policy = TaskPolicyArn) => ({ TargetPrincipal, TaskPolicyArn: policy });
    const denied = (id: string) => ({
      error: {
        code: 'AccessDenied',
        message: `User: arn:aws:iam::123456789012:root is not authorized to perform: sts:AssumeRoot on resource: arn:aws:iam::${id}:root`,
      },
    });
    const bare = organization([]);
    expect(tried(bare.cloud, 'sts:AssumeRoot', target(bare.member.accountId))).toMatchObject(
      denied(bare.member.accountId),
    );
    expect(tried(cloud, 'sts:AssumeRoot', target('123456789012'))).toMatchObject(denied('123456789012'));
    expect(tried(cloud, 'sts:AssumeRoot', target('999999999999'))).toMatchObject(denied('999999999999'));
    const other = target(member.accountId, { arn: 'arn:aws:iam::aws:policy/AdministratorAccess' });
    expect(tried(cloud, 'sts:AssumeRoot', other)).toMatchObject({ error: { code: 'ValidationError' } });
  });
});

describe('GetWebIdentityToken', () => {
  const cloud = cloudOfFiles('users: [{ userName: ann }]');
  const input = { Audience: ['app'], SigningAlgorithm: 'ES384' };

  it('is refused while the account has not switched it on', () => {
    expect(tried(cloud, 'sts:GetWebIdentityToken', input, callBy('ann'))).toMatchObject({
      error: { code: 'OutboundWebIdentityFederationDisabledException' },
    });
  });

  it.each(['ES384', 'RS256'])('tells who calls, signed with %s', (SigningAlgorithm) => {
    const [own] = [...cloud.accounts.values()];
    if (own === undefined) throw new Error('no account');
    const settings = { ...own.settings, outboundFederation: { issuer: 'https://i.example', enabled: true } };
    const on = withAccount(cloud, { ...own, settings });
    const outcome = tried(
      on,
      'sts:GetWebIdentityToken',
      { ...input, SigningAlgorithm, Tags: [{ Key: 'a', Value: 'b' }] },
      callBy('ann'),
    );
    if (outcome?.ok !== true) throw new Error(JSON.stringify(outcome));
    expect(outcome.value.answer['Expiration']).toBe('2026-01-31T12:05:00Z');
    const token = parseJsonWebToken(outcome.value.answer['WebIdentityToken'] as string);
    expect(token?.header).toMatchObject({ alg: SigningAlgorithm });
    expect(token?.claims).toMatchObject({
      iss: 'https://i.example',
      aud: 'app',
      sub: 'arn:aws:iam::123456789012:user/ann',
      iat: 1_769_860_800,
      exp: 1_769_861_100,
      'https://sts.amazonaws.com/': { aws_account: '123456789012', request_tags: { a: 'b' } },
    });
  });
});

describe('DecodeAuthorizationMessage', () => {
  it('tells what a refusal was about', () => {
    const cloud = cloudOfFiles('users: [{ userName: ann }]');
    const refused = authorize(cloud, 'iam:GetUser', { UserName: 'bob' }, callBy('ann'));
    if (refused.ok || refused.error.encodedMessage === undefined) throw new Error('not refused');
    const { answer } = done(cloud, 'sts:DecodeAuthorizationMessage', { EncodedMessage: refused.error.encodedMessage });
    expect(JSON.parse(answer['DecodedMessage'] as string)).toMatchObject({
      allowed: false,
      explicitDeny: false,
      context: {
        principal: { arn: 'arn:aws:iam::123456789012:user/ann' },
        action: 'iam:GetUser',
        resource: 'arn:aws:iam::123456789012:user/bob',
      },
    });
  });

  it.each(['x', 'A'.repeat(100)])('refuses what is no message: %s', (EncodedMessage) => {
    expect(tried(cloudOfFiles('{ }'), 'sts:DecodeAuthorizationMessage', { EncodedMessage })).toMatchObject({
      error: { code: 'InvalidAuthorizationMessageException' },
    });
  });
});

import { describe, expect, test } from 'vitest';
import { decide } from './decide.ts';
import { allow, ask, deny, type Question, toQuestion } from './testing/ask.ts';

const ACCOUNT = '111122223333';
const user = ['user', `arn:aws:iam::${ACCOUNT}:user/team/alice`] as const;
const role = ['role', `arn:aws:iam::${ACCOUNT}:role/ci/deploy`] as const;
const session = ['assumedRole', `arn:aws:sts::${ACCOUNT}:assumed-role/deploy/run-7`] as const;
const federated = ['federatedUser', `arn:aws:sts::${ACCOUNT}:federated-user/bob`] as const;
const root = `arn:aws:iam::${ACCOUNT}:root`;
const grantTo = (Principal: unknown, caller: Question['caller'], context = {}) =>
  ask({ caller, context, resourcePolicy: allow({ Principal }) });

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
describe('Principal names', () => {
  test.each<[string, unknown, Question['caller'], boolean]>([
    ['everybody', '*', ['anonymous', '*'], true],
    ['everybody as AWS', { AWS: '*' }, ['anonymous', '*'], true],
    ['a user in a list', { AWS: ['444455556666', user[1]] }, user, true],
    ['a user without its path', { AWS: `arn:aws:iam::${ACCOUNT}:user/alice` }, user, false],
    ['a user in another case', { AWS: user[1].replace('alice', 'Alice') }, user, false],
    ['a pattern', { AWS: `arn:aws:iam::${ACCOUNT}:user/*` }, user, false],
    ['a group', { AWS: `arn:aws:iam::${ACCOUNT}:group/team` }, user, false],
    ['a deleted user by its id', { AWS: 'AIDACKCEVSQ6C2EXAMPLE' }, user, false],
    ['a user of another partition', { AWS: user[1].replace('arn:aws:', 'arn:aws-cn:') }, user, false],
    ['the role of a session, with its path', { AWS: role[1] }, session, true],
    ['another role that ends like it', { AWS: `arn:aws:iam::${ACCOUNT}:role/my-deploy` }, session, false],
    ['the role of that name elsewhere', { AWS: 'arn:aws:iam::444455556666:role/deploy' }, session, false],
    ['another session', { AWS: session[1].replace('run-7', 'run-8') }, session, false],
    ['what is like a role, but no ARN', { AWS: 'my:role/deploy' }, session, false],
    ['all sessions by a pattern', { AWS: session[1].replace('run-7', '*') }, session, false],
    ['a service', { Service: ['s3.amazonaws.com', 'sns.amazonaws.com'] }, ['service', 'sns.amazonaws.com'], true],
    ['a service is no AWS principal', { AWS: 'sns.amazonaws.com' }, ['service', 'sns.amazonaws.com'], false],
  ])('%s', (_title, principal, caller, granted) => {
    expect(grantTo(principal, caller)).toBe(granted ? 'allowed' : `implicitDeny by ${silentOf(caller)}`);
  });

  const silentOf = ([kind]: Question['caller']) => (kind === 'service' ? 'resource-policy' : 'identity');

  test('the role by its path where the context tells it', () => {
    const withoutPath = { AWS: `arn:aws:iam::${ACCOUNT}:role/deploy` };
    expect(grantTo(withoutPath, session)).toBe('allowed');
    expect(grantTo(withoutPath, role)).toBe('implicitDeny by identity');
    const [request, policies] = toQuestion({ caller: session, resourcePolicy: allow({ Principal: withoutPath }) });
    const caller = { kind: 'assumedRole', arn: session[1], account: ACCOUNT, roleArn: role[1] } as const;
    expect(decide({ ...request, caller }, policies).kind).toBe('implicitDeny');
  });

  test.each<[string, Question['caller']]>([
    ['anonymous callers', ['anonymous', '*']],
    ['services', ['service', 'sns.amazonaws.com']],
    ['whom a provider vouches for', ['federated', 'accounts.google.com']],
  ])('a Deny for a user is no matter to %s', (_title, caller) => {
    const action = 'sts:AssumeRoleWithWebIdentity';
    const resourcePolicy = [allow({ Principal: '*' }), deny({ Principal: { AWS: user[1] } })];
    expect(ask({ caller, action, resourcePolicy })).toBe('allowed');
  });

  test('an account in a partition, or by its id in any', () => {
    const askAs = (principal: string) =>
      ask({
        caller: user,
        identity: allow(),
        action: 'sts:AssumeRole',
        resource: role[1],
        resourcePolicy: { Effect: 'Allow', Action: '*', Principal: { AWS: principal } },
      });
    expect(askAs(ACCOUNT)).toBe('allowed');
    expect(askAs(root)).toBe('allowed');
    expect(askAs(root.replace('arn:aws:', 'arn:aws-us-gov:'))).toBe('implicitDeny by resource-policy');
  });

  test('a session of that name, where nobody knows what the session is called', () => {
    const some = { AWS: session[1] };
    expect(grantTo(some, role)).toBe('allowedIf `aws:userid` is like `*:run-7`');
    expect(grantTo(some, ['role', role[1].replace('deploy', 'build')])).toBe('implicitDeny by identity');
    expect(grantTo(some, role, { 'aws:userid': 'AROAEXAMPLE' })).toBe('allowedIf `aws:userid` is like `*:run-7`');
    expect(grantTo(some, role, { 'aws:userid': 'AROAEXAMPLE:run-7' })).toBe('allowed');
    expect(grantTo(some, role, { 'aws:userid': 'AROAEXAMPLE:run-8' })).toBe('implicitDeny by identity');
  });

  test('a provider only where it vouches for somebody', () => {
    const google = { Federated: 'accounts.google.com' };
    const caller = ['federated', 'accounts.google.com'] as const;
    const resourcePolicy = { Effect: 'Allow', Action: '*', Principal: google };
    expect(ask({ caller, action: 'sts:AssumeRoleWithWebIdentity', resource: role[1], resourcePolicy })).toBe('allowed');
    expect(grantTo(google, caller)).toBe('implicitDeny by resource-policy');
  });

  test('a canonical user id, whose account nobody knows', () => {
    const resourcePolicy = (effect: typeof allow) => effect({ Principal: { CanonicalUser: '79a59df900b949e5' } });
    const stranger = ['user', 'arn:aws:iam::444455556666:user/bob'] as const;
    expect(ask({ caller: stranger, identity: allow(), resourcePolicy: resourcePolicy(allow) })).toBe('undetermined');
    expect(ask({ caller: stranger, resourcePolicy: resourcePolicy(allow) })).toBe('implicitDeny by identity');
    expect(ask({ caller: user, identity: allow(), resourcePolicy: resourcePolicy(allow) })).toBe('allowed');
    expect(ask({ caller: user, identity: allow(), resourcePolicy: resourcePolicy(deny) })).toBe('undetermined');
    expect(
      ask({ caller: user, identity: allow(), resourcePolicy: [deny({ Principal: '*' }), resourcePolicy(deny)] }),
    ).toBe('explicitDeny');
  });

  test('a canonical user id leaves no doubt about who is named beside it', () => {
    const Condition = { Bool: { 'aws:SecureTransport': 'false' } };
    const resourcePolicy = deny({ Principal: { AWS: user[1], CanonicalUser: '79a59df900b949e5' }, Condition });
    expect(ask({ caller: user, identity: allow(), unknown: ['aws:securetransport'], resourcePolicy })).toBe(
      'allowedIf `aws:SecureTransport` is not `false`',
    );
  });

  test('a canonical user id names an account of no anonymous caller, and none in policies but of buckets', () => {
    const resourcePolicy = (effect: typeof allow) => effect({ Principal: { CanonicalUser: '79a59df900b949e5' } });
    expect(ask({ caller: ['anonymous', '*'], resourcePolicy: resourcePolicy(allow) })).toBe(
      'implicitDeny by resource-policy',
    );
    expect(ask({ caller: ['anonymous', '*'], resourcePolicy: [allow({ Principal: '*' }), resourcePolicy(deny)] })).toBe(
      'allowed',
    );
    const queue = { action: 'sqs:SendMessage', resource: `arn:aws:sqs:us-east-1:${ACCOUNT}:queue` };
    expect(ask({ ...queue, caller: user, identity: allow(), resourcePolicy: resourcePolicy(deny) })).toBe('allowed');
  });

  test('a Deny that names a caller in several ways is told once', () => {
    const resourcePolicy = deny({ Principal: { AWS: [user[1], ACCOUNT, root] } });
    expect(decide(...toQuestion({ caller: user, identity: allow(), resourcePolicy }))).toEqual({
      kind: 'explicitDeny',
      deniedBy: [{ policy: 'resource', statement: 0 }],
    });
  });

  test('a canonical user id is told as what leaves a request open', () => {
    const resourcePolicy = deny({ Principal: { CanonicalUser: '79a59df900b949e5' } });
    expect(decide(...toQuestion({ caller: user, identity: allow(), resourcePolicy }))).toEqual({
      kind: 'undetermined',
      reasons: [
        { policy: 'resource', pointer: '/Statement', message: 'nothing says which account a canonical user id is' },
      ],
    });
  });

  test('an Allow that names nobody, where somebody must be named, neither grants nor leaves a doubt', () => {
    const stranger = ['user', 'arn:aws:iam::444455556666:user/bob'] as const;
    expect(ask({ caller: stranger, identity: allow(), resourcePolicy: allow() })).toBe(
      'implicitDeny by resource-policy',
    );
  });
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
describe('a Deny with NotPrincipal', () => {
  const denyBut = (AWS: readonly string[], question: Question) =>
    ask({ identity: allow(), resourcePolicy: deny({ NotPrincipal: { AWS } }), ...question });

  test.each<[string, readonly string[], Question, string]>([
    ['spares a user that is listed with its account', [user[1], root], { caller: user }, 'allowed'],
    ['hits a user whose account is not listed', [user[1]], { caller: user }, 'explicitDeny'],
    ['hits a user that is not listed itself', [root], { caller: user }, 'explicitDeny'],
    ['always hits who has a boundary', [user[1], root], { caller: user, boundary: allow() }, 'explicitDeny'],
    ['spares a session listed with role and account', [session[1], role[1], root], { caller: session }, 'allowed'],
    ['hits a session whose role is not listed', [session[1], root], { caller: session }, 'explicitDeny'],
    ['hits a session that is not listed itself', [role[1], root], { caller: session }, 'explicitDeny'],
    ['spares the root user of a listed account', [ACCOUNT], { caller: ['root', root] }, 'allowed'],
    [
      'spares some sessions of a role',
      [session[1], role[1], root],
      { caller: role },
      'allowedIf `aws:userid` is like `*:run-7`',
    ],
    ['spares everybody', ['*'], { caller: user }, 'allowed'],
    ['spares a federated user listed with its account', [federated[1], root], { caller: federated }, 'allowed'],
    ['hits a federated user that is not listed', [root], { caller: federated }, 'explicitDeny'],
    ['hits a federated user whose account is not listed', [federated[1]], { caller: federated }, 'explicitDeny'],
  ])('%s', (_title, listed, question, decision) => expect(denyBut(listed, question)).toBe(decision));

  test('spares whom a listed provider vouches for', () => {
    const askOf = (Federated: string) =>
      ask({
        caller: ['federated', 'accounts.google.com'],
        action: 'sts:AssumeRoleWithWebIdentity',
        resourcePolicy: [
          allow({ Principal: { Federated: 'accounts.google.com' } }),
          deny({ NotPrincipal: { Federated } }),
        ],
      });
    expect(askOf('accounts.google.com')).toBe('allowed');
    expect(askOf('www.amazon.com')).toBe('explicitDeny');
  });

  test('spares a service that is listed', () => {
    const resourcePolicy = [allow({ Principal: '*' }), deny({ NotPrincipal: { Service: 'sns.amazonaws.com' } })];
    expect(ask({ caller: ['service', 'sns.amazonaws.com'], resourcePolicy })).toBe('allowed');
    expect(ask({ caller: ['anonymous', '*'], resourcePolicy })).toBe('explicitDeny');
  });

  test('NotPrincipal does not go with an Allow', () => {
    expect(ask({ caller: user, resourcePolicy: allow({ NotPrincipal: { AWS: '444455556666' } }) })).toBe(
      'implicitDeny by identity',
    );
  });
});

import { describe, expect, test } from 'vitest';
import { decide } from './decide.ts';
import { allow, ask, deny, other, type Question, toQuestion } from './testing/ask.ts';

const ACCOUNT = '111122223333';
const user = ['user', `arn:aws:iam::${ACCOUNT}:user/team/alice`] as const;
const role = ['role', `arn:aws:iam::${ACCOUNT}:role/ci/deploy`] as const;
const session = ['assumedRole', `arn:aws:sts::${ACCOUNT}:assumed-role/deploy/run-7`] as const;
const federated = ['federatedUser', `arn:aws:sts::${ACCOUNT}:federated-user/alice`] as const;
const root = ['root', `arn:aws:iam::${ACCOUNT}:root`] as const;
const stranger = ['user', 'arn:aws:iam::444455556666:user/bob'] as const;
const names = (principal: string) => allow({ Principal: { AWS: principal } });

const silentBoundary = { boundary: other };
const silentSession = { session: other };

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-req-resources.html
// and https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
describe('what a resource-based policy of the same account grants by itself', () => {
  const everybody = allow({ Principal: '*' });
  const byArn = allow({ Principal: '*', Condition: { ArnEquals: { 'aws:PrincipalArn': role[1] } } });
  const roleContext = { context: { 'aws:PrincipalArn': role[1] } };
  const sessionOf = { ...roleContext, caller: session, resourcePolicy: names(session[1]) };
  const ofRole = { ...roleContext, caller: session, resourcePolicy: names(role[1]) };
  const federatedByUser = { caller: federated, resourcePolicy: names(`arn:aws:iam::${ACCOUNT}:user/alice`) };

  test.each<[string, Question, string]>([
    ['a user by its ARN', { caller: user, resourcePolicy: names(user[1]) }, 'allowed'],
    [
      'a user by its ARN, boundary silent',
      { caller: user, resourcePolicy: names(user[1]), ...silentBoundary },
      'allowed',
    ],
    ['a session by its role', ofRole, 'allowed'],
    [
      'a session by its role, boundary silent',
      { ...ofRole, ...silentBoundary },
      'implicitDeny by permissions-boundary',
    ],
    ['a session by its role, session policy silent', { ...ofRole, ...silentSession }, 'implicitDeny by session-policy'],
    ['a session by its own ARN', sessionOf, 'allowed'],
    ['a session by its own ARN, both silent', { ...sessionOf, ...silentBoundary, ...silentSession }, 'allowed'],
    [
      'a federated user by its own ARN, session policy silent',
      { caller: federated, resourcePolicy: names(federated[1]), ...silentSession },
      'allowed',
    ],
    ['a federated user by its user', federatedByUser, 'allowed'],
    [
      'a federated user by its user, session policy silent',
      { ...federatedByUser, ...silentSession },
      'implicitDeny by session-policy',
    ],
    [
      'everybody, boundary and session policy silent',
      { caller: session, resourcePolicy: everybody, ...silentBoundary, ...silentSession },
      'allowed',
    ],
    [
      'everybody with that aws:PrincipalArn',
      { ...roleContext, caller: session, resourcePolicy: byArn, ...silentSession },
      'allowed',
    ],
    ['the account by its id', { caller: user, resourcePolicy: names(ACCOUNT) }, 'implicitDeny by identity'],
    ['the account by its root ARN', { caller: user, resourcePolicy: names(root[1]) }, 'implicitDeny by identity'],
  ])('%s: %o', (_title, question, decision) => expect(ask(question)).toBe(decision));
});

describe('in one account', () => {
  test.each<[string, Question, string]>([
    ['identity alone is enough', { caller: user, identity: allow() }, 'allowed'],
    [
      'a silent boundary limits it',
      { caller: user, identity: allow(), ...silentBoundary },
      'implicitDeny by permissions-boundary',
    ],
    [
      'a silent session policy limits it',
      { caller: session, identity: allow(), ...silentSession },
      'implicitDeny by session-policy',
    ],
    ['the root user needs nothing', { caller: root }, 'allowed'],
    [
      'the root user is stopped by the resource',
      { caller: root, resourcePolicy: deny({ Principal: '*' }) },
      'explicitDeny',
    ],
    [
      'a Deny for the account hits its users',
      { caller: user, identity: allow(), resourcePolicy: deny({ Principal: { AWS: ACCOUNT } }) },
      'explicitDeny',
    ],
    ['a Deny in a session policy', { caller: session, identity: allow(), session: [allow(), deny()] }, 'explicitDeny'],
  ])('%s', (_title, question, decision) => expect(ask(question)).toBe(decision));
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
describe('across accounts', () => {
  test.each<[string, Question, string]>([
    ['both sides', { caller: stranger, identity: allow(), resourcePolicy: names(stranger[1]) }, 'allowed'],
    [
      'both sides, by account',
      { caller: stranger, identity: allow(), resourcePolicy: names('444455556666') },
      'allowed',
    ],
    ['the resource alone', { caller: stranger, resourcePolicy: names(stranger[1]) }, 'implicitDeny by identity'],
    ['everybody alone', { caller: stranger, resourcePolicy: allow({ Principal: '*' }) }, 'implicitDeny by identity'],
    ['identity alone', { caller: stranger, identity: allow() }, 'implicitDeny by resource-policy'],
    [
      'a silent boundary',
      { caller: stranger, identity: allow(), resourcePolicy: names(stranger[1]), ...silentBoundary },
      'implicitDeny by permissions-boundary',
    ],
    [
      'another account named',
      { caller: stranger, identity: allow(), resourcePolicy: names(ACCOUNT) },
      'implicitDeny by resource-policy',
    ],
    [
      'a root user without a grant',
      { caller: ['root', 'arn:aws:iam::444455556666:root'] },
      'implicitDeny by resource-policy',
    ],
    [
      'a root user with a grant',
      { caller: ['root', 'arn:aws:iam::444455556666:root'], resourcePolicy: names('444455556666') },
      'allowed',
    ],
  ])('%s', (_title, question, decision) => expect(ask(question)).toBe(decision));
});

describe('what carries a grant', () => {
  const tls = { Condition: { Bool: { 'aws:SecureTransport': 'true' } } };
  const unknown = ['aws:securetransport'];
  const key = { caller: user, action: 'kms:Decrypt', resource: `arn:aws:kms:us-east-1:${ACCOUNT}:key/1234` };

  test.each<[string, Question, readonly string[]]>([
    ['identity alone', { caller: user, identity: [other, allow()], resourcePolicy: other }, ['identity 1']],
    ['the resource alone', { caller: user, identity: other, resourcePolicy: names(user[1]) }, ['resource 0']],
    [
      'either, where each is enough',
      { caller: user, identity: allow(), resourcePolicy: names(user[1]) },
      ['identity 0', 'resource 0'],
    ],
    [
      'both, across accounts',
      { caller: stranger, identity: allow(), resourcePolicy: names(stranger[1]) },
      ['identity 0', 'resource 0'],
    ],
    [
      'not the policy of the resource where it names the account alone',
      { caller: user, identity: allow(), resourcePolicy: names(ACCOUNT) },
      ['identity 0'],
    ],
    [
      'each statement once',
      { ...key, identity: allow(), resourcePolicy: names(user[1]) },
      ['identity 0', 'resource 0'],
    ],
    [
      'what grants for certain, not what grants under conditions',
      { caller: user, unknown, identity: [allow(tls), allow()], resourcePolicy: names(user[1]) },
      ['identity 1', 'resource 0'],
    ],
    [
      'a way that is open for certain, not one under conditions',
      { caller: user, unknown, identity: allow(), resourcePolicy: allow({ Principal: { AWS: user[1] }, ...tls }) },
      ['identity 0'],
    ],
    [
      'under conditions, all that could grant',
      { caller: user, unknown, identity: allow(tls), resourcePolicy: allow({ Principal: { AWS: user[1] }, ...tls }) },
      ['identity 0', 'resource 0'],
    ],
    [
      'no statement whose conditions fail',
      { caller: user, unknown, identity: [allow({ Condition: { Null: { 'aws:username': 'false' } } }), allow(tls)] },
      ['identity 1'],
    ],
    [
      'not the identity that a silent boundary stops',
      {
        caller: user,
        unknown,
        identity: allow(),
        resourcePolicy: allow({ Principal: { AWS: user[1] }, ...tls }),
        ...silentBoundary,
      },
      ['resource 0'],
    ],
    ['nothing for the root user', { caller: root, identity: allow() }, []],
  ])('%s', (_title, question, carriers) => {
    const decision = decide(...toQuestion(question));
    if (decision.kind !== 'allowed' && decision.kind !== 'allowedIf') throw new Error(decision.kind);
    expect(decision.grantedBy.map(({ policy, statement }) => `${policy} ${statement}`)).toEqual(carriers);
  });
});

// https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
describe('a KMS key', () => {
  const key = { caller: user, action: 'kms:Decrypt', resource: `arn:aws:kms:us-east-1:${ACCOUNT}:key/1234` };
  test.each<[string, Question, string]>([
    ['identity without a word for the account', { ...key, identity: allow() }, 'implicitDeny by resource-policy'],
    ['identity and the account', { ...key, identity: allow(), resourcePolicy: names(root[1]) }, 'allowed'],
    ['the account alone', { ...key, resourcePolicy: names(root[1]) }, 'implicitDeny by identity'],
    ['the user itself', { ...key, resourcePolicy: names(user[1]) }, 'allowed'],
    ['the root user without a word for the account', { ...key, caller: root }, 'implicitDeny by resource-policy'],
    ['the root user and the account', { ...key, caller: root, resourcePolicy: names(root[1]) }, 'allowed'],
    [
      'an alias has no policy',
      { ...key, resource: `arn:aws:kms:us-east-1:${ACCOUNT}:alias/a`, identity: allow() },
      'allowed',
    ],
    ['a call without a key', { ...key, action: 'kms:ListKeys', resource: '*', identity: allow() }, 'allowed'],
  ])('%s', (_title, question, decision) => expect(ask(question)).toBe(decision));

  test('whose policy is not asked for leaves the answer to identity', () => {
    const [request, { resource: _notAsked, ...policies }] = toQuestion({ ...key, identity: allow() });
    expect(decide(request, policies).kind).toBe('allowed');
  });
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_terms-and-concepts.html and
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
describe('a role trust policy', () => {
  const target = { caller: user, action: 'sts:AssumeRole', resource: `arn:aws:iam::${ACCOUNT}:role/target` };
  const trusts = (principal: object) => ({ Effect: 'Allow', Action: 'sts:AssumeRole*', Principal: principal });
  const oidc = `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`;
  const webIdentity = { ...target, action: 'sts:AssumeRoleWithWebIdentity', caller: ['federated', oidc] as const };
  test.each<[string, Question, string]>([
    ['naming the user is enough', { ...target, resourcePolicy: trusts({ AWS: user[1] }) }, 'allowed'],
    ['naming the account is not', { ...target, resourcePolicy: trusts({ AWS: ACCOUNT }) }, 'implicitDeny by identity'],
    [
      'naming the account, identity allows',
      { ...target, identity: allow(), resourcePolicy: trusts({ AWS: ACCOUNT }) },
      'allowed',
    ],
    ['identity without trust', { ...target, identity: allow() }, 'implicitDeny by resource-policy'],
    [
      'across accounts both',
      { ...target, caller: stranger, resourcePolicy: trusts({ AWS: stranger[1] }) },
      'implicitDeny by identity',
    ],
    [
      'a service',
      { ...target, caller: ['service', 'ec2.amazonaws.com'], resourcePolicy: trusts({ Service: 'ec2.amazonaws.com' }) },
      'allowed',
    ],
    [
      'another service',
      {
        ...target,
        caller: ['service', 'lambda.amazonaws.com'],
        resourcePolicy: trusts({ Service: 'ec2.amazonaws.com' }),
      },
      'implicitDeny by resource-policy',
    ],
    ['a provider', { ...webIdentity, resourcePolicy: trusts({ Federated: oidc }) }, 'allowed'],
    [
      'a provider that is not named',
      { ...webIdentity, resourcePolicy: trusts({ Federated: 'accounts.google.com' }) },
      'implicitDeny by resource-policy',
    ],
    [
      'a role does not trust itself',
      { ...target, caller: ['role', target.resource], identity: allow() },
      'implicitDeny by resource-policy',
    ],
  ])('%s', (_title, question, decision) => expect(ask(question)).toBe(decision));
});

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
describe('S3 Block Public Access', () => {
  const blocked = { settings: { s3: { blockPublicAccess: true } } };
  const everybody = allow({ Principal: '*' });
  const when = (condition: object) => allow({ Principal: '*', Condition: condition });
  const anonymous = ['anonymous', '*'] as const;
  test.each<[string, Question, string]>([
    ['off, anybody reads', { caller: anonymous, resourcePolicy: everybody }, 'allowed'],
    [
      'nobody from outside reads',
      { ...blocked, caller: anonymous, resourcePolicy: everybody },
      'implicitDeny by resource-policy',
    ],
    [
      'other accounts that are named do not either',
      { ...blocked, caller: stranger, identity: allow(), resourcePolicy: [everybody, names(stranger[1])] },
      'implicitDeny by resource-policy',
    ],
    [
      'a statement that names nobody makes no policy public',
      { ...blocked, caller: stranger, identity: allow(), resourcePolicy: [allow(), names(stranger[1])] },
      'allowed',
    ],
    ['the own account does', { ...blocked, caller: user, resourcePolicy: everybody }, 'allowed'],
    [
      'services do',
      { ...blocked, caller: ['service', 'logging.s3.amazonaws.com'], resourcePolicy: everybody },
      'allowed',
    ],
    [
      'a policy that is not public stands',
      { ...blocked, caller: stranger, identity: allow(), resourcePolicy: names(stranger[1]) },
      'allowed',
    ],
    [
      'a fixed network is not public',
      {
        ...blocked,
        caller: anonymous,
        context: { 'aws:SourceVpce': 'vpce-1' },
        resourcePolicy: when({ StringEquals: { 'aws:SourceVpce': 'vpce-1' } }),
      },
      'allowed',
    ],
    [
      'a pattern is',
      {
        ...blocked,
        caller: anonymous,
        context: { 'aws:SourceVpce': 'vpce-1' },
        resourcePolicy: when({ StringLike: { 'aws:SourceVpce': 'vpce-*' } }),
      },
      'implicitDeny by resource-policy',
    ],
  ])('%s', (_title, question, decision) => expect(ask(question)).toBe(decision));
});

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html, "The meaning of public"
describe('under S3 Block Public Access, a policy for everybody', () => {
  const askFrom = (context: NonNullable<Question['context']>, Condition: object) =>
    ask({
      caller: ['anonymous', '*'],
      context,
      settings: { s3: { blockPublicAccess: true } },
      resourcePolicy: allow({ Principal: '*', Condition }),
    });
  const vpce = { 'aws:SourceVpce': 'vpce-1' };
  const address = { 'aws:SourceIp': '203.0.113.9' };
  const accessPoint = { 's3:DataAccessPointArn': 'arn:aws:s3:us-west-2:111122223333:accesspoint/reports' };

  test.each<[string, Parameters<typeof askFrom>]>([
    ['some addresses', [address, { IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '198.51.100.0/24'] } }]],
    ['some endpoints', [vpce, { StringEquals: { 'AWS:sourcevpce': ['vpce-1', 'vpce-2'] } }]],
    ['some endpoints, and more', [vpce, { Null: { 'aws:SourceVpc': 'true' }, StringEquals: vpce }]],
    [
      'access points of one account, whatever their name',
      [accessPoint, { ArnLike: { 's3:DataAccessPointArn': 'arn:aws:s3:*:111122223333:accesspoint/*' } }],
    ],
    [
      'access points of one account in a Region',
      [accessPoint, { StringLike: { 's3:DataAccessPointArn': 'arn:aws:s3:us-west-2:111122223333:accesspoint/r*' } }],
    ],
  ])('is not public where it names %s', (_title, [context, condition]) => {
    expect(askFrom(context, condition)).toBe('allowed');
  });

  test.each<[string, Parameters<typeof askFrom>]>([
    ['the whole internet', [address, { IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '0.0.0.0/0'] } }]],
    ['what it does not name', [address, { NotIpAddress: { 'aws:SourceIp': '198.51.100.0/24' } }]],
    ['some endpoints or none', [{}, { StringEqualsIfExists: vpce }]],
    ['values that may be none', [{}, { 'ForAllValues:StringEquals': vpce }]],
    ['an endpoint of each pattern', [vpce, { StringLike: { 'aws:SourceVpce': ['vpce-1', 'vpce-?'] } }]],
    ['whatever a variable holds', [vpce, { StringEquals: { 'aws:SourceVpce': '${aws:SourceVpce}' } }]],
    ['no endpoint', [{}, { Null: { 'aws:SourceVpce': 'true' } }]],
    ['how it must ask alone', [{ 'aws:SecureTransport': 'true' }, { Bool: { 'aws:SecureTransport': 'true' } }]],
    ['a header that anybody sends', [{ 'aws:Referer': 'x' }, { StringEquals: { 'aws:Referer': 'x' } }]],
    [
      'access points of any account',
      [accessPoint, { ArnLike: { 's3:DataAccessPointArn': 'arn:aws:s3:*:*:accesspoint/reports' } }],
    ],
  ])('is public where it names %s', (_title, [context, condition]) => {
    expect(askFrom(context, condition)).toBe('implicitDeny by resource-policy');
  });

  test.each([
    ...['aws:PrincipalArn', 'aws:PrincipalAccount', 'aws:PrincipalOrgID', 'aws:SourceAccount', 'aws:SourceArn'],
    ...['aws:SourceOwner', 'aws:SourceVpc', 'aws:SourceVpce', 'aws:userid', 's3:DataAccessPointAccount'],
    's3:x-amz-server-side-encryption-aws-kms-key-id',
  ])('is not public where it names a fixed %s, but is where that is a pattern', (key) => {
    expect(askFrom({ [key]: 'fixed' }, { StringEquals: { [key]: 'fixed' } })).toBe('allowed');
    expect(askFrom({ [key]: 'fixed' }, { StringLike: { [key]: 'f*' } })).toBe('implicitDeny by resource-policy');
  });

  test('is no matter to resources of other services', () => {
    const queue = 'arn:aws:sqs:us-east-1:111122223333:arn:aws:s3:::';
    const settings = { s3: { blockPublicAccess: true } };
    const resourcePolicy = allow({ Principal: '*' });
    const question: Question = { caller: ['anonymous', '*'], action: 'sqs:SendMessage', resource: queue };
    expect(ask({ ...question, settings, resourcePolicy })).toBe('allowed');
  });
});

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/buckets-tagging-enable-abac.html
test('bucket tags do not count where attribute-based access control is off', () => {
  const question: Question = {
    caller: user,
    identity: allow({ Condition: { StringEquals: { 'aws:ResourceTag/team': 'red' } } }),
    context: { 'aws:ResourceTag/team': 'red' },
  };
  expect(ask({ ...question, settings: { s3: { bucketAbacEnabled: true } } })).toBe('allowed');
  expect(ask({ ...question, settings: { s3: { bucketAbacEnabled: false } } })).toBe('implicitDeny by identity');
});

import { describe, expect, test } from 'vitest';
import { allow, ask, deny, other, type Question } from './testing/ask.ts';

const user = ['user', 'arn:aws:iam::111122223333:user/alice'] as const;
const granted: Question = { caller: user, identity: allow() };
const everybody = allow({ Principal: '*' });
const nobody = { ...other, Principal: '*' };
const denyAll = deny({ Principal: '*' });

// https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
describe('SCPs', () => {
  test.each<[string, Question, string]>([
    ['every level allows', { ...granted, scps: [allow(), allow()] }, 'allowed'],
    ['the second level is silent', { ...granted, scps: [allow(), other, other] }, 'implicitDeny by scp 1'],
    ['a level without policies is silent', { ...granted, scps: [[]] }, 'implicitDeny by scp 0'],
    ['a Deny at the root', { ...granted, scps: [[allow(), deny()], allow()] }, 'explicitDeny'],
    ['they grant nothing', { caller: user, scps: [allow()] }, 'implicitDeny by identity'],
    [
      'the root user is limited',
      { caller: ['root', 'arn:aws:iam::111122223333:root'], scps: [other] },
      'implicitDeny by scp 0',
    ],
    [
      'a grant of the resource is limited',
      { caller: user, resourcePolicy: everybody, scps: [other] },
      'implicitDeny by scp 0',
    ],
    ['not the management account', { ...granted, scps: [deny()], settings: { managementAccount: true } }, 'allowed'],
    ['not service-linked roles', { ...granted, scps: [deny()], settings: { serviceLinkedRole: true } }, 'allowed'],
    ['not services', { caller: ['service', 'x.amazonaws.com'], resourcePolicy: everybody, scps: [deny()] }, 'allowed'],
    ['not anonymous callers', { caller: ['anonymous', '*'], resourcePolicy: everybody, scps: [deny()] }, 'allowed'],
    ['a principal in an SCP is refused', { ...granted, scps: [everybody] }, 'implicitDeny by scp 0'],
  ])('%s', (_title, question, decision) => expect(ask(question)).toBe(decision));
});

// https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
describe('RCPs', () => {
  test.each<[string, Question, string]>([
    ['every level allows', { ...granted, rcps: [everybody, everybody] }, 'allowed'],
    ['a level is silent', { ...granted, rcps: [everybody, nobody] }, 'implicitDeny by rcp 1'],
    [
      'anonymous callers are limited',
      { caller: ['anonymous', '*'], resourcePolicy: everybody, rcps: [denyAll] },
      'explicitDeny',
    ],
    [
      'services are limited',
      { caller: ['service', 'x.amazonaws.com'], resourcePolicy: everybody, rcps: [denyAll] },
      'explicitDeny',
    ],
    [
      'not resources of the management account',
      { ...granted, rcps: [denyAll], settings: { resourceInManagementAccount: true } },
      'allowed',
    ],
    [
      'not calls of service-linked roles',
      { ...granted, rcps: [denyAll], settings: { serviceLinkedRole: true } },
      'allowed',
    ],
    [
      'the management account is limited elsewhere',
      { ...granted, rcps: [denyAll], settings: { managementAccount: true } },
      'explicitDeny',
    ],
    [
      'not services that do not support them',
      {
        ...granted,
        action: 'ec2:StartInstances',
        resource: 'arn:aws:ec2:us-east-1:111122223333:instance/i-1',
        rcps: [denyAll],
      },
      'allowed',
    ],
    [
      'not requests without a resource',
      { ...granted, action: 's3:ListAllMyBuckets', resource: '*', rcps: [denyAll] },
      'allowed',
    ],
    [
      'not the retiring of grants',
      {
        ...granted,
        action: 'kms:RetireGrant',
        resource: 'arn:aws:kms:us-east-1:111122223333:key/1',
        resourcePolicy: everybody,
        rcps: [denyAll],
      },
      'allowed',
    ],
    ['a statement without a principal is refused', { ...granted, rcps: [allow()] }, 'implicitDeny by rcp 0'],
    [
      'a statement without a resource is refused',
      { ...granted, rcps: [{ Effect: 'Allow', Action: '*', Principal: '*' }] },
      'implicitDeny by rcp 0',
    ],
    [
      'objects named like a role of a service are limited like others',
      {
        ...granted,
        resource: 'arn:aws:s3:::bucket/arn:aws:iam::111122223333:role/aws-service-role/x',
        rcps: [denyAll],
      },
      'explicitDeny',
    ],
    [
      'what they leave alone, the other policies do not',
      { ...granted, action: 'ec2:StopInstances', identity: [allow(), deny()], rcps: [everybody] },
      'explicitDeny',
    ],
  ])('%s', (_title, question, decision) => expect(ask(question)).toBe(decision));
});

// https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
describe('VPC endpoint policies', () => {
  test.each<[string, Question, string]>([
    ['one allows', { ...granted, endpoint: everybody }, 'allowed'],
    ['none allows', { ...granted, endpoint: nobody }, 'implicitDeny by endpoint-policy'],
    ['one denies', { ...granted, endpoint: [everybody, denyAll] }, 'explicitDeny'],
    [
      'a statement without a resource is refused',
      { ...granted, endpoint: { Effect: 'Allow', Action: '*', Principal: '*' } },
      'implicitDeny by endpoint-policy',
    ],
    ['they grant nothing', { caller: user, endpoint: everybody }, 'implicitDeny by identity'],
  ])('%s', (_title, question, decision) => expect(ask(question)).toBe(decision));
});

test('silence is told in the order of evaluation', () => {
  const nothing: Question = {
    caller: user,
    scps: [other],
    rcps: [nobody],
    endpoint: nobody,
    boundary: other,
    session: other,
  };
  const { scps: _scps, ...noScps } = nothing;
  const { rcps: _rcps, ...noRcps } = noScps;
  const { endpoint: _endpoint, ...noEndpoint } = noRcps;
  const { boundary: _boundary, ...noBoundary } = noEndpoint;
  expect([nothing, noScps, noRcps, noEndpoint, noBoundary].map(ask)).toEqual([
    'implicitDeny by scp 0',
    'implicitDeny by rcp 0',
    'implicitDeny by endpoint-policy',
    'implicitDeny by permissions-boundary',
    'implicitDeny by session-policy',
  ]);
});

// https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
test('sts:GetCallerIdentity cannot be denied', () => {
  const question: Question = {
    caller: user,
    action: 'sts:GetCallerIdentity',
    resource: '*',
    identity: deny(),
    scps: [deny()],
  };
  expect(ask(question)).toBe('allowed');
});

describe('what is not known of the context stays in the residual, in whatever policy it stands', () => {
  const unknown = ['aws:sourcevpc'];
  const here = { Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' } } };
  const text = 'allowedIf `aws:SourceVpc` is `vpc-1`';
  test.each<[string, Question]>([
    ['SCP', { ...granted, unknown, scps: [allow(here)] }],
    ['RCP', { ...granted, unknown, rcps: [allow({ Principal: '*', ...here })] }],
    ['endpoint policy', { ...granted, unknown, endpoint: allow({ Principal: '*', ...here }) }],
    ['boundary', { ...granted, unknown, boundary: allow(here) }],
    ['session policy', { ...granted, unknown, session: allow(here) }],
    ['resource policy', { caller: user, unknown, resourcePolicy: allow({ Principal: '*', ...here }) }],
    ['several at once', { ...granted, unknown, scps: [allow(here)], session: allow(here) }],
  ])('%s', (_title, question) => expect(ask(question)).toBe(text));

  test('a Deny of the resource is left as its opposite', () => {
    expect(ask({ ...granted, unknown, resourcePolicy: deny({ Principal: '*', ...here }) })).toBe(
      'allowedIf `aws:SourceVpc` is not `vpc-1`',
    );
  });
});

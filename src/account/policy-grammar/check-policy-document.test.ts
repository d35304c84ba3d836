import { describe, expect, it } from 'vitest';
import { awsManagedPolicies } from '../aws-managed-policies.ts';
import { checkPolicyDocument, type DocumentKind } from './check-policy-document.ts';

// Expected messages are what IAM was seen to answer, as public test suites and reports record it.

const problemOf = (text: string, kind: DocumentKind): string => {
  const checked = checkPolicyDocument(text, kind);
  if (!checked.ok) expect(checked.error.code).toBe('MalformedPolicyDocument');
  return checked.ok ? '' : checked.error.message;
};

const statement = (members: object): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Action: 's3:GetObject', Resource: '*', ...members },
  });

const statements = (...members: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: members });

const SYNTAX = 'Syntax errors in policy.';
const LEGACY = 'The policy failed legacy parsing';
const VENDOR = 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.';
const NOT_QUALIFIED = 'Resource vendor must be fully qualified and cannot contain regexes.';
const VERSION = 'Policy document must be version 2012-10-17 or greater.';
const IAM_PATH =
  'IAM resource path must either be "*", root, or start with user/, federated-user/, role/, group/, instance-profile/, mfa/, server-certificate/, policy/, sms-mfa/, saml-provider/, oidc-provider/, report/, access-report/.';

describe('the document of a managed policy', () => {
  it.each([
    ['ends too early', '{"Version":"2012-10-17"', SYNTAX],
    ['is a list', '[]', SYNTAX],
    ['has no statement', '{"Version":"2012-10-17"}', SYNTAX],
    ['has an empty list of statements', statements(), SYNTAX],
    ['has a text for a statement', '{"Version":"2012-10-17","Statement":["x"]}', SYNTAX],
    ['has an unknown element', '{"Version":"2012-10-17","Comment":"c","Statement":[{}]}', SYNTAX],
    ['has a version that never was', '{"Version":"2020-01-01","Statement":[{"Effect":"Allow"}]}', SYNTAX],
    ['has an id that is no text', '{"Version":"2012-10-17","Id":{},"Statement":[{"Effect":"Allow"}]}', SYNTAX],
    ['has a statement with an unknown element', statement({ Comment: 'c' }), SYNTAX],
    ['has a statement without effect', statements({ Action: 's3:*', Resource: '*' }), SYNTAX],
    ['has an effect that is none', statement({ Effect: 'Maybe' }), SYNTAX],
    ['has both actions and notActions', statement({ NotAction: [] }), SYNTAX],
    ['has both resources and notResources', statement({ NotResource: '*' }), SYNTAX],
    ['has a number for an action', statement({ Action: 1 }), SYNTAX],
    ['has a list in the list of resources', statement({ Resource: ['*', []] }), SYNTAX],
    ['has an id of a statement that is no text', statement({ Sid: [] }), SYNTAX],
    ['has a condition that is a list', statement({ Condition: [{ Bool: { a: 'true' } }] }), SYNTAX],
    ['has an operator that there is not', statement({ Condition: { Like: { a: 'b' } } }), SYNTAX],
    ['has a condition value that is an object', statement({ Condition: { Bool: { a: {} } } }), SYNTAX],
    ['has no version', '{"Statement":[{"Effect":"allow"}]}', VERSION],
    ['is of 2008', '{"Version":"2008-10-17","Statement":[{"Effect":"allow"}]}', VERSION],
    ['has an effect in the wrong case', statement({ Effect: 'ALLOW', Action: 'x' }), LEGACY],
    ['has an ARN of five parts', statement({ Resource: 'arn:aws:s3::bucket' }), LEGACY],
    ['has an ARN without service', statement({ Resource: 'arn:aws::::bucket' }), LEGACY],
    ['has an ARN with a variable for the account', statement({ Resource: 'arn:aws:iam::${aws:x}:role/r' }), LEGACY],
    ['has an ARN without colons at its start', statement({ Resource: 'arn:awss3::bucket/*' }), LEGACY],
    ['has a date that is none', statement({ Condition: { DateLessThan: { a: '2020-13' } } }), LEGACY],
    ['has a date too large', statement({ Condition: { DateLessThan: { a: '9223372036854775808' } } }), LEGACY],
    ['names a principal', statement({ Principal: '*' }), 'Policy document should not specify a principal.'],
    [
      'has an id of a statement with a space',
      statement({ Sid: 'a b' }),
      'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*',
    ],
    [
      'has no ARN’s start',
      statement({ Resource: 'x:aws:s3:::b' }),
      'Resource x:aws:s3:::b must be in ARN format or "*".',
    ],
    ['has no actions', statements({ Effect: 'Allow', Resource: 'x' }), 'Policy statement must contain actions.'],
    ['has no actions in its list', statement({ Action: [] }), 'Policy statement must contain actions.'],
    ['has no resources', statements({ Effect: 'Deny', Action: 'x' }), 'Policy statement must contain resources.'],
    ['has no resources in its list', statement({ Resource: [] }), 'Policy statement must contain resources.'],
    [
      'has a resource that is no ARN',
      statement({ Resource: 'b', Action: 'x' }),
      'Resource b must be in ARN format or "*".',
    ],
    ['has an empty resource', statement({ Resource: '' }), 'Resource  must be in ARN format or "*".'],
    ['has half an ARN', statement({ Resource: 'arn:aws' }), NOT_QUALIFIED],
    [
      'has a wrong partition',
      statement({ Resource: 'arn:x:s3:::b' }),
      'Partition "x" is not valid for resource "arn:x:s3:::b".',
    ],
    [
      'has an ARN without its start',
      statement({ Resource: 's3::b/*' }),
      'Partition "" is not valid for resource "arn::b/*:*:*:*".',
    ],
    [
      'has a region of a bucket',
      statement({ Resource: 'arn:aws:s3:eu-west-1::b' }),
      'Resource arn:aws:s3:eu-west-1::b can not contain region information.',
    ],
    [
      'has a region of IAM',
      statement({ Resource: 'arn:aws:iam:eu-west-1::user/u' }),
      'IAM resource arn:aws:iam:eu-west-1::user/u cannot contain region information.',
    ],
    ['has no such thing in IAM', statement({ Resource: 'arn:aws:iam:::bucket' }), IAM_PATH],
    ['has an action without service', statement({ Action: 'GetObject' }), VENDOR],
    ['has an empty notAction', statements({ Effect: 'Allow', NotAction: '', Resource: '*' }), VENDOR],
    [
      'has two colons in an action',
      statement({ Action: 's3:Get:Object' }),
      'Actions/Condition can contain only one colon.',
    ],
    ['has a service that cannot be', statement({ Action: 'a a:b' }), 'Vendor a a is not valid'],
    ['has no service before the colon', statement({ Action: ':b' }), 'Vendor  is not valid'],
  ])('is refused when it %s', (_, text, message) => {
    expect(problemOf(text, 'managed')).toBe(message);
  });

  it('is refused for resources of another partition than the account’s', () => {
    const text = statement({ Resource: ['*', 'arn:*:s3:::b', 'arn:aws:s3:::b'] });
    expect(checkPolicyDocument(text, 'managed', 'aws').ok).toBe(true);
    expect(checkPolicyDocument(text, 'managed', 'aws-cn')).toMatchObject({
      error: { message: 'Partition "aws" is not valid for resource "arn:aws:s3:::b".' },
    });
  });

  it('is refused for an id of a statement that comes twice, before anything else that is wrong with them', () => {
    const text = statements(
      { Sid: 'a', Effect: 'Allow', Action: 's3:*', Resource: '*' },
      { Sid: 'a', Effect: 'Allow' },
    );
    expect(problemOf(text, 'managed')).toBe('Statement IDs (SID) in a single policy must be unique.');
  });

  it.each([
    ['one statement', statement({})],
    ['a bucket in a list', statement({ Resource: ['arn:aws:s3:::b', '*'] })],
    ['every action', statement({ Action: '*' })],
    ['an action of no known service', statement({ Action: 's3.s-3:some thing' })],
    ['an ARN that ends after the service', statement({ Resource: 'arn:aws:anything' })],
    ['an ARN that ends after the region', statement({ Resource: 'arn:aws:waf:*' })],
    ['the root user', statement({ Action: 'sts:AssumeRoot', Resource: 'arn:aws:iam::*:root' })],
    ['a variable in a resource', statement({ Resource: 'arn:aws:iam::*:user/${aws:username}' })],
    [
      'empty ids of statements',
      statements(...['', ''].map((Sid) => ({ Sid, Effect: 'Deny', Action: '*', Resource: '*' }))),
    ],
    ['an access point', statement({ Resource: 'arn:aws:s3:eu-west-1:123456789012:accesspoint/a' })],
    ['an operator without keys', statement({ Condition: { Whatever: {}, Bool: {} } })],
    ['a set operator', statement({ Condition: { 'ForAnyValue:StringEqualsIfExists': { a: ['b'] } } })],
    ['values without quotes', statement({ Condition: { Bool: { a: true }, NumericEquals: { b: [1] } } })],
    ['a date', statement({ Condition: { DateLessThan: { a: '2016-12-13T21:20:37.593194+00:00' } } })],
    ['a date in seconds', statement({ Condition: { DateLessThan: { a: '-292275054' } } })],
    ['a variable for a date', statement({ Condition: { DateLessThan: { a: '${aws:PrincipalTag/until}' } } })],
    ['another partition', statement({ Resource: 'arn:aws-cn:s3:::b' })],
  ])('is accepted with %s', (_, text) => {
    expect(problemOf(text, 'managed')).toBe('');
  });
});

describe('the documents of AWS’s own managed policies', () => {
  it('are all accepted', () => {
    const documents = [...awsManagedPolicies('aws').values()].flatMap(({ versions }) =>
      versions.filter((_, index) => index === 0).map(({ document }) => document),
    );
    expect(documents.length).toBeGreaterThan(1000);
    expect(documents.filter((document) => problemOf(document, 'inline') !== '')).toEqual([]);
  });
});

describe('the document of an inline policy', () => {
  it.each(['{"Statement":[{', '{"Version":"2008-10-17","Statement":[{'])('may be old: %s', (start) => {
    expect(problemOf(`${start}"Effect":"Allow","Action":"s3:*","Resource":"*"}]}`, 'inline')).toBe('');
  });

  it('is held to everything else', () => {
    expect(problemOf(statement({ Action: 'x' }), 'inline')).toBe(VENDOR);
  });
});

describe('a trust policy', () => {
  const ANYBODY = { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' };
  const trust = (members: object): string => statements({ ...ANYBODY, ...members });

  it.each([
    ['is no JSON', '{', 'This policy contains invalid Json'],
    ['has an unknown element', '{"Comment":"c"}', 'Unknown field Comment'],
    ['has a version that never was', '{"Version":"1"}', 'The policy must contain a valid version string'],
    ['has no statements', statements(), 'Could not parse the policy: Statement is empty!'],
    ['has no effect', statements({}), 'Missing required field Effect'],
    ['has an effect that is none', trust({ Effect: 'allow' }), 'Invalid effect: allow'],
    ['allows all but some', trust({ NotPrincipal: { AWS: '*' } }), 'Allow with NotPrincipal is not allowed.'],
    [
      'denies all but some',
      trust({ Effect: 'Deny', NotPrincipal: {} }),
      'AssumeRole policy must not contain NotPrincipal field.',
    ],
    ['has no principal', statements({ Effect: 'Allow', Action: 'sts:AssumeRole' }), 'Missing required field Principal'],
    ['has an empty principal', trust({ Principal: {} }), 'Missing required field Principal cannot be empty!'],
    [
      'has a star for a principal',
      trust({ Principal: '*' }),
      'AssumeRolepolicy contained an invalid principal: "STAR":"*".',
    ],
    ['has no action', trust({ Action: [] }), 'Missing required field Action'],
    [
      'allows another action',
      trust({ Action: ['sts:AssumeRole', 's3:GetObject'] }),
      'AssumeRole policy may only specify STS AssumeRole actions.',
    ],
    ['allows every action', trust({ Action: '*' }), 'AssumeRole policy may only specify STS AssumeRole actions.'],
    ['has a resource', trust({ Resource: '*' }), 'Has prohibited field Resource'],
    ['has a notResource', trust({ NotResource: '*' }), 'AssumeRole policy must not contain resources.'],
    ['has a condition that is a text', trust({ Condition: 'c' }), 'Syntax error in policy.'],
    [
      'has an id twice',
      statements(...[1, 2].map(() => ({ Sid: 's', ...ANYBODY }))),
      'The Statement Ids in the policy are not unique',
    ],
  ])('is refused when it %s', (_, text, message) => {
    expect(problemOf(text, 'trust')).toBe(message);
  });

  const GITHUB = 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com';
  const ofGithub = (Condition: object): string =>
    trust({ Principal: { Federated: GITHUB }, Action: 'sts:AssumeRoleWithWebIdentity', Condition });

  it.each([{}, { StringLike: { 'token.actions.githubusercontent.com:sub': '*' } }])(
    'is refused when it trusts every repository of GitHub: %j',
    (condition) => {
      expect(problemOf(ofGithub(condition), 'trust')).toBe(
        `Trust policy with trusted principal ${GITHUB} must evaluate, using StringEquals, StringLike or StringEqualsIgnoreCase, token.actions.githubusercontent.com:sub or token.actions.githubusercontent.com:job_workflow_ref which is not scoped to all.`,
      );
    },
  );

  it.each([
    { StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:*' } },
    { StringEquals: { 'token.actions.githubusercontent.com:job_workflow_ref': ['*', 'a/b/.github/workflows/c'] } },
  ])('is accepted when it asks for a repository of GitHub: %j', (condition) => {
    expect(problemOf(ofGithub(condition), 'trust')).toBe('');
  });

  it.each([
    ['an account and a service', trust({ Principal: { AWS: ['123456789012'], Service: 'ec2.amazonaws.com' } })],
    ['tags of the session', trust({ Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'] })],
    ['no version', '{"Statement":{"Effect":"Deny","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}}'],
  ])('is accepted with %s', (_, text) => {
    expect(problemOf(text, 'trust')).toBe('');
  });
});

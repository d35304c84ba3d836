import { allow } from '../../../src/snapshot/testing/policy-builder.ts';
import { managedPolicy, role, snapshot } from '../../../src/snapshot/testing/snapshot-builder.ts';
import type { LabelledAccount } from '../labelled-account.ts';

type StatementText = Readonly<Record<string, unknown>>;

const document = (...statements: readonly StatementText[]) => ({ Version: '2012-10-17', Statement: statements });
const grant = (Action: string | readonly string[], more: StatementText = {}) => ({
  Effect: 'Allow',
  Action,
  Resource: '*',
  ...more,
});
const deny = (Action: string | readonly string[], more: StatementText = {}) => ({
  ...grant(Action, more),
  Effect: 'Deny',
});
const when = (operator: string, key: string, value: string) => ({ Condition: { [operator]: { [key]: value } } });

const ifTagged = grant('s3:GetObject', {
  Resource: 'arn:aws:s3:::payroll/*',
  ...when('StringEquals', 'aws:PrincipalTag/team', 'finance'),
});

/** What roles may do, each by the policy of its name. */
const POLICIES: Readonly<Record<string, unknown>> = {
  // Roles to services.
  'passes-any-role': document(grant('iam:PassRole')),
  'passes-with-mfa': document(grant('iam:PassRole', when('Bool', 'aws:MultiFactorAuthPresent', 'true'))),
  'passes-but-one': document(
    grant('iam:PassRole'),
    deny('iam:PassRole', { Resource: 'arn:aws:iam::*:role/root-like' }),
  ),
  'passes-to-lambda': document(
    grant('iam:PassRole', when('StringEquals', 'iam:PassedToService', 'lambda.amazonaws.com')),
  ),
  'passes-own': document(grant('iam:PassRole', { Resource: 'arn:aws:iam::123456789012:role/app-*' })),
  'passes-denied': document(grant('iam:PassRole'), deny('iam:Pass*')),
  // Secrets and data.
  'reads-secrets': document(grant('secretsmanager:GetSecretValue')),
  'reads-parameters': document(grant('ssm:GetParameter*', { Resource: 'arn:aws:ssm:*:*:parameter/*' })),
  'reads-objects-from-office': document(grant('s3:GetObject', when('IpAddress', 'aws:SourceIp', '192.0.2.0/24'))),
  'reads-own-secrets': document(
    grant('secretsmanager:GetSecretValue', { Resource: 'arn:aws:secretsmanager:*:*:secret:app-*' }),
  ),
  'reads-tagged-secrets': document(
    grant('secretsmanager:GetSecretValue', when('StringEquals', 'aws:ResourceTag/app', 'a')),
  ),
  'reads-by-way-of-s3': document(grant('kms:Decrypt', when('StringLike', 'kms:ViaService', 's3.*.amazonaws.com'))),
  'reads-names': document(grant(['secretsmanager:ListSecrets', 's3:ListAllMyBuckets', 'ssm:DescribeParameters'])),
  // Permissions, and whole services.
  'opens-buckets': document(grant(['s3:PutBucketPolicy', 's3:PutBucketAcl'])),
  'opens-own-bucket': document(grant('s3:PutBucketPolicy', { Resource: 'arn:aws:s3:::app' })),
  'grants-to-services': document(grant('kms:CreateGrant', when('Bool', 'kms:GrantIsForAWSResource', 'true'))),
  'all-of-kms': document(grant('kms:*')),
  'all-of-kms-but-one-key': document(grant('kms:*'), deny('kms:*', { Resource: 'arn:aws:kms:*:*:key/a' })),
  'all-of-one-key': document(grant('kms:*', { Resource: 'arn:aws:kms:*:*:key/a' })),
  'all-of-queues': document(grant('sqs:*', { Resource: 'arn:aws:sqs:*:*:app-*' })),
  // Tags that open something.
  'tags-itself': document(grant('iam:TagRole', { Resource: 'arn:aws:iam::*:role/tags-*' }), ifTagged),
  'tags-others': document(grant('iam:TagRole', { Resource: 'arn:aws:iam::*:role/guest-*' }), ifTagged),
  // What is written and says something else.
  'all-but-iam': document({ Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' }),
  'all-but-deletion-on-one': document({ Effect: 'Allow', NotAction: 's3:Delete*', Resource: 'arn:aws:s3:::app/*' }),
  'needs-region': document(grant('sqs:ListQueues'), {
    Effect: 'Deny',
    NotAction: 'sts:*',
    Resource: '*',
    ...when('StringNotEquals', 'aws:RequestedRegion', 'eu-west-1'),
  }),
  'all-but-ledger': document({ Effect: 'Allow', Action: 's3:PutObject', NotResource: 'arn:aws:s3:::ledger/*' }),
  misspelled: document(grant('sqs:SendMessages')),
  'object-of-bucket': document(grant('s3:GetObject', { Resource: 'arn:aws:s3:::app' })),
  impossible: document(
    grant('sqs:SendMessage', {
      Condition: { StringEquals: { 'aws:PrincipalTag/a': 'x' }, StringNotEquals: { 'aws:PrincipalTag/a': 'x' } },
    }),
  ),
  'new-service': document(grant('brandnewservice:DoIt')),
  'bucket-and-objects': document(
    grant(['s3:GetObject', 's3:ListBucket'], { Resource: ['arn:aws:s3:::app', 'arn:aws:s3:::app/*'] }),
  ),
  'guards-nothing': document(grant('sqs:ListQueues'), deny('cloudtrail:StopLoging')),
  'guards-objects-only': document(
    grant('sqs:ListQueues'),
    deny('s3:DeleteBucket', { Resource: 'arn:aws:s3:::ledger/*' }),
  ),
  'guards-trail': document(grant('sqs:ListQueues'), deny('cloudtrail:StopLogging')),
  'old-variables': { Statement: [grant('s3:GetObject', { Resource: 'arn:aws:s3:::home/${aws:username}/*' })] },
  'old-plain': { Statement: [grant('s3:GetObject', { Resource: 'arn:aws:s3:::home/*' })] },
  'asks-no-key-for-mfa': document(grant('sqs:PurgeQueue', when('BoolIfExists', 'aws:MultiFactorAuthPresent', 'true'))),
  'asks-for-mfa': document(grant('sqs:PurgeQueue', when('Bool', 'aws:MultiFactorAuthPresent', 'true'))),
  'limits-nobody': document(grant('sqs:ReceiveMessage', when('StringLike', 'aws:PrincipalArn', '*'))),
  'limits-by-absence': document(
    grant('sqs:ReceiveMessage', when('ForAllValues:StringLike', 'aws:PrincipalOrgPaths', 'o-abcde12345/*')),
  ),
  'limits-to-tagged': document(grant('sqs:ReceiveMessage', when('StringLike', 'aws:PrincipalTag/team', '*'))),
  'limits-to-tls': document(grant('sqs:ReceiveMessage', when('Bool', 'aws:SecureTransport', 'true'))),
  'says-it-twice': document(
    grant('sns:Publish', { Resource: 'arn:aws:sns:eu-central-1:123456789012:app-news' }),
    grant('sns:Publish', { Resource: 'arn:aws:sns:eu-central-1:123456789012:app-*' }),
  ),
  'says-it-once-with-mfa': document(
    grant('sns:Publish', { Resource: 'arn:aws:sns:eu-central-1:123456789012:app-news' }),
    grant('sns:Publish', {
      Resource: 'arn:aws:sns:eu-central-1:123456789012:app-*',
      ...when('Bool', 'aws:MultiFactorAuthPresent', 'true'),
    }),
  ),
  'copy-one': document(grant('sns:Publish', { Resource: 'arn:aws:sns:*:*:app' })),
  'copy-two': document(grant('sns:Publish', { Resource: 'arn:aws:sns:*:*:app' })),
  'nearly-a-copy': document(grant('sns:Publish', { Resource: 'arn:aws:sns:*:*:apps' })),
};

const policies = Object.entries(POLICIES).map(([name, text]) => managedPolicy(name, text));
const iamOnly = managedPolicy('iam-only', allow(['iam:*', 'organizations:*', 'account:*']));
const allButIam = policies.filter(({ policyName }) => policyName === 'all-but-iam');

/** Policies that do more than they should, or less, and such as only look like it. */
export const policyEffectsAccount: LabelledAccount = {
  name: 'an account of policies and what they come to',
  now: '2026-01-01T00:00:00Z',
  snapshot: snapshot({
    managedPolicies: [...policies, iamOnly],
    roles: [
      ...policies.map((policy) => role(policy.policyName, { attachedManagedPolicies: [policy] })),
      role('both-halves', { attachedManagedPolicies: [...allButIam, iamOnly] }),
    ],
  }),
  findings: {
    'account-without-auditor-role': { root: 'nobody holds SecurityAudit' },
    'account-without-support-role': { root: 'nobody holds AWSSupportAccess' },
    'principal-can-pass-any-role': {
      'role/passes-any-role': 'every role, to every service',
      'role/passes-with-mfa': 'the same, with MFA',
      'role/passes-but-one': 'every role but one',
    },
    'principal-reads-all-sensitive-data': {
      'role/reads-secrets': 'every secret',
      'role/reads-parameters': 'every parameter, by a pattern that is all of them',
      'role/reads-objects-from-office': 'every object, from one network',
    },
    'principal-manages-permissions-everywhere': { 'role/opens-buckets': 'the policy and the ACL of every bucket' },
    'principal-holds-whole-sensitive-service': {
      'role/all-of-kms': 'kms:* on everything',
      'role/all-of-kms-but-one-key': 'the same, but for one key',
      'role/all-but-iam': 'NotAction leaves every sensitive service but IAM',
    },
    'principal-is-administrator-by-many-policies': { 'role/both-halves': 'all but IAM, and IAM' },
    'principal-opens-access-by-tagging-itself': { 'role/tags-itself': 'gives itself the tag that opens the payroll' },
    'policy-allows-all-but-some-actions': { 'policy/all-but-iam': 'NotAction with Allow, on everything' },
    'policy-allows-all-but-some-resources': { 'policy/all-but-ledger': 'NotResource with Allow' },
    'policy-statement-never-grants': {
      'policy/misspelled': 'there is no sqs:SendMessages',
      'policy/object-of-bucket': 's3:GetObject on a bucket instead of its objects',
      'policy/impossible': 'a tag that is x and is not x',
    },
    'policy-deny-protects-nothing': {
      'policy/guards-nothing': 'there is no cloudtrail:StopLoging',
      'policy/guards-objects-only': 's3:DeleteBucket on objects',
    },
    'policy-version-ignores-variables': { 'policy/old-variables': 'a variable without a version' },
    'policy-mfa-condition-spares-access-keys': { 'policy/asks-no-key-for-mfa': 'Allow with BoolIfExists' },
    'policy-condition-restricts-nobody': {
      'policy/limits-nobody': 'each principal has an ARN that `*` is',
      'policy/limits-by-absence': 'ForAllValues lets in who is of no organization',
    },
    'policy-statement-redundant': { 'policy/says-it-twice': 'the second statement covers the first' },
    'managed-policy-duplicated': { 'policy/copy-one': 'says what copy-two says' },
  },
  traps: {
    'role/passes-to-lambda': 'any role, to one service',
    'role/passes-own': 'roles of one name',
    'role/passes-denied': 'what is allowed is denied',
    'role/reads-own-secrets': 'secrets of one name',
    'role/reads-tagged-secrets': 'secrets that carry a tag',
    'role/reads-by-way-of-s3': 'what S3 decrypts for it',
    'role/reads-names': 'names only',
    'role/opens-own-bucket': 'one bucket',
    'role/grants-to-services': 'grants that services of AWS ask for',
    'role/all-of-one-key': 'all of KMS, of one key',
    'role/all-of-queues': 'all of a service that is not sensitive',
    'role/tags-others': 'a tag that it cannot give itself',
    'role/both-halves': 'an administrator: its services are no findings of their own',
    'policy/all-but-deletion-on-one': 'all but some, of one bucket',
    'policy/needs-region': 'a Deny of all but some, outside of a region',
    'policy/new-service': 'a service that the reference does not know',
    'policy/bucket-and-objects': 'each action has a resource that it works on',
    'policy/guards-trail': 'a Deny that is spelled right',
    'policy/old-plain': 'an old version without variables',
    'policy/asks-for-mfa': 'who signs with an access key has no MFA, and is not let in',
    'policy/limits-to-tagged': 'any team, but one',
    'policy/limits-to-tls': 'a request without TLS is kept out',
    'policy/says-it-once-with-mfa': 'the wider statement asks for MFA, the narrower does not',
    'policy/nearly-a-copy': 'another topic',
  },
};

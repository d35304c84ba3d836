// What requests and policies of the properties are made of: few of everything, so that matches are frequent.
import type { NaiveRequest } from '../naive/naive-request.ts';

/** The accounts of callers and resources; most requests stay in one. */
export const ACCOUNTS = ['111122223333', '111122223333', '444455556666'] as const;

const [A, , B] = ACCOUNTS;

type Caller = Pick<NaiveRequest['request'], 'principalArn' | 'principalType'>;

const PROVIDER = `arn:aws:iam::${A}:saml-provider/corp`;

/** Callers of every type. */
export const CALLERS: readonly Caller[] = [
  { principalType: 'user', principalArn: `arn:aws:iam::${A}:user/alice` },
  { principalType: 'user', principalArn: `arn:aws:iam::${A}:user/team/bob` },
  { principalType: 'user', principalArn: `arn:aws:iam::${B}:user/alice` },
  { principalType: 'role', principalArn: `arn:aws:iam::${A}:role/dev` },
  { principalType: 'assumedRole', principalArn: `arn:aws:sts::${A}:assumed-role/ops/me` },
  { principalType: 'assumedRole', principalArn: `arn:aws:sts::${A}:assumed-role/ops/you` },
  { principalType: 'federatedUser', principalArn: `arn:aws:sts::${A}:federated-user/fed` },
  { principalType: 'root', principalArn: `arn:aws:iam::${A}:root` },
  { principalType: 'service', principalArn: 'sns.amazonaws.com' },
  { principalType: 'federated', principalArn: PROVIDER },
  { principalType: 'anonymous', principalArn: '*' },
];

/** What `Principal` may say. No session of `dev` is among them: nobody knows what its sessions are called. */
export const PRINCIPALS: readonly unknown[] = [
  '*',
  { AWS: '*' },
  { AWS: A },
  { AWS: `arn:aws:iam::${A}:root` },
  { AWS: B },
  { AWS: `arn:aws:iam::${A}:user/alice` },
  { AWS: [`arn:aws:iam::${A}:user/team/bob`, `arn:aws:iam::${B}:user/alice`] },
  { AWS: `arn:aws:iam::${A}:user/*` },
  { AWS: `arn:aws:iam::${A}:role/ops` },
  { AWS: `arn:aws:iam::${A}:role/dev` },
  { AWS: [`arn:aws:sts::${A}:assumed-role/ops/me`, `arn:aws:sts::${A}:federated-user/fed`] },
  { AWS: 'AIDACKCEVSQ6C2EXAMPLE' },
  { Service: 'sns.amazonaws.com' },
  { Service: 'sns.amazonaws.com', AWS: A },
  { Federated: PROVIDER },
];

/** What `NotPrincipal` may list. */
export const SPARED: readonly string[] = [
  A,
  `arn:aws:iam::${A}:root`,
  `arn:aws:iam::${B}:root`,
  `arn:aws:iam::${A}:user/alice`,
  `arn:aws:iam::${B}:user/alice`,
  `arn:aws:iam::${A}:role/ops`,
  `arn:aws:iam::${A}:role/dev`,
  `arn:aws:sts::${A}:assumed-role/ops/me`,
  `arn:aws:sts::${A}:federated-user/fed`,
];

/** A call: an action on a resource, and patterns of policies that have to do with it. */
export interface Scene {
  readonly action: string;
  readonly resource: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** Whether the policy of the resource has no `Resource`, as those of roles. */
  readonly isRole?: boolean;
}

const S3 = {
  actions: ['s3:GetObject', 's3:Get*', 'S3:*', 's3:*Object', 's3:PutObject', 's3:?etObject', 's3:ListBucket'],
  resources: [
    'arn:aws:s3:::b/alice/x',
    'arn:aws:s3:::b',
    'arn:aws:s3:::b/*',
    'arn:aws:s3:::b*',
    'arn:aws:s3:*',
    'arn:aws:*:b/alice/x',
    'arn:aws:s3:::?/alice/?',
    'arn:aws:s3:::b/${aws:username}/*',
    "arn:aws:s3:::b/${aws:PrincipalTag/team, 'alice'}/x",
    'arn:aws:s3:::b/${$}{x}',
    'arn:aws:s3:::b/alice/${*}',
    'arn:aws:s3',
  ],
};
const KEY = `arn:aws:kms:us-east-1:${A}:key/1`;
const KMS = {
  actions: ['kms:Decrypt', 'kms:*', 'kms:List*', 'kms:CreateAlias'],
  resources: [KEY, `arn:aws:kms:*:${A}:*`, 'arn:aws:kms:us-east-1:*', `arn:aws:kms:us-east-?:${A}:key/*`],
};
const ROLE = `arn:aws:iam::${A}:role/target`;
const STS = {
  actions: ['sts:AssumeRole', 'sts:*', 'sts:AssumeRoleWithSAML', 'sts:TagSession', 'sts:AssumeRole*'],
  resources: [ROLE, 'arn:aws:iam::*:role/*', 'arn:aws:iam::*:role/${aws:username}', `arn:aws:iam::${B}:role/target`],
  isRole: true,
};
const IAM = {
  actions: ['iam:GetUser', 'iam:*User*', 'IAM:getuser', 'iam:Get*'],
  resources: [`arn:aws:iam::${A}:user/alice`, 'arn:aws:iam::*:user/${aws:username}', 'arn:aws:iam::*:*', 'arn:*'],
};
const SQS = {
  actions: ['sqs:SendMessage', 'sqs:*', 'sqs:Send*'],
  resources: [`arn:aws:sqs:us-east-1:${A}:q`, `arn:aws:sqs:*:${A}:q`, 'arn:aws:sqs:*', 'arn:aws:sqs:us*1:*:?'],
};

/** Calls with a policy on the resource and without, on resources that must have one, and on none. */
export const SCENES: readonly Scene[] = [
  { action: 's3:GetObject', resource: 'arn:aws:s3:::b/alice/x', ...S3 },
  { action: 's3:GetObject', resource: 'arn:aws:s3:::b/bob:*', ...S3 },
  { action: 's3:ListBucket', resource: 'arn:aws:s3:::b', ...S3 },
  { action: 's3:ListAllMyBuckets', resource: '*', ...S3, actions: [...S3.actions, 's3:List*'] },
  { action: 'kms:Decrypt', resource: KEY, ...KMS },
  { action: 'kms:CreateAlias', resource: `arn:aws:kms:us-east-1:${A}:alias/x`, ...KMS },
  { action: 'kms:ListKeys', resource: '*', ...KMS },
  { action: 'sts:AssumeRole', resource: ROLE, ...STS },
  { action: 'sts:AssumeRoleWithSAML', resource: ROLE, ...STS },
  { action: 'sts:TagSession', resource: ROLE, ...STS },
  { action: 'iam:GetUser', resource: `arn:aws:iam::${A}:user/alice`, ...IAM },
  { action: 'sqs:SendMessage', resource: `arn:aws:sqs:us-east-1:${A}:q`, ...SQS },
  { action: 'no:Thing', resource: 'arn:aws:no:::x', actions: ['no:*', 'no:Thing'], resources: ['arn:aws:no:::?'] },
  { action: 'sts:GetCallerIdentity', resource: '*', ...STS },
];

/** A condition key: what a policy asks of it, with which operators, and what a request holds. */
export interface Key {
  readonly name: string;
  readonly operators: readonly string[];
  /** Values of policies. */
  readonly asked: readonly string[];
  /** Values of requests: those that hit what policies ask, and near misses. */
  readonly held: readonly string[];
  readonly isList?: boolean;
}

const withNegation = (names: readonly string[]): readonly string[] =>
  names.flatMap((name) => [name, name.replace(/^(String|Arn|Numeric|Date)/, '$1Not').replace(/^Ip/, 'NotIp')]);
const TEXT = withNegation(['StringEquals', 'StringEqualsIgnoreCase', 'StringLike']);
const ARN = withNegation(['ArnEquals', 'ArnLike']);
const IP = ['IpAddress', 'NotIpAddress'];
const ordered = (family: string): readonly string[] =>
  ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'].map(
    (comparison) => `${family}${comparison}`,
  );
const TEXTS = ['red', 'RED', 'alice', '', '*', 'r?d', 're', 'rede', 'a:b', '${aws:username}', 'x'];

/** Condition keys of every family. */
export const KEYS: readonly Key[] = [
  {
    name: 'aws:PrincipalTag/team',
    operators: TEXT,
    asked: ['red', 'RED', 'r*', '?ed', '*', 'alice', '${aws:username}', "${aws:username, 'red'}", '${*}', '', 'a*d'],
    held: TEXTS,
  },
  {
    name: 'aws:username',
    operators: TEXT,
    asked: ['alice', 'al*', 'bob', '*', "${aws:PrincipalTag/team, 'alice'}"],
    held: ['alice', 'Alice', 'bob', 'al', '*', ''],
  },
  {
    name: 'aws:TagKeys',
    operators: TEXT,
    asked: ['red', 'r*', 'blue', '?lue', '*', '${aws:username}'],
    held: ['red', 'blue', 'RED', 'alice', ''],
    isList: true,
  },
  {
    name: 'aws:SourceArn',
    operators: [...ARN, 'StringLike', 'StringNotLike', 'StringEquals'],
    asked: [
      'arn:aws:sns:*:111122223333:t*',
      'arn:aws:sns:us-east-1:111122223333:t',
      'arn:aws:sns:*:t',
      'arn:aws:s3:::?',
      'arn:aws:sns:*:*:${aws:username}',
      '*',
    ],
    held: [
      'arn:aws:sns:us-east-1:111122223333:t',
      'arn:aws:sns:us-east-1:111122223333:t:1',
      'arn:aws:sns:us-east-1:444455556666:t',
      'arn:aws:sns:us-east-1:111122223333:alice',
      'arn:aws:s3:::b',
      'no-arn',
    ],
  },
  {
    name: 'aws:SecureTransport',
    operators: ['Bool', 'StringEquals'],
    asked: ['true', 'false', 'TRUE'],
    held: ['true', 'false', 'True', 'x'],
  },
  { name: 'aws:MultiFactorAuthPresent', operators: ['Bool'], asked: ['true', 'false'], held: ['true', 'false'] },
  {
    name: 's3:max-keys',
    operators: [...ordered('Numeric'), 'StringEquals', 'StringNotLike'],
    asked: ['10', '10.0', '-1', '9.5', '11', '1*', 'ten'],
    held: ['9', '10', '10.00', '11', '9.5', '-1', '-2', 'ten', ''],
  },
  {
    name: 'aws:CurrentTime',
    operators: ordered('Date'),
    asked: ['2026-01-01T00:00:00Z', '2026-01-01', '1767225600', '2026-01-01T02:00:00+02:00', '2026-01-02T00:00:00.5Z'],
    held: [
      '2026-01-01T00:00:00Z',
      '2025-12-31T23:59:59Z',
      '2026-01-01T00:00:01Z',
      '1767225600',
      '1767312000',
      '2026-01-02T00:00:00.500Z',
      'now',
    ],
  },
  {
    name: 'aws:SourceIp',
    operators: IP,
    asked: ['10.0.0.0/8', '10.0.0.0/9', '10.1.2.3', '0.0.0.0/0', '2001:db8::/32', '::/0', '203.0.113.7/31', 'x'],
    held: ['10.0.0.0', '10.128.0.0', '10.1.2.3', '11.0.0.0', '203.0.113.6', '2001:DB8::1', '2001:db9::', 'nowhere'],
  },
  {
    name: 'example:bytes',
    operators: ['BinaryEquals'],
    asked: ['cmVk', 'Ymx1ZQ=='],
    held: ['cmVk', 'Ymx1ZQ==', 'cmV', ''],
  },
  {
    name: 'aws:PrincipalArn',
    operators: [...ARN, 'StringEquals', 'StringNotLike'],
    asked: ['arn:aws:iam::111122223333:user/alice', 'arn:aws:iam::*:role/*', 'arn:aws:iam::111122223333:*'],
    held: ['arn:aws:iam::111122223333:user/alice', 'arn:aws:iam::111122223333:role/ops', 'arn:aws:iam::1:root'],
  },
];

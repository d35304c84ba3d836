import type {
  GroupDetailDocument,
  ManagedPolicyDetailDocument,
  RoleDetailDocument,
  SnapshotDocuments,
  UserDetailDocument,
} from '../../src/snapshot/snapshot-documents.ts';

/** How many of each a generated account holds. */
export interface AccountSize {
  readonly users: number;
  readonly groups: number;
  readonly roles: number;
  readonly policies: number;
  readonly versions: number;
}

/** The largest account that IAM's quotas allow ("IAM and AWS STS quotas", IAM User Guide). */
export const LARGEST: AccountSize = { users: 5000, groups: 300, roles: 10_000, policies: 10_000, versions: 5 };

const ACCOUNT = '123456789012';
const CREATED = '2025-01-01T00:00:00Z';
const ACTIONS = [
  ['s3:GetObject', 's3:ListBucket', 's3:PutObject'],
  ['dynamodb:*'],
  ['ec2:Describe*'],
  ['logs:*', 'cloudwatch:*'],
  ['sqs:SendMessage', 'sqs:ReceiveMessage'],
  ['lambda:InvokeFunction'],
  ['kms:Decrypt'],
  ['iam:Get*', 'iam:List*'],
  ['iam:PassRole'],
  ['secretsmanager:GetSecretValue'],
];
const CONDITIONS = [
  undefined,
  undefined,
  { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
  { IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '192.0.2.0/24'] } },
  { StringEquals: { 'aws:PrincipalTag/team': ['red', 'blue'] } },
  { StringLike: { 'aws:RequestedRegion': 'eu-*' } },
  { StringEquals: { 'aws:ResourceTag/owner': '${aws:PrincipalTag/team}' } },
  { DateLessThan: { 'aws:CurrentTime': '2030-01-01T00:00:00Z' }, Null: { 'aws:TokenIssueTime': 'false' } },
];

/**
 * An account whose policies have Deny, `NotAction`, `NotResource`, conditions, policy variables; a tenth of its users and
 * roles have a boundary. The same size and seed give the same account.
 */
export const generatedAccount = (size: AccountSize, seed = 1): SnapshotDocuments => {
  const random = mulberry32(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const chance = (probability: number): boolean => random() < probability;
  const resource = (): string =>
    pick([
      '*',
      `arn:aws:s3:::bucket-${Math.floor(random() * 500)}/*`,
      'arn:aws:s3:::home-${aws:username}/*',
      `arn:aws:dynamodb:*:${ACCOUNT}:table/t-${Math.floor(random() * 200)}`,
    ]);
  const statement = () => {
    const condition = pick(CONDITIONS);
    const actions = chance(0.03) ? { NotAction: ['iam:*', 'organizations:*'] } : { Action: pick(ACTIONS) };
    const resources = chance(0.02) ? { NotResource: 'arn:aws:s3:::secret-*' } : { Resource: resource() };
    return {
      Effect: chance(0.1) ? 'Deny' : 'Allow',
      ...actions,
      ...resources,
      ...(condition && { Condition: condition }),
    };
  };
  const document = () => ({
    Version: '2012-10-17',
    Statement: Array.from({ length: 1 + Math.floor(random() * 4) }, statement),
  });
  const arn = (kind: string, name: string): string => `arn:aws:iam::${ACCOUNT}:${kind}/${name}`;
  const id = (prefix: string, index: number): string => `${prefix}${String(index).padStart(17, '0')}`;
  const attached = (count: number) =>
    Array.from({ length: count }, () => `p${Math.floor(random() * size.policies)}`).map((name) => ({
      PolicyName: name,
      PolicyArn: arn('policy', name),
    }));
  const boundary = () =>
    chance(0.1)
      ? { PermissionsBoundary: { PermissionsBoundaryArn: arn('policy', `p${Math.floor(random() * size.policies)}`) } }
      : {};
  const tags = () => [{ Key: 'team', Value: pick(['red', 'blue', 'green']) }];

  const Policies = Array.from(
    { length: size.policies },
    (_, index): ManagedPolicyDetailDocument => ({
      PolicyName: `p${index}`,
      PolicyId: id('ANPA', index),
      Arn: arn('policy', `p${index}`),
      Path: '/',
      DefaultVersionId: `v${size.versions}`,
      CreateDate: CREATED,
      PolicyVersionList: Array.from({ length: size.versions }, (__, version) => ({
        VersionId: `v${version + 1}`,
        IsDefaultVersion: version + 1 === size.versions,
        CreateDate: CREATED,
        // A handful in ten thousand grant everything.
        Document:
          index % 2000 === 7
            ? { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } }
            : document(),
      })),
    }),
  );
  const GroupDetailList = Array.from(
    { length: size.groups },
    (_, index): GroupDetailDocument => ({
      Path: '/',
      GroupName: `g${index}`,
      GroupId: id('AGPA', index),
      Arn: arn('group', `g${index}`),
      CreateDate: CREATED,
      AttachedManagedPolicies: attached(4),
    }),
  );
  const UserDetailList = Array.from(
    { length: size.users },
    (_, index): UserDetailDocument => ({
      Path: '/',
      UserName: `u${index}`,
      UserId: id('AIDA', index),
      Arn: arn('user', `u${index}`),
      CreateDate: CREATED,
      GroupList: [`g${index % size.groups}`, `g${(index * 7 + 1) % size.groups}`],
      AttachedManagedPolicies: attached(1),
      ...(chance(0.2) ? { UserPolicyList: [{ PolicyName: 'inline', PolicyDocument: document() }] } : {}),
      ...boundary(),
      Tags: tags(),
    }),
  );
  const RoleDetailList = Array.from(
    { length: size.roles },
    (_, index): RoleDetailDocument => ({
      Path: '/',
      RoleName: `r${index}`,
      RoleId: id('AROA', index),
      Arn: arn('role', `r${index}`),
      CreateDate: CREATED,
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: {
          Effect: 'Allow',
          Principal: { Service: pick(['ec2.amazonaws.com', 'lambda.amazonaws.com']) },
          Action: 'sts:AssumeRole',
        },
      },
      AttachedManagedPolicies: attached(3),
      ...boundary(),
      Tags: tags(),
      RoleLastUsed: {},
    }),
  );
  const source = { name: 'authorization-details' as const, time: CREATED };
  return {
    account: { accountId: ACCOUNT, alias: null, partition: 'aws', collectedAt: CREATED, sources: [source], gaps: [] },
    authorizationDetails: { UserDetailList, GroupDetailList, RoleDetailList, Policies },
  };
};

/** A small generator of pseudo-random numbers from 0 up to 1, for data that is the same every time. */
const mulberry32 = (seed: number) => (): number => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
};

import type { ArchiveRule } from '../../../src/snapshot/access-analyzer.ts';
import { accessAnalyzer, analyzer, externalFinding } from '../../../src/snapshot/testing/analyzer-builder.ts';
import { allow, trusts } from '../../../src/snapshot/testing/policy-builder.ts';
import { resource } from '../../../src/snapshot/testing/resource-builder.ts';
import { group, role, snapshot, user } from '../../../src/snapshot/testing/snapshot-builder.ts';
import type { LabelledAccount } from '../labelled-account.ts';

const OWN = '123456789012';
const [VENDOR, PARTNER] = ['444455556666', '777788889999'];
const roleArn = (name: string): string => `arn:aws:iam::${OWN}:role/${name}`;
const withId = (account: string) => trusts({ AWS: account }, { StringEquals: { 'sts:ExternalId': 'x1' } });
const rule = (name: string, property: string, value: string): ArchiveRule => ({
  name,
  filter: new Map([[property, { eq: [value], neq: [], contains: [], exists: null }]]),
});

const LOOKING = analyzer({
  archiveRules: [rule('vendor', 'principal.AWS', VENDOR), rule('all-roles', 'resourceType', 'AWS::IAM::Role')],
});
const mfa = (action: string) => ({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: action, Resource: '*', Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } },
  ],
});
const buckets = (count: number) =>
  allow(
    's3:GetObject',
    Array.from({ length: count }, (_, at) => `arn:aws:s3:::b${at}/*`),
  );

/** What Access Analyzer tells of an account, beside what its policies say; sizes of policies, and grants without MFA. */
export const analyzedAccount: LabelledAccount = {
  name: 'an account that Access Analyzer looks at',
  now: '2026-01-01T00:00:00Z',
  snapshot: snapshot({
    accessAnalyzer: accessAnalyzer({
      analyzers: [LOOKING],
      findings: [
        externalFinding(roleArn('vendor')),
        externalFinding(roleArn('vendor-archived'), { id: 'f-2', status: 'ARCHIVED' }),
        externalFinding(roleArn('closed-since'), { id: 'f-3' }),
        externalFinding(`arn:aws:elasticfilesystem:eu-central-1:${OWN}:file-system/fs-1`, { id: 'f-4' }),
      ],
    }),
    organization: { id: 'o-abcde12345', managementAccountId: OWN, path: [], features: ['RootSessions'] },
    roles: [
      role('vendor', { trustPolicy: withId(VENDOR) }),
      role('vendor-archived', { trustPolicy: withId(VENDOR) }),
      role('partner', { trustPolicy: withId(PARTNER) }),
      role('closed-since'),
    ],
    resources: [
      resource(`arn:aws:sqs:us-east-1:${OWN}:orders`, {
        policy: [
          {
            Effect: 'Allow',
            Principal: { AWS: OWN },
            Action: 'sqs:SendMessage',
            Resource: `arn:aws:sqs:us-east-1:${OWN}:orders`,
          },
        ],
      }),
    ],
    groups: [group('shops', { inlinePolicies: { shops: buckets(90) } })],
    users: [
      user('shops-of-long-names', { groups: ['shops'], inlinePolicies: { shops: buckets(90) } }),
      user('keeper', { groups: ['shops'], inlinePolicies: { keys: allow('kms:*') } }),
      user('keeper-with-mfa', { groups: ['shops'], inlinePolicies: { keys: mfa('kms:*') } }),
    ],
  }),
  options: new Map([['user-dangerous-grants-without-mfa', { enabled: true }]]),
  findings: {
    'account-without-auditor-role': { root: 'nobody holds SecurityAudit' },
    'account-without-support-role': { root: 'nobody holds AWSSupportAccess' },
    'management-account-runs-workloads': { root: 'it has a queue, and a role for instances' },
    'organization-root-access-not-centralized': { root: 'sessions of root users, but not their credentials' },
    'resource-open-by-access-analyzer-alone': {
      'role/closed-since f-3': 'its trust policy lets in a service alone',
      'file-system/fs-1 f-4': 'nobody read its policy',
    },
    'access-analyzer-misses-access': {
      [`role/partner ${PARTNER}`]: 'the partner may assume it, and no finding says so',
    },
    'analyzer-archives-too-much': {
      [`root ${LOOKING.arn}/archive-rule/all-roles`]: 'whatever role is opened to whomever',
    },
    'policy-size-nearly-full': {
      'user/shops-of-long-names inline policies': 'more than nine tenths of 2048 characters',
    },
    'user-dangerous-grants-without-mfa': { 'user/keeper': 'all of KMS with an access key' },
    'principal-holds-whole-sensitive-service': {
      'user/keeper': 'all of KMS',
      'user/keeper-with-mfa': 'all of KMS, with MFA',
    },
    'user-has-inline-policy': {
      'user/shops-of-long-names': 'embedded in the user',
      'user/keeper': 'embedded in the user',
      'user/keeper-with-mfa': 'embedded in the user',
    },
    'group-has-inline-policy': { 'group/shops': 'embedded in the group' },
  },
  traps: {
    'role/vendor': 'both tell of the vendor',
    'role/vendor-archived': 'somebody has accepted the vendor, and the finding says so',
    'group/shops': 'a group takes more than a user',
    'user/keeper-with-mfa': 'MFA is asked for',
    orders: 'the own account alone',
  },
};

import { allow, policyDocument, trusts } from '../../../src/snapshot/testing/policy-builder.ts';
import { group, role, snapshot, user } from '../../../src/snapshot/testing/snapshot-builder.ts';
import { each, type LabelledAccount } from '../labelled-account.ts';

const MANAGEMENT = '777788889999';
const document = (...statements: readonly object[]) => policyDocument({ Version: '2012-10-17', Statement: statements });

/** What nobody in the account can do, whatever their policies say. */
const DENIED = ['iam:Create*', 'iam:Update*', 'iam:Put*', 'iam:Attach*', 'iam:PassRole', 's3:PutBucket*'];

/** A member of an organization whose SCPs take from its principals what their policies grant. */
export const guardedAccount: LabelledAccount = {
  name: 'an account behind the guardrails of its organization',
  now: '2026-01-01T00:00:00Z',
  snapshot: snapshot({
    // The root user's credentials were deleted by the organization.
    root: { mfaActive: false, mfaKind: 'none' },
    accountSummary: new Map([
      ['AccountMFAEnabled', 0],
      ['AccountPasswordPresent', 0],
      ['AccountAccessKeysPresent', 0],
      ['AccountSigningCertificatesPresent', 0],
    ]),
    organization: {
      id: 'o-abcde12345',
      managementAccountId: MANAGEMENT,
      accounts: [MANAGEMENT, '123456789012', '222233334444'],
      features: ['RootCredentialsManagement'],
      path: [
        {
          id: 'r-ab12',
          name: 'Root',
          scps: [{ name: 'FullAWSAccess', document: document({ Effect: 'Allow', Action: '*', Resource: '*' }) }],
          rcps: [],
        },
        {
          id: 'ou-ab12-workloads',
          name: 'Workloads',
          scps: [
            { name: 'FullAWSAccess', document: document({ Effect: 'Allow', Action: '*', Resource: '*' }) },
            { name: 'no changes of IAM', document: document({ Effect: 'Deny', Action: DENIED, Resource: '*' }) },
          ],
          rcps: [],
        },
        {
          id: '123456789012',
          name: 'shop',
          scps: [{ name: 'FullAWSAccess', document: document({ Effect: 'Allow', Action: '*', Resource: '*' }) }],
          rcps: [],
        },
      ],
    },
    groups: [group('putters', { inlinePolicies: { p: allow('iam:PutGroupPolicy') } })],
    users: [
      user('puts-user-policy', { inlinePolicies: { p: allow('iam:PutUserPolicy') } }),
      user('attaches-user-policy', { inlinePolicies: { p: allow('iam:AttachUserPolicy') } }),
      user('puts-group-policy', { groups: ['putters'] }),
      user('adds-to-group', { inlinePolicies: { p: allow('iam:AddUserToGroup') } }),
    ],
    roles: [
      role('updates-trust', { inlinePolicies: { p: allow('iam:UpdateAssumeRolePolicy') } }),
      role('passes-roles', { inlinePolicies: { p: allow(['iam:PassRole', 'lambda:CreateFunction']) } }),
      role('opens-buckets', { inlinePolicies: { p: allow(['s3:PutBucketPolicy', 's3:PutBucketAcl']) } }),
      role('reads-secrets', { inlinePolicies: { p: allow('secretsmanager:GetSecretValue') } }),
      role('AWSCloudFormationStackSetExecutionRole', {
        trustPolicy: trusts({ AWS: `arn:aws:iam::${MANAGEMENT}:role/AWSCloudFormationStackSetAdministrationRole` }),
      }),
      role('OrganizationAccountAccessRole', { trustPolicy: trusts({ AWS: `arn:aws:iam::${MANAGEMENT}:root` }) }),
      role('sister-reads', { trustPolicy: trusts({ AWS: 'arn:aws:iam::222233334444:role/reports' }) }),
      role('stranger-reads', { trustPolicy: trusts({ AWS: 'arn:aws:iam::444455556666:role/reports' }) }),
    ],
  }),
  findings: {
    'account-without-auditor-role': { root: 'nobody holds SecurityAudit' },
    'account-without-support-role': { root: 'nobody holds AWSSupportAccess' },
    'user-has-inline-policy': each(
      'its policy stands inline',
      ...['user/puts-user-policy', 'user/attaches-user-policy', 'user/adds-to-group'],
    ),
    'group-has-inline-policy': { 'group/putters': 'its policy stands inline' },
    'role-has-inline-policy': each(
      'its policy stands inline',
      ...['role/updates-trust', 'role/passes-roles', 'role/opens-buckets', 'role/reads-secrets'],
    ),
    'principal-reads-all-sensitive-data': { 'role/reads-secrets': 'the guardrail says nothing of secrets' },
    'role-trusts-foreign-account-without-external-id': {
      'role/stranger-reads 444455556666': 'an account of nobody known, without ExternalId',
    },
  },
  traps: {
    'user/puts-user-policy': 'PMapper#94: iam:Put* is denied by an SCP',
    'user/attaches-user-policy': 'PMapper#94: iam:Attach* is denied by an SCP',
    'user/puts-group-policy': 'PMapper#94: iam:Put* is denied by an SCP, in its own group too',
    'user/adds-to-group': 'may join any group, none of which lets it do more',
    'role/updates-trust': 'PMapper#94: iam:Update* is denied by an SCP',
    'role/passes-roles': 'iam:PassRole is denied by an SCP',
    'role/opens-buckets': 's3:PutBucket* is denied by an SCP',
    'role/AWSCloudFormationStackSetExecutionRole': 'ScoutSuite#623: the management account of the own organization',
    'role/OrganizationAccountAccessRole': 'the management account of the own organization, as AWS makes it',
    'role/sister-reads': 'an account that the organization lists',
  },
};

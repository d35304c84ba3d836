import type { PermissionSet } from '../../../src/snapshot/identity-center.ts';
import { assigned, identityCenter, permissionSet } from '../../../src/snapshot/testing/identity-center-builder.ts';
import { attachedPolicy, organization, organizationTree } from '../../../src/snapshot/testing/organization-builder.ts';
import { allow, policyDocument, trusts } from '../../../src/snapshot/testing/policy-builder.ts';
import { resource } from '../../../src/snapshot/testing/resource-builder.ts';
import { role, snapshot } from '../../../src/snapshot/testing/snapshot-builder.ts';
import { each, type LabelledAccount } from '../labelled-account.ts';

const SHOP = '222222222222';
const IDENTITY = '444444444444';
const SECURITY = '555555555555';

const GROUP = [assigned(SHOP, 'GROUP', 'engineers')];

const set = (
  name: string,
  actions: readonly string[],
  parts: Parameters<typeof permissionSet>[1] = {},
): PermissionSet =>
  permissionSet(name, { policies: { inline: policyDocument(allow(actions)) }, assignments: GROUP, ...parts });

/** How the labels call a permission set. */
const label = ({ arn, name }: PermissionSet): string => `${arn.split(':')[5]} ${name}`;

const owner = set('Owner', ['*'], { sessionHours: 12, assignments: [assigned(SHOP, 'USER', 'ann')] });
const breakGlass = set('BreakGlass', ['*'], { assignments: [assigned(SHOP, 'GROUP', 'guards')] });
const helpdesk = set('Helpdesk', ['iam:CreateUser', 'iam:CreateAccessKey', 'iam:AttachUserPolicy']);
const policies = set('PolicyWriter', ['iam:CreateRole', 'iam:AttachRolePolicy', 'sts:AssumeRole']);
const leftOver = set('LeftOver', ['s3:ListAllMyBuckets'], { assignments: [assigned(SHOP, 'GROUP', 'former')] });
const neverUsed = set('NeverUsed', ['s3:ListAllMyBuckets'], { assignments: [] });
const nights = set('Nights', ['s3:ListAllMyBuckets'], { sessionHours: 10 });
const auditor = set('Auditor', ['iam:Get*', 'iam:List*'], { sessionHours: 8 });
const users = set('UserMaker', ['iam:CreateUser', 'iam:TagUser']);
const bounded = permissionSet('Bounded', {
  policies: {
    inline: policyDocument(allow('*')),
    boundary: { name: 'engineers-boundary', path: '/' },
  },
  assignments: GROUP,
});

/** The management account of an organization, which is told of all of it and of its permission sets. */
export const organizationAccount: LabelledAccount = {
  name: 'the management account of an organization',
  now: '2026-01-01T00:00:00Z',
  trustedAccounts: [{ id: IDENTITY, name: 'identity', owner: 'platform', expires: null }],
  snapshot: snapshot({
    roles: [
      role('nightly-invoices', { trustPolicy: trusts({ Service: 'lambda.amazonaws.com' }) }),
      role('AWSServiceRoleForECS', { path: '/aws-service-role/ecs.amazonaws.com/' }),
      role('reader', { trustPolicy: trusts({ AWS: `arn:aws:iam::${SHOP}:root` }) }),
    ],
    resources: [resource('arn:aws:s3:::organization-trail')],
    managedPolicies: [],
    organization: organization({
      accounts: ['123456789012', SHOP, '333333333333', IDENTITY, SECURITY],
      tree: organizationTree({
        policyTypes: ['SERVICE_CONTROL_POLICY'],
        policies: [
          attachedPolicy('FullAWSAccess', { awsManaged: true, characters: 10_000 }),
          attachedPolicy('regions', { targets: ['ou-work'], characters: 9800 }),
          attachedPolicy('no-leaving', { targets: ['ou-work'], characters: 900 }),
        ],
      }),
      delegatedAdministrators: [
        { accountId: IDENTITY, name: 'identity', services: ['sso.amazonaws.com'] },
        { accountId: SECURITY, name: 'security', services: ['guardduty.amazonaws.com', 'iam.amazonaws.com'] },
      ],
    }),
    identityCenter: identityCenter({
      permissionSets: [owner, breakGlass, helpdesk, policies, leftOver, neverUsed, nights, auditor, users, bounded],
      users: { ann: ['ann'], bob: ['bob'] },
      groups: { engineers: ['Engineers', ['ann', 'bob']], guards: ['Guards', ['bob']], former: ['Former', []] },
    }),
  }),
  findings: {
    'account-without-auditor-role': { root: 'nobody holds SecurityAudit' },
    'account-without-support-role': { root: 'nobody holds AWSSupportAccess' },
    'delegated-administrator-undeclared': {
      [`root ${SECURITY}`]: 'it gets sessions of all root users, and nobody declared it',
    },
    'management-account-runs-workloads': { root: 'a role that functions take on' },
    'organization-accounts-without-guardrails': {
      root: 'the sandbox is right under the root, where no SCP of its own is',
    },
    'organization-policy-quota-nearly-full': { 'root p-regions': '9,800 of 10,240 characters' },
    'organization-policy-type-disabled': { 'root RESOURCE_CONTROL_POLICY': 'RCPs are off' },
    'permission-set-assigned-to-nobody': {
      [label(leftOver)]: 'its group has no members any more',
      [label(neverUsed)]: 'no assignment',
    },
    'permission-set-assigned-to-users': { [label(owner)]: 'one user, no group' },
    'permission-set-can-become-administrator': each(
      'makes a principal, gives it any policy, and becomes it',
      label(helpdesk),
      label(policies),
    ),
    'permission-set-grants-administrator': each('every action on everything', label(owner), label(breakGlass)),
    'permission-set-session-too-long': { [label(owner)]: 'twelve hours', [label(nights)]: 'ten hours' },
  },
  traps: {
    'role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS': 'a service-linked role runs nothing of people',
    'organization-trail': 'logs belong into the management account, or beside it',
    [label(auditor).split(' ')[0] ?? '']: 'exactly eight hours, and it reads',
    [label(users).split(' ')[0] ?? '']: 'makes users, but can give them neither credentials nor policies',
    [label(bounded).split(' ')[0] ?? '']: 'everything, within a boundary that only other accounts have: not known',
  },
};

import type { PermissionSetPolicies } from '../../../snapshot/identity-center.ts';
import { denied } from '../../../snapshot/testing/collected-builder.ts';
import { permissionSet } from '../../../snapshot/testing/identity-center-builder.ts';
import { allow, policyDocument } from '../../../snapshot/testing/policy-builder.ts';
import { role } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { assignedTo, having, SILENT, UNREAD } from '../../testing/permission-set-accounts.ts';
import { permissionSetCanBecomeAdministrator } from './permission-set-can-become-administrator.ts';

const inline = (document: unknown): Partial<PermissionSetPolicies> => ({ inline: policyDocument(document) });
const assignments = assignedTo('group:operators');
const granting = (policies: Partial<PermissionSetPolicies>, parts: Parameters<typeof having>[1] = {}) =>
  having([permissionSet('Ops', { policies, assignments })], parts);

const USERS = ['iam:CreateUser', 'iam:AttachUserPolicy', 'iam:CreateLoginProfile', 'iam:CreateAccessKey'];
const ASSUMES = allow('sts:AssumeRole', 'arn:aws:iam::123456789012:role/owner');

/** The role of the permission set in the account itself, and one that is administrator and trusts the account. */
const ROLES = [
  role('AWSReservedSSO_Ops_0123456789abcdef', {
    path: '/aws-reserved/sso.amazonaws.com/eu-west-1/',
    inlinePolicies: { AwsSSOInlinePolicy: ASSUMES },
  }),
  role('owner', {
    trustPolicy: {
      Statement: { Effect: 'Allow', Principal: { AWS: '123456789012' }, Action: 'sts:AssumeRole' },
    },
    inlinePolicies: { everything: allow('*') },
  }),
];

describeCheck(permissionSetCanBecomeAdministrator, '2026-01-01T00:00:00Z', {
  fail: [
    [
      'it makes users and gives them any policy, in whatever account',
      granting(inline(allow(USERS))),
      { permissionSet: 'Ops', inThisAccount: false, conditional: false, reach: '2 people in 1 account' },
    ],
    [
      'its role in this account may take on an administrator’s',
      granting(inline(ASSUMES), { roles: ROLES }),
      { inThisAccount: true, requests: ['sts:AssumeRole'] },
    ],
  ],
  pass: [
    ['it reads', granting(inline(allow(['s3:Get*', 'iam:List*'])))],
    ['it is administrator already, which is told by itself', granting(inline(allow('*')))],
    ['the role that it may take on is in none of its accounts', granting(inline(ASSUMES))],
    ...SILENT,
  ],
  unknown: [
    ...UNREAD,
    [
      'a customer managed policy that only other accounts have',
      granting({ customerManaged: [{ name: 'ops', path: '/' }] }),
    ],
    [
      'its policies were not read',
      having([permissionSet('Ops', { policies: denied('sso:GetInlinePolicyForPermissionSet', 'identity-center') })]),
    ],
  ],
});

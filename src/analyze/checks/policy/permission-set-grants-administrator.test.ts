import type { PermissionSetPolicies } from '../../../snapshot/identity-center.ts';
import { arn, denied } from '../../../snapshot/testing/collected-builder.ts';
import { identityCenter, permissionSet } from '../../../snapshot/testing/identity-center-builder.ts';
import { allow, policyDocument } from '../../../snapshot/testing/policy-builder.ts';
import { managedPolicy, snapshot } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { assignedTo, having, SILENT, UNREAD } from '../../testing/permission-set-accounts.ts';
import { permissionSetGrantsAdministrator } from './permission-set-grants-administrator.ts';

const inline = (document: unknown): Partial<PermissionSetPolicies> => ({ inline: policyDocument(document) });
const assignments = assignedTo('group:operators', 'user:ann');
const granting = (policies: Partial<PermissionSetPolicies>, parts: Parameters<typeof having>[1] = {}) =>
  having([permissionSet('Admin', { policies, assignments })], parts);

const ADMINISTRATOR = arn('arn:aws:iam::aws:policy/AdministratorAccess');
const READ_ONLY = arn('arn:aws:iam::aws:policy/ReadOnlyAccess');

describeCheck(permissionSetGrantsAdministrator, '2026-01-01T00:00:00Z', {
  fail: [
    [
      'by its inline policy',
      granting(inline(allow('*'))),
      { permissionSet: 'Admin', reach: '2 people in 1 account', assigned: { accounts: 1, groups: 1, users: 1 } },
    ],
    [
      'by an AWS managed policy that the account itself does not use',
      snapshot({
        identityCenter: identityCenter({
          permissionSets: [permissionSet('Admin', { policies: { awsManaged: [ADMINISTRATOR] } })],
          managedPolicies: new Map([[ADMINISTRATOR, policyDocument(allow('*'))]]),
        }),
      }),
      { assigned: { accounts: 0 } },
    ],
    [
      'by a customer managed policy of the account',
      granting(
        { customerManaged: [{ name: 'everything', path: '/' }] },
        { managedPolicies: [managedPolicy('everything', allow('*'))] },
      ),
    ],
  ],
  pass: [
    ['it reads', granting(inline(allow('s3:Get*')))],
    ['nothing at all', granting({})],
    [
      'its boundary leaves little of it',
      granting(
        { ...inline(allow('*')), boundary: { name: 'bound', path: '/' } },
        { managedPolicies: [managedPolicy('bound', allow('s3:*'))] },
      ),
    ],
    ...SILENT,
  ],
  unknown: [
    ...UNREAD,
    [
      'a customer managed policy that only other accounts have',
      granting({ customerManaged: [{ name: 'ops', path: '/' }] }),
    ],
    ['an AWS managed policy that nobody read', granting({ awsManaged: [READ_ONLY] })],
    [
      'a boundary that only other accounts have',
      granting({ ...inline(allow('*')), boundary: { name: 'bound', path: '/team/' } }),
    ],
    [
      'its policies were not read',
      having([
        permissionSet('Admin', { policies: denied('sso:ListManagedPoliciesInPermissionSet', 'identity-center') }),
      ]),
    ],
  ],
});

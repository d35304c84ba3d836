import { accessKey, password, virtualMfa } from '../../../src/snapshot/testing/credential-builder.ts';
import { allow, trusts } from '../../../src/snapshot/testing/policy-builder.ts';
import { group, managedPolicy, role, snapshot, user } from '../../../src/snapshot/testing/snapshot-builder.ts';
import type { LabelledAccount } from '../labelled-account.ts';

const selfService = managedPolicy('self-service', {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: ['iam:ChangePassword', 'iam:CreateAccessKey', 'iam:DeleteAccessKey', 'iam:ListAccessKeys'],
      Resource: 'arn:aws:iam::*:user/${aws:username}',
    },
  ],
});
const deploy = managedPolicy('deploy', allow(['cloudformation:*', 'lambda:UpdateFunctionCode', 's3:PutObject']));

/** A company that does what it should. */
export const inOrderAccount: LabelledAccount = {
  name: 'an account in order',
  now: '2026-01-01T00:00:00Z',
  snapshot: snapshot({
    managedPolicies: [selfService, deploy],
    groups: [
      group('everybody', { attachedManagedPolicies: [selfService] }),
      group('developers', { attachedManagedPolicies: [deploy] }),
    ],
    users: [
      user('alice', {
        groups: ['everybody', 'developers'],
        password: password({ lastUsed: '2025-12-30T00:00:00Z' }),
        mfa: virtualMfa(),
        accessKeys: [accessKey({ createDate: '2025-11-01T00:00:00Z', lastUsed: '2025-12-30T00:00:00Z' })],
      }),
      user('bob', {
        groups: ['everybody'],
        password: password({ lastUsed: '2025-12-01T00:00:00Z' }),
        mfa: virtualMfa(),
      }),
    ],
    roles: [
      role('incident-response', { attachedManagedPolicies: ['arn:aws:iam::aws:policy/AWSSupportAccess'] }),
      role('app', { attachedManagedPolicies: [deploy], trustPolicy: trusts({ Service: 'lambda.amazonaws.com' }) }),
      role('auditor', {
        attachedManagedPolicies: ['arn:aws:iam::aws:policy/SecurityAudit'],
        trustPolicy: trusts(
          { AWS: 'arn:aws:iam::444455556666:root' },
          { StringEquals: { 'sts:ExternalId': 'a1b2c3' } },
        ),
      }),
    ],
  }),
  findings: {},
  traps: {
    'user/alice': 'may make access keys, for herself only',
    'policy/deploy': 'wide, but touches no IAM',
    'role/auditor': 'another account, with an ExternalId',
  },
};

import { describe, expect, it } from 'vitest';
import { loadServiceReference } from '../reference/service-reference.ts';
import { denied } from '../snapshot/testing/collected-builder.ts';
import { passwordPolicy } from '../snapshot/testing/credential-builder.ts';
import { allow } from '../snapshot/testing/policy-builder.ts';
import { role, type SnapshotParts, snapshot, user } from '../snapshot/testing/snapshot-builder.ts';
import { createAccountAccess } from './account-access.ts';

const reference = await loadServiceReference();

const ann = user('ann', { path: '/staff/eu/' });
const bob = user('bob');
const barred = user('barred', {
  inlinePolicies: { no: { Statement: { Effect: 'Deny', Action: 'iam:ChangePassword', Resource: '*' } } },
});
const bounded = user('bounded', { permissionsBoundary: 'arn:aws:iam::123456789012:policy/limit' });
const deploy = role('deploy', { inlinePolicies: { p: allow('s3:*') } });

const access = (parts: SnapshotParts) =>
  createAccountAccess(snapshot({ users: [ann, bob, barred, bounded], roles: [deploy], ...parts }), reference);

// Source: "Permit IAM users to change their own passwords", IAM User Guide.
describe('a password policy that lets users change their passwords', () => {
  const open = access({ passwordPolicy: passwordPolicy({ allowUsersToChangePassword: true }) });

  it('grants each user its own', () => {
    expect(open.canPerform(ann, 'iam:ChangePassword', ann.arn)).toEqual({
      kind: 'allowed',
      grantedBy: [{ policy: 'account-password-policy', statement: 0 }],
    });
    expect(open.canPerform(ann, 'iam:ChangePassword', bob.arn).kind).toBe('implicitDeny');
    expect(open.canPerform(bob, 'iam:GetAccountPasswordPolicy', '*').kind).toBe('allowed');
    expect(open.canPerform(bob, 'iam:UpdateLoginProfile', bob.arn).kind).toBe('implicitDeny');
  });

  it('grants roles nothing, and nothing against a Deny or beyond a boundary', () => {
    expect(open.canPerform(deploy, 'iam:GetAccountPasswordPolicy', '*').kind).toBe('implicitDeny');
    expect(open.canPerform(barred, 'iam:ChangePassword', barred.arn).kind).toBe('explicitDeny');
    expect(open.canPerform(bounded, 'iam:ChangePassword', bounded.arn).kind).not.toBe('allowed');
  });
});

describe('any other password policy', () => {
  it.each<[string, SnapshotParts]>([
    ['that keeps it to administrators', { passwordPolicy: passwordPolicy({ allowUsersToChangePassword: false }) }],
    ['that is not there', { passwordPolicy: null }],
    ['that nobody could read', { passwordPolicy: denied('iam:GetAccountPasswordPolicy') }],
  ])('%s grants nothing', (_, parts) => {
    expect(access(parts).canPerform(ann, 'iam:ChangePassword', ann.arn).kind).toBe('implicitDeny');
  });
});

import { expect, it } from 'vitest';
import { loadServiceReference } from '../reference/service-reference.ts';
import { at } from '../snapshot/testing/collected-builder.ts';
import { accessKey } from '../snapshot/testing/credential-builder.ts';
import { allow, trusts } from '../snapshot/testing/policy-builder.ts';
import { role, type SnapshotParts, snapshot, user } from '../snapshot/testing/snapshot-builder.ts';
import { analyzeAccount } from './analyze-account.ts';
import { DEFAULT_CHECK_SETTINGS } from './testing/default-settings.ts';

const OLD = { accessKeys: [accessKey({ createDate: '2025-01-01T00:00:00Z' })] };

const found = async (checkId: string, parts: SnapshotParts) => {
  const { findings } = analyzeAccount(snapshot(parts), {
    now: at('2026-01-01T00:00:00Z'),
    reference: await loadServiceReference(),
    settings: DEFAULT_CHECK_SETTINGS,
  });
  return findings.filter((finding) => finding.checkId === checkId);
};

it.each([
  ['of an administrator', '*', 'high', ' The user is an administrator.'],
  [
    'of one who can become administrator',
    'iam:PutUserPolicy',
    'high',
    ' The user can become administrator with iam:PutUserPolicy.',
  ],
  ['of anybody else', 's3:GetObject', 'medium', undefined],
])('an old access key %s', async (_, action, severity, onward) => {
  const [finding] = await found('user-access-key-not-rotated', {
    users: [user('alice', { inlinePolicies: { own: allow(action) }, ...OLD })],
  });
  expect(finding?.severity).toBe(severity);
  expect(/ The user .*$/.exec(finding?.summary ?? '')?.[0]).toBe(onward);
  expect(finding?.evidence['mayBecomeAdministrator']).toBe(severity === 'high' ? true : undefined);
});

it('another account that gets into a role of everything is worse than into another role', async () => {
  const trustPolicy = trusts({ AWS: '444455556666' });
  const findings = await found('role-trusts-foreign-account-without-external-id', {
    roles: [
      role('all', { trustPolicy, inlinePolicies: { own: allow('*') } }),
      role('some', { trustPolicy, inlinePolicies: { own: allow('s3:GetObject') } }),
    ],
  });
  expect(findings.map(({ subject, severity }) => [subject.arn.split('/')[1], severity])).toEqual([
    ['all', 'high'],
    ['some', 'medium'],
  ]);
});

it('what a principal holds is not made worse by what it holds', async () => {
  const [finding] = await found('user-has-inline-policy', {
    users: [user('alice', { inlinePolicies: { own: allow('*') } })],
  });
  expect(finding?.severity).toBe('low');
});

it('a way in from outside tells how it leads to administrator, and which finding tells the path', async () => {
  const parts = {
    roles: [
      role('climber', { trustPolicy: trusts({ AWS: '*' }), inlinePolicies: { own: allow('iam:PutRolePolicy') } }),
    ],
  };
  const [entrance] = await found('role-trusts-any-principal', parts);
  const [path] = await found('principal-can-become-administrator', parts);
  expect(entrance?.evidence['administratorBy']).toEqual({ finding: path?.key, requests: ['iam:PutRolePolicy'] });
  expect(entrance?.summary).toContain('The role can become administrator with iam:PutRolePolicy.');
});

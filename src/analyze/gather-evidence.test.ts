import { expect, it } from 'vitest';
import { snapshot, user } from '../snapshot/testing/snapshot-builder.ts';
import type { ComplianceFramework } from './compliance-framework.ts';
import { gatherEvidence } from './gather-evidence.ts';
import { allChecks } from './registry.ts';
import type { CheckRun } from './run-checks.ts';

const framework: ComplianceFramework = {
  id: 'some-1.0',
  title: 'Some',
  scope: 'all',
  reference: 'https://example.com/',
  controls: [
    { id: '1', title: 'One', assessment: 'automated', checks: ['user-without-group', 'user-has-inline-policy'] },
    { id: '2', title: 'Two', assessment: 'automated', checks: ['user-without-group'] },
  ],
};

const check = allChecks.find(({ id }) => id === 'user-without-group');
const other = allChecks.find(({ id }) => id === 'role-unused');
if (check === undefined || other === undefined) throw new Error('no such check');

const alice = user('alice', { userId: 'AIDAALICE' });
const account = snapshot({ users: [alice] });
const run: CheckRun = {
  results: [
    { check, result: { subject: { arn: alice.arn }, outcome: 'pass', evidence: { groups: 1 }, summary: '' } },
    { check: other, result: { subject: { arn: alice.arn }, outcome: 'fail', evidence: {}, summary: 'No.' } },
  ],
  diagnostics: [
    { checkId: 'user-has-inline-policy', message: 'it broke' },
    { checkId: 'role-unused', message: 'it broke too' },
  ],
};

it('keeps what is in order, of the checks that speak to a control alone, and that a check broke', () => {
  expect(gatherEvidence([framework], account, run)).toEqual([
    {
      accountId: '123456789012',
      checkId: 'user-without-group',
      outcome: 'pass',
      subject: { arn: alice.arn, type: 'User', id: 'AIDAALICE', part: null },
      observed: { groups: 1 },
      reason: null,
    },
    {
      accountId: '123456789012',
      checkId: 'user-has-inline-policy',
      outcome: 'unknown',
      subject: {
        arn: 'arn:aws:iam::123456789012:root',
        type: 'Account',
        id: 'arn:aws:iam::123456789012:root',
        part: null,
      },
      observed: {},
      reason: 'it broke',
    },
  ]);
});

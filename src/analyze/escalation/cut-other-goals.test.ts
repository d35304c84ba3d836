import { describe, expect, it } from 'vitest';
import type { Finding } from '../../finding/audit-report.ts';
import { loadServiceReference } from '../../reference/service-reference.ts';
import type { AccountSnapshot } from '../../snapshot/account-snapshot.ts';
import { arn, at, TEST_TIME } from '../../snapshot/testing/collected-builder.ts';
import { allow, trusts } from '../../snapshot/testing/policy-builder.ts';
import { role, snapshot, user } from '../../snapshot/testing/snapshot-builder.ts';
import { analyzeAccount } from '../analyze-account.ts';
import { DEFAULT_CHECK_SETTINGS } from '../testing/default-settings.ts';

const reference = await loadServiceReference();
const ACCOUNT = 'arn:aws:iam::123456789012';
const JEWEL = { 'vigil:crown-jewel': 'true' };
const byLambda = trusts({ Service: 'lambda.amazonaws.com' });
const builds = allow(['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction']);
const vault = role('vault', { trustPolicy: byLambda, inlinePolicies: { p: allow('secretsmanager:GetSecretValue') } });

const findingsOf = (account: AccountSnapshot, checkId: string): readonly Finding[] =>
  analyzeAccount(account, { now: at(TEST_TIME), reference, settings: DEFAULT_CHECK_SETTINGS }).findings.filter(
    (finding) => finding.checkId === checkId && finding.outcome === 'fail',
  );

describe('the cut of a finding', () => {
  it('about a crown jewel keeps the principal from it', () => {
    const account = snapshot({
      users: [user('mallory', { inlinePolicies: { p: builds } })],
      roles: [role('payroll', { trustPolicy: byLambda, tags: JEWEL })],
    });
    const [finding] = findingsOf(account, 'principal-can-reach-crown-jewel');
    expect(finding?.evidence['cut']).toMatchObject({
      changes: [
        {
          kind: 'add-deny',
          policy: `${ACCOUNT}:user/mallory#inline/p`,
          actions: ['iam:PassRole'],
          resources: [`${ACCOUNT}:role/payroll`],
        },
      ],
      closes: 1,
      verified: 'alone',
    });
    expect(finding?.remediation[0]).toMatch(
      /^Deny `iam:PassRole` on `role\/payroll` in inline policy `p` of user `mallory`\./,
    );
  });

  it('about sensitive access closes the ways to all who hold it', () => {
    const other = { ...vault, arn: arn(`${ACCOUNT}:role/safe`), roleName: 'safe', roleId: 'AROASAFE' };
    const account = snapshot({
      users: [user('mallory', { inlinePolicies: { p: builds } })],
      roles: [vault, other],
    });
    const [finding] = findingsOf(account, 'principal-can-gain-sensitive-access');
    // To deny passing the one leaves the other.
    expect(finding?.evidence['cut']).toMatchObject({
      changes: [
        {
          kind: 'remove-actions',
          policy: `${ACCOUNT}:user/mallory#inline/p`,
          statement: 0,
          actions: ['iam:PassRole'],
        },
      ],
      closes: 1,
      verified: 'alone',
    });
  });
});

import { at } from '../../../src/snapshot/testing/collected-builder.ts';
import { trusts } from '../../../src/snapshot/testing/policy-builder.ts';
import { role, snapshot } from '../../../src/snapshot/testing/snapshot-builder.ts';
import type { LabelledAccount } from '../labelled-account.ts';

const MONITORING = '210987654321';
const AUDITOR = '345678901234';
const UNKNOWN = '456789012345';
const withId = { StringEquals: { 'sts:ExternalId': 'a1b2c3' } };
const root = (account: string) => ({ AWS: `arn:aws:iam::${account}:root` });

/** An account whose owner has declared whom it trusts. */
export const declaredAccount: LabelledAccount = {
  name: 'an account with declared vendors',
  now: '2026-01-01T00:00:00Z',
  trustedAccounts: [
    { id: MONITORING, name: 'monitoring', owner: 'platform', expires: null },
    { id: AUDITOR, name: 'auditor', owner: null, expires: at('2025-07-01T00:00:00Z') },
  ],
  snapshot: snapshot({
    roles: [
      role('monitoring', { trustPolicy: trusts(root(MONITORING), withId) }),
      role('audit-of-last-year', { trustPolicy: trusts(root(AUDITOR), withId) }),
      role('somebody', { trustPolicy: trusts(root(UNKNOWN), withId) }),
      role('own', { trustPolicy: trusts(root('123456789012')) }),
      role('machine', { trustPolicy: trusts({ Service: 'ec2.amazonaws.com' }) }),
    ],
  }),
  findings: {
    'account-without-auditor-role': { root: 'nobody holds SecurityAudit' },
    'account-without-support-role': { root: 'nobody holds AWSSupportAccess' },
    'role-trusts-undeclared-account': {
      [`role/audit-of-last-year ${AUDITOR}`]: 'the trust ended half a year ago',
      [`role/somebody ${UNKNOWN}`]: 'nobody declared it',
    },
  },
  traps: {
    'role/monitoring': 'another account, which is declared',
    'role/own': 'the account itself',
    'role/machine': 'a service',
  },
};

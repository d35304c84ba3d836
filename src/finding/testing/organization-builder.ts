import { at } from '../../snapshot/testing/collected-builder.ts';
import type { ExpectedAccount } from '../expected-account.ts';
import type { AccountSummary, SummarizedFinding, SummarizedPath } from '../organization-night.ts';

/** A finding of an account's summary, but for what is said. */
export const summarizedFinding = (
  accountId: string,
  differing: Partial<SummarizedFinding> = {},
): SummarizedFinding => ({
  key: `user-without-mfa:${accountId}:AIDAALICE`,
  checkId: 'user-without-mfa',
  severity: 'high',
  state: 'open',
  subject: `arn:aws:iam::${accountId}:user/alice`,
  summary: 'User alice can sign in to the console without MFA.',
  by: null,
  ...differing,
});

/** A path of an account's summary, but for what is said. */
export const summarizedPath = (accountId: string, differing: Partial<SummarizedPath> = {}): SummarizedPath => ({
  ...summarizedFinding(accountId, {
    key: `principal-can-become-administrator:${accountId}:AROADEPLOY`,
    checkId: 'principal-can-become-administrator',
    severity: 'critical',
    subject: `arn:aws:iam::${accountId}:role/ci/deploy`,
    summary: 'Role deploy can make itself administrator with iam:AttachRolePolicy.',
  }),
  proof: 'proven',
  reaches: 'administrator',
  into: { total: 0, listed: [] },
  steps: 1,
  ...differing,
});

/** The summary of an account with nothing wrong, but for what is said. */
export const accountSummary = (accountId: string, differing: Partial<AccountSummary> = {}): AccountSummary => ({
  schemaVersion: '1.0',
  accountId,
  alias: null,
  runId: `20260302T023000Z-${accountId}`,
  baselineRunId: `20260301T023000Z-${accountId}`,
  collectedAt: at('2026-03-02T02:30:00Z'),
  complete: true,
  gaps: [],
  findings: {},
  unjudged: 0,
  principals: 12,
  administrators: 2,
  escalating: { surely: 0, conditionally: 0 },
  paths: { total: 0, listed: [], byProof: { proven: 0, derived: 0, conditional: 0 }, crossing: 0 },
  worst: { total: 0, listed: [] },
  frameworks: [],
  news: { administrators: { total: 0, listed: [] }, external: { total: 0, listed: [] }, changes: {} },
  ...differing,
});

/** The paths of a summary, all of them listed. */
export const allPaths = (listed: readonly SummarizedPath[]): AccountSummary['paths'] => {
  const countOf = (proof: SummarizedPath['proof']): number => listed.filter((path) => path.proof === proof).length;
  return {
    total: listed.length,
    listed,
    byProof: { proven: countOf('proven'), derived: countOf('derived'), conditional: countOf('conditional') },
    crossing: listed.filter(({ into }) => into.total > 0).length,
  };
};

/** An account that was to be audited and was, but for what is said. */
export const expectedAccount = (
  accountId: string | null,
  differing: Partial<ExpectedAccount> = {},
): ExpectedAccount => ({
  accountId,
  name: null,
  group: 'organization',
  status: 'collected',
  reason: null,
  lastRead: null,
  droppedOut: false,
  ...differing,
});

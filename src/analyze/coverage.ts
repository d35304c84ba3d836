import type { AccountCoverage } from '../finding/audit-report.ts';
import type { AccountSnapshot } from '../snapshot/account-snapshot.ts';
import type { SourceName } from '../snapshot/collected.ts';
import { coverageOf } from '../snapshot/coverage.ts';
import type { CheckedResult } from './run-checks.ts';

/** How much of the account could be read, source by source, and which checks answered `unknown` for want of each. */
export const accountCoverage = (snapshot: AccountSnapshot, results: readonly CheckedResult[]): AccountCoverage => {
  const affected = affectedChecks(results);
  const coverage = coverageOf(snapshot).map((row) => ({
    ...row,
    affects: [...(affected.get(row.source) ?? [])].sort(),
  }));
  return {
    accountId: snapshot.accountId,
    alias: snapshot.alias.known ? snapshot.alias.value : null,
    collectedAt: snapshot.collectedAt,
    complete: coverage.every(({ status }) => status === 'read'),
    coverage,
  };
};

const affectedChecks = (results: readonly CheckedResult[]): ReadonlyMap<SourceName, ReadonlySet<string>> => {
  const affected = new Map<SourceName, Set<string>>();
  for (const { check, result } of results) {
    if (result.gap === undefined) continue;
    const ids = affected.get(result.gap.source) ?? new Set();
    affected.set(result.gap.source, ids.add(check.id));
  }
  return affected;
};

import type { AccountCoverage, CoverageRow } from '../finding/audit-report.ts';
import type { AccountSnapshot } from '../snapshot/account-snapshot.ts';
import { type CollectionGap, SOURCE_NAMES, type SourceName } from '../snapshot/collected.ts';
import type { CheckedResult } from './run-checks.ts';

/** How much of the account could be read, source by source, and which checks answered `unknown` for want of each. */
export const accountCoverage = (snapshot: AccountSnapshot, results: readonly CheckedResult[]): AccountCoverage => {
  const affected = affectedChecks(results);
  const coverage = SOURCE_NAMES.flatMap((source) => coverageRow(snapshot, source, affected.get(source) ?? new Set()));
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

// A source that was neither read nor missed is one that nothing looks at yet: no row.
const coverageRow = (
  snapshot: AccountSnapshot,
  source: SourceName,
  affected: ReadonlySet<string>,
): readonly CoverageRow[] => {
  const read = snapshot.sources.find(({ name }) => name === source);
  const gaps = snapshot.gaps.filter((gap) => gap.source === source);
  if (read === undefined && gaps.length === 0) return [];
  const affects = [...affected].sort();
  if (gaps.length === 0) return [{ source, status: 'read', detail: `read at ${read?.time ?? ''}`, affects }];
  return [{ source, status: read === undefined ? worstReason(gaps) : 'partial', detail: gapDetail(gaps), affects }];
};

const worstReason = (gaps: readonly CollectionGap[]): CollectionGap['reason'] =>
  (['denied', 'failed', 'skipped'] as const).find((reason) => gaps.some((gap) => gap.reason === reason)) ?? 'failed';

const gapDetail = (gaps: readonly CollectionGap[]): string => {
  const [first = '', ...others] = [...new Set(gaps.map(({ detail }) => detail))];
  return others.length === 0 ? first : `${first}, and ${others.length} more`;
};

import { ok } from '../../../kernel/result.ts';
import type { Finding } from '../../access-analyzer/findings.ts';
import { cloudReadOperation } from '../../operation.ts';
import { isExternal, ofAnalyzerArn, refuse } from './analyzer-operation.ts';
import { readFindings } from './findings.ts';

/** `access-analyzer:GetFindingsStatistics`: of active findings, but for the totals. */
const getFindingsStatistics = cloudReadOperation(
  'access-analyzer:GetFindingsStatistics',
  ofAnalyzerArn,
  (cloud, { analyzerArn }, call) => {
    const read = readFindings(cloud, analyzerArn, call);
    if (!read.ok) return read;
    const { analyzer, findings } = read.value;
    const active = findings.filter(({ status }) => status === 'ACTIVE');
    const totals = {
      totalActiveFindings: active.length,
      totalArchivedFindings: findings.length - active.length,
      totalResolvedFindings: 0,
    };
    const statistics = isExternal(analyzer)
      ? { externalAccessFindingsStatistics: { ...totals, resourceTypeStatistics: byResourceType(active) } }
      : { unusedAccessFindingsStatistics: { ...totals, ...unusedStatistics(active, call.account.accountId) } };
    return ok({ findingsStatistics: [statistics], lastUpdatedAt: call.now });
  },
  refuse,
);

const byResourceType = (active: readonly Finding[]) =>
  Object.fromEntries(
    [...new Set(active.map(({ resourceType }) => resourceType))].toSorted().map((type) => {
      const ofType = active.filter(({ resourceType }) => resourceType === type);
      const open = ofType.filter(({ properties }) => properties['isPublic']?.includes('true'));
      const totalActiveCrossAccount = ofType.length - open.length;
      return [type, { totalActivePublic: open.length, totalActiveCrossAccount, totalActiveErrors: 0 }];
    }),
  );

const unusedStatistics = (active: readonly Finding[], account: string) => {
  const counts = new Map<string, number>();
  for (const { findingType } of active) counts.set(findingType, (counts.get(findingType) ?? 0) + 1);
  const types = [...counts].toSorted(([one], [other]) => (one < other ? -1 : 1));
  return {
    unusedAccessTypeStatistics: types.map(([unusedAccessType, total]) => ({ unusedAccessType, total })),
    topAccounts:
      active.length === 0
        ? []
        : [{ account, numberOfActiveFindings: active.length, details: Object.fromEntries(types) }],
  };
};

/** The operations of Access Analyzer that count findings. */
export const statisticsOperations = [getFindingsStatistics];

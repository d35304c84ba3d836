import type { AccountSnapshot } from './account-snapshot.ts';
import { type CollectionGap, SOURCE_NAMES, type SourceName } from './collected.ts';
import { OPTIONAL_SOURCES } from './snapshot-files.ts';

/** How much of one source could be read. */
export interface SourceCoverage {
  readonly source: SourceName;
  /** `partial`: some calls of the source were answered and some were not; else the worst of what kept it from being read. */
  readonly status: 'read' | 'partial' | CollectionGap['reason'];
  /** One line for people. */
  readonly detail: string;
}

/** How much of the account could be read, source by source. A source that nothing looked at has no row. */
export const coverageOf = (snapshot: AccountSnapshot): readonly SourceCoverage[] =>
  SOURCE_NAMES.flatMap((source): readonly SourceCoverage[] => {
    const read = snapshot.sources.find(({ name }) => name === source);
    const gaps = snapshot.gaps.filter((gap) => gap.source === source);
    if (gaps.length > 0 && !(read !== undefined && gaps.every(isOptional))) {
      return [{ source, status: read === undefined ? worstReason(gaps) : 'partial', detail: gapDetail(gaps) }];
    }
    if (read === undefined) return [];
    const time = `${source === 'credential-report' ? 'issued' : 'read'} at ${read.time}`;
    return [{ source, status: 'read', detail: gaps.length === 0 ? time : `${time}; ${gapDetail(gaps)}` }];
  });

/** Whether something of a source was left aside that not every account is told: the source counts as read. */
const isOptional = ({ source, reason }: CollectionGap): boolean => reason === 'skipped' && OPTIONAL_SOURCES.has(source);

const worstReason = (gaps: readonly CollectionGap[]): CollectionGap['reason'] =>
  (['denied', 'failed', 'skipped'] as const).find((reason) => gaps.some((gap) => gap.reason === reason)) ?? 'failed';

const gapDetail = (gaps: readonly CollectionGap[]): string => {
  const [first = '', ...others] = [...new Set(gaps.map(({ detail }) => detail.replaceAll(/\s+/g, ' ')))];
  return others.length === 0 ? first : `${first}, and ${others.length} more`;
};

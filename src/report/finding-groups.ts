import type { Finding } from '../finding/audit-report.ts';

/** Findings by what a reader does about them. */
export interface FindingGroups {
  /** Wrong now. */
  readonly problems: readonly Finding[];
  /** Neither right nor wrong, for want of data. */
  readonly unjudged: readonly Finding[];
  /** Resolved or suppressed. */
  readonly settled: readonly Finding[];
}

/** Sorts findings into their groups and keeps their order. */
export const groupsOf = (findings: readonly Finding[]): FindingGroups => ({
  problems: findings.filter((finding) => !isSettled(finding) && !isUnjudged(finding)),
  unjudged: findings.filter((finding) => !isSettled(finding) && isUnjudged(finding)),
  settled: findings.filter(isSettled),
});

const isSettled = ({ state }: Finding): boolean => state === 'resolved' || state === 'suppressed';

const isUnjudged = ({ outcome, state }: Finding): boolean => outcome === 'unknown' || state === 'not-evaluated';

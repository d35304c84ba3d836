import type { Instant } from '../kernel/time.ts';
import type { Finding, FindingState } from './audit-report.ts';
import { SEVERITIES } from './check-result.ts';
import type { JudgedScope } from './judged-scope.ts';
import { isJudged } from './judged-scope.ts';

/** What history knows of an account before tonight. */
export interface PastFindings {
  /** The audit that tonight is compared with; null: there is none, and tonight becomes the baseline. */
  readonly baselineRunId: string | null;
  /** The findings of that audit by key, those that it told as resolved left out. */
  readonly open: ReadonlyMap<string, Finding>;
  /** Findings of earlier audits that are among tonight's and were resolved meanwhile, by key, as last seen. */
  readonly closed: ReadonlyMap<string, Finding>;
}

/** What one audit found in one account. */
export interface FoundTonight {
  readonly now: Instant;
  readonly findings: readonly Finding[];
  /** What could be judged: only that can be resolved. */
  readonly scope: JudgedScope;
}

/** The states that ask for attention, since something became worse. */
export const STATES_TO_TELL: ReadonlySet<FindingState> = new Set(['new', 'reopened', 'worsened']);

/**
 * The lives of an account's findings: tonight's with their states, first and last times, and those of the past that are
 * resolved now, or could not be judged. A finding is resolved only where its check could judge its subject.
 */
export const liveFindings = (past: PastFindings, { now, findings, scope }: FoundTonight): readonly Finding[] => {
  const seen = new Set(findings.map(({ key }) => key));
  const gone = [...past.open.values()].filter(({ key, outcome }) => outcome === 'fail' && !seen.has(key));
  return [
    ...findings.map((finding) => lived(finding, past, now)),
    ...gone.map((finding) => ({ ...finding, state: isJudged(finding, scope) ? 'resolved' : 'not-evaluated' }) as const),
  ];
};

const lived = (finding: Finding, past: PastFindings, now: Instant): Finding => {
  const before = past.open.get(finding.key);
  // What is known of it stays what was seen last, until somebody can look again.
  if (finding.outcome === 'unknown' && before?.outcome === 'fail') return { ...before, state: 'not-evaluated' };
  const first = before ?? past.closed.get(finding.key);
  return {
    ...finding,
    state: stateOf(finding, before, past),
    firstSeen: first === undefined || isOther(first, finding) ? now : first.firstSeen,
    lastSeen: now,
  };
};

// That something could not be judged is no sighting of the problem.
const isOther = (before: Finding, finding: Finding): boolean => before.outcome !== finding.outcome;

const stateOf = (finding: Finding, before: Finding | undefined, past: PastFindings): FindingState => {
  if (finding.state === 'suppressed') return 'suppressed';
  if (finding.outcome === 'unknown') return 'not-evaluated';
  if (before?.outcome !== 'fail') return past.closed.get(finding.key)?.outcome === 'fail' ? 'reopened' : 'new';
  if (before.state === 'suppressed') return 'reopened';
  return isWorse(finding, before) ? 'worsened' : 'open';
};

const isWorse = (finding: Finding, before: Finding): boolean =>
  SEVERITIES.indexOf(finding.severity) < SEVERITIES.indexOf(before.severity) ||
  pathLength(finding) < pathLength(before) ||
  (before.conditions !== null && finding.conditions === null);

const pathLength = ({ escalation }: Finding): number => escalation?.steps.length ?? 0;

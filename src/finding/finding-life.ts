import type { Finding, FindingState } from './audit-report.ts';
import { SEVERITIES } from './check-result.ts';
import { isLooser, isWider } from './finding-scope.ts';
import { isJudged, type JudgedScope } from './judged-scope.ts';

/** What history knows of an account before tonight. */
export interface PastFindings {
  /** The audit that tonight is compared with; null: there is none, and tonight becomes the baseline. */
  readonly baselineRunId: string | null;
  /** The findings of that audit by key, those that it told as resolved left out. */
  readonly open: ReadonlyMap<string, Finding>;
  /** Findings of earlier audits that are among tonight's and were resolved meanwhile, by key, as last seen. */
  readonly closed: ReadonlyMap<string, Finding>;
}

/** The states that ask for attention, since something became worse. */
export const STATES_TO_TELL: ReadonlySet<FindingState> = new Set(['new', 'reopened', 'worsened']);

/**
 * The lives of an account's findings: tonight's with their states, first and last times, and those of the past that are
 * resolved now, or could not be judged. A finding is resolved only where its check could judge its subject.
 */
export const liveFindings = (
  past: PastFindings,
  tonight: readonly Finding[],
  scope: JudgedScope,
): readonly Finding[] => {
  const seen = new Set(tonight.map(({ key }) => key));
  const gone = [...past.open.values()].filter(({ key, outcome }) => outcome === 'fail' && !seen.has(key));
  return [
    ...tonight.map((finding) => lived(finding, past)),
    ...gone.map((finding) => unseen(finding, isJudged(finding, tonight, scope) ? 'resolved' : 'not-evaluated')),
  ];
};

/** A finding as it was seen last: what was known of it stays, until somebody can look again. */
const unseen = ({ suppression: _, ...finding }: Finding, state: FindingState): Finding => ({ ...finding, state });

const lived = (finding: Finding, past: PastFindings): Finding => {
  const before = past.open.get(finding.key);
  if (finding.outcome === 'unknown' && before?.outcome === 'fail') return unseen(before, 'not-evaluated');
  const first = before ?? past.closed.get(finding.key);
  const state = stateOf(finding, before, past);
  // Who caused it stays known; who made it worse may be somebody else.
  const by = finding.by ?? (state === 'worsened' ? undefined : before?.by);
  return {
    ...finding,
    state,
    firstSeen: first === undefined || isOther(first, finding) ? finding.firstSeen : first.firstSeen,
    ...(by !== undefined && { by }),
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

/**
 * Whether a finding is worse than it was: its severity rose, its path became shorter, a condition is gone, or it is about more.
 */
export const isWorse = (finding: Finding, before: Finding): boolean =>
  SEVERITIES.indexOf(finding.severity) < SEVERITIES.indexOf(before.severity) ||
  pathLength(finding) < pathLength(before) ||
  isLooser(finding.conditions, before.conditions) ||
  isWider(finding, before);

const pathLength = ({ escalation }: Finding): number => escalation?.steps.length ?? 0;

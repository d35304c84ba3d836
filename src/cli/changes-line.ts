import type { AuditReport, FindingState } from '../finding/audit-report.ts';

const TOLD: readonly FindingState[] = [
  'new',
  'worsened',
  'reopened',
  'open',
  'resolved',
  'not-evaluated',
  'suppressed',
];

// What a line always tells, even where there is none.
const ALWAYS: ReadonlySet<FindingState> = new Set(['new', 'open', 'resolved']);

/** What changed since the last audit, in a line: `3 new, 12 open, 1 resolved since 20260301T023000Z`. */
export const changesLine = ({ run, findings }: AuditReport): string => {
  if (run.baselineRunId === null)
    return 'A baseline: the first audit that is remembered; what changes is told from the next on';
  const judged = findings.filter(({ outcome }) => outcome === 'fail');
  const counts = TOLD.map((state) => ({ state, count: judged.filter((finding) => finding.state === state).length }));
  const told = counts.filter(({ state, count }) => count > 0 || ALWAYS.has(state));
  return `${told.map(({ state, count }) => `${count} ${state.replace('-', ' ')}`).join(', ')} since ${run.baselineRunId}`;
};

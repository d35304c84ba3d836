import type { Finding, FindingState } from '../../finding/audit-report.ts';

const OPEN: ReadonlySet<FindingState> = new Set(['new', 'worsened', 'reopened', 'open']);

/** Whether a finding says that something is wrong now, and nobody has accepted it. */
export const isOpen = ({ state, outcome }: Finding): boolean => outcome === 'fail' && OPEN.has(state);

/** Whether a finding says that something could not be judged, now or again. */
export const isUnknown = ({ state, outcome }: Finding): boolean =>
  state === 'not-evaluated' || (outcome === 'unknown' && OPEN.has(state));

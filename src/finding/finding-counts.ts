import type { Finding, FindingState } from './audit-report.ts';
import type { Severity } from './check-result.ts';

/** How many findings there are by severity and state; what is absent is none. */
export type FindingCounts = Readonly<Partial<Record<Severity, Readonly<Partial<Record<FindingState, number>>>>>>;

/** Counts findings by severity and state. */
export const countFindings = (findings: readonly Pick<Finding, 'severity' | 'state'>[]): FindingCounts => {
  const counts: Partial<Record<Severity, Partial<Record<FindingState, number>>>> = {};
  for (const { severity, state } of findings) {
    const states = counts[severity] ?? {};
    states[state] = (states[state] ?? 0) + 1;
    counts[severity] = states;
  }
  return counts;
};

/** How many findings are in one of the states. */
export const countedIn = (counts: FindingCounts, states: readonly FindingState[]): number =>
  Object.values(counts).reduce((sum, of) => states.reduce((all, state) => all + (of[state] ?? 0), sum), 0);

import { describe, expect, it } from 'vitest';
import type { AuditReport, Finding } from '../finding/audit-report.ts';
import { groupsOf } from './finding-groups.ts';
import { exampleReport, findingOf } from './testing/example-report.ts';
import { verdictOf } from './verdict.ts';

const verdict = (findings: readonly Finding[], differing: Partial<AuditReport> = {}): string =>
  verdictOf({ ...exampleReport, findings, ...differing }, groupsOf(findings));
const found = (state: Finding['state'], severity: Finding['severity']): Finding => findingOf({ state, severity });

describe('the verdict', () => {
  it('counts the problems from the worst, and says what became of them', () => {
    const findings = [
      found('new', 'high'),
      found('reopened', 'high'),
      found('worsened', 'low'),
      found('resolved', 'low'),
    ];
    expect(verdict(findings)).toBe(
      'There are 3 problems: 2 high and 1 low. Since the audit before: 2 new, 1 worse and 1 resolved.',
    );
  });

  it('says that nothing changed, and that there is nothing to compare with', () => {
    expect(verdict([found('open', 'medium')])).toBe(
      'There is 1 problem: 1 medium. Nothing changed since the audit before.',
    );
    expect(verdict([], { run: { ...exampleReport.run, baselineRunId: null } })).toBe(
      'No check found a problem. There is no audit before it to compare with.',
    );
  });

  it('says what could not be judged, and calls nothing in order for it', () => {
    expect(verdict([findingOf({ outcome: 'unknown', state: 'not-evaluated' })])).toBe(
      'No problem was found in what could be judged. Nothing changed since the audit before. Not everything could be read: 1 thing could not be judged.',
    );
  });
});

import { describe, expect, it } from 'vitest';
import { at } from '../snapshot/testing/collected-builder.ts';
import { snapshot } from '../snapshot/testing/snapshot-builder.ts';
import type { ComplianceFramework, Control } from './compliance-framework.ts';
import { defineCheck } from './define-check.ts';
import { evaluateControls } from './evaluate-controls.ts';
import { runChecks } from './run-checks.ts';
import { DEFAULT_CHECK_SETTINGS } from './testing/default-settings.ts';
import { watchedTools } from './testing/watched-tools.ts';

/** A check that says `outcomes` of as many subjects, or breaks where it has none to say. */
const checkSaying = (id: string, outcomes: readonly ('fail' | 'pass' | 'unknown')[] | 'breaks') =>
  defineCheck({
    id,
    title: id,
    category: 'account',
    severity: 'low',
    resourceType: 'User',
    reads: ['users'],
    doc: { what: 'What.', risk: 'Risk.', remediation: ['Mend.'], references: [] },
    frameworks: [],
    defaults: {},
    *run() {
      if (outcomes === 'breaks') throw new Error('broken');
      for (const [index, outcome] of outcomes.entries()) {
        const subject = { arn: `arn:aws:iam::123456789012:user/${index}` };
        yield outcome === 'unknown'
          ? {
              subject,
              outcome,
              gap: { source: 'access-keys', action: 'x', reason: 'denied', detail: 'x', subject: subject.arn },
            }
          : { subject, outcome, evidence: {} };
      }
    },
    summary: () => 'It fails.',
  });

const checks = [
  checkSaying('fails', ['pass', 'fail', 'fail']),
  checkSaying('passes', ['pass']),
  checkSaying('silent', []),
  checkSaying('unknown', ['pass', 'unknown']),
  checkSaying('broken', 'breaks'),
];

const statusOf = (assessment: Control['assessment'], ids: readonly string[], disabled: readonly string[] = []) => {
  const account = snapshot();
  const settings = { ...DEFAULT_CHECK_SETTINGS, disabled: new Set(disabled) };
  const [first] = checks;
  if (first === undefined) throw new Error('no check');
  const tools = watchedTools(account, '2026-01-01T00:00:00Z', first, undefined);
  const run = runChecks(checks, account, { settings, tools: { ...tools, now: at('2026-01-01T00:00:00Z') } });
  const ran = new Set(checks.map(({ id }) => id).filter((id) => !disabled.includes(id)));
  const framework: ComplianceFramework = {
    id: 'some-1.0',
    title: 'Some',
    scope: 'all',
    reference: 'https://example.com/',
    controls: [{ id: '1.10', title: 'Ten', assessment, checks: ids }],
  };
  return evaluateControls([framework], { accountId: account.accountId, ran, ...run })[0];
};

describe('a control that the framework assesses by machine', () => {
  it('fails where any of its checks does, and counts the results of all', () => {
    expect(statusOf('automated', ['passes', 'fails', 'unknown'])).toEqual({
      accountId: '123456789012',
      framework: 'some-1.0',
      control: '1.10',
      title: 'Ten',
      assessment: 'automated',
      status: 'fail',
      failed: 2,
      passed: 3,
      unknown: 1,
      checks: ['passes', 'fails', 'unknown'],
    });
  });

  it('passes where all of its checks do, also those that had nothing to judge', () => {
    expect(statusOf('automated', ['passes', 'silent'])?.status).toBe('pass');
  });

  it('is unknown where a check could not judge something, or broke', () => {
    expect(statusOf('automated', ['passes', 'unknown'])?.status).toBe('unknown');
    expect(statusOf('automated', ['passes', 'broken'])).toMatchObject({ status: 'unknown', unknown: 1 });
  });

  it('is not evaluated without checks, nor with one of them disabled', () => {
    expect(statusOf('automated', [])?.status).toBe('not-evaluated');
    expect(statusOf('automated', ['passes', 'silent'], ['silent'])?.status).toBe('not-evaluated');
  });

  it('fails although a check is disabled, where another one says so', () => {
    expect(statusOf('automated', ['passes', 'fails'], ['passes'])?.status).toBe('fail');
  });
});

describe('a control that the framework has assessed by people', () => {
  it('stays with them where no check finds anything wrong', () => {
    expect(statusOf('manual', [])?.status).toBe('manual');
    expect(statusOf('manual', ['passes'])?.status).toBe('manual');
  });

  it('fails where a check shows that it does', () => {
    expect(statusOf('manual', ['fails'])?.status).toBe('fail');
  });
});

import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { exampleAssets } from '../testing/example-assets.ts';
import { exampleReport, findingOf, reportOfFindings } from '../testing/example-report.ts';
import { findingsSarif } from './sarif.ts';

const sarif = z.object({
  runs: z.array(
    z.object({
      results: z.array(
        z.object({
          kind: z.string(),
          level: z.string(),
          message: z.object({ text: z.string() }),
          locations: z.array(
            z.object({ physicalLocation: z.object({ artifactLocation: z.object({ uri: z.string() }) }) }),
          ),
          baselineState: z.string().optional(),
        }),
      ),
      automationDetails: z.object({ id: z.string() }),
      invocations: z.array(
        z.object({ toolExecutionNotifications: z.array(z.object({ message: z.object({ text: z.string() }) })) }),
      ),
    }),
  ),
});

const runOf = (report = exampleReport, limits?: { readonly results: number; readonly gzipBytes: number }) => {
  const [run] = sarif.parse(JSON.parse(findingsSarif(report, exampleAssets, limits))).runs;
  if (run === undefined) throw new Error('no run');
  const notes = run.invocations.flatMap(({ toolExecutionNotifications }) =>
    toolExecutionNotifications.map(({ message }) => message.text),
  );
  return { ...run, notes };
};

describe('findings.sarif', () => {
  it('leaves out the least bad of more results than GitHub takes, and says how many', () => {
    const { results, notes } = runOf(reportOfFindings(12), { results: 5, gzipBytes: 10_000_000 });
    expect(results).toHaveLength(5);
    expect(results.map(({ level }) => level)).toEqual(['error', 'error', 'error', 'error', 'error']);
    expect(notes).toContain('7 results left out: more than GitHub takes; findings.json has all');
  });

  it('leaves out results until the compressed file is as small as GitHub wants it', () => {
    const whole = runOf(reportOfFindings(400));
    const { results, notes } = runOf(reportOfFindings(400), { results: 25_000, gzipBytes: 9000 });
    expect(results.length).toBeLessThan(whole.results.length);
    expect(results.length).toBeGreaterThan(50);
    expect(notes[0]).toContain(`${400 - results.length} results left out`);
  });

  it('tells what could not be judged as open, without a level', () => {
    const unknown = findingOf({ outcome: 'unknown', severity: 'high' });
    expect(runOf({ ...exampleReport, findings: [unknown] }).results).toMatchObject([{ kind: 'open', level: 'none' }]);
  });

  it('says how results stand to the audit before, where there is one', () => {
    const findings = [findingOf({ state: 'worsened' })];
    expect(runOf({ ...exampleReport, findings }).results[0]?.baselineState).toBe('updated');
    const first = { ...exampleReport, findings, run: { ...exampleReport.run, baselineRunId: null } };
    expect(runOf(first).results[0]?.baselineState).toBeUndefined();
  });

  it.each([
    ['arn:aws:iam::123456789012:user/team/alice', 'aws/123456789012/iam/user/team/alice'],
    ['arn:aws:sqs:eu-central-1:123456789012:orders', 'aws/123456789012/sqs/eu-central-1/orders'],
    ['arn:aws:iam::123456789012:user/../../etc/x y', 'aws/123456789012/iam/user/_../_../etc/x%20y'],
    ['arn:aws:iam::123456789012:user/\uD800', 'aws/123456789012/iam/user/%E2%9F%A8U%2BD800%E2%9F%A9'],
  ])('places %s at %s', (arn, uri) => {
    const subject = { arn, type: 'User' as const, id: 'AIDA', part: null };
    const [result] = runOf({ ...exampleReport, findings: [findingOf({ subject })] }).results;
    expect(result?.locations[0]?.physicalLocation.artifactLocation.uri).toBe(uri);
  });

  it('makes no link of a name', () => {
    const summary = 'User [click](https://evil.example) has no MFA device.';
    const [result] = runOf({ ...exampleReport, findings: [findingOf({ summary })] }).results;
    expect(result?.message.text).toBe('User [click] (https://evil.example) has no MFA device.');
  });

  it('has a category of its own an account, that an upload replaces the alerts of no other', () => {
    expect(runOf().automationDetails.id).toBe('vigil/123456789012/');
    const [account] = exampleReport.accounts;
    const two = account === undefined ? [] : [account, { ...account, accountId: '210987654321' }];
    expect(runOf({ ...exampleReport, accounts: two }).automationDetails.id).toBe('vigil/');
  });
});

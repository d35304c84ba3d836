import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../kernel/json.ts';
import { findingsJson } from './findings-json.ts';
import { exampleReport, findingOf } from './testing/example-report.ts';

const written = (report = exampleReport) => JSON.parse(findingsJson(report)) as typeof exampleReport;

describe('findings.json', () => {
  it('begins with its schema version and ends with a newline', () => {
    const text = findingsJson(exampleReport);
    expect(text.startsWith('{\n  "schemaVersion": "1.0",\n  "run": {\n    "id": "20260302T023000Z",\n')).toBe(true);
    expect(text.endsWith('\n}\n')).toBe(true);
  });

  it('has the members of the documented format in their order', () => {
    const report = written();
    expect(Object.keys(report)).toEqual(['schemaVersion', 'run', 'accounts', 'principals', 'findings']);
    expect(Object.keys(report.run)).toEqual([
      'id',
      'startedAt',
      'finishedAt',
      'vigilVersion',
      'referenceDate',
      'baselineRunId',
    ]);
    const finding = report.findings.find(({ escalation }) => escalation !== undefined);
    expect(Object.keys(finding ?? {})).toEqual([
      'key',
      'checkId',
      'category',
      'severity',
      'outcome',
      'state',
      'accountId',
      'subject',
      'title',
      'summary',
      'evidence',
      'conditions',
      'remediation',
      'frameworks',
      'firstSeen',
      'lastSeen',
      'escalation',
      'confidence',
    ]);
    expect(Object.keys(finding?.subject ?? {})).toEqual(['arn', 'type', 'id', 'part']);
  });

  it('gives escalation and external to findings of their category alone', () => {
    for (const { category, escalation, external } of written().findings) {
      expect(escalation !== undefined).toBe(category === 'escalation');
      expect(external !== undefined).toBe(category === 'external');
    }
  });

  it('names who made the change behind a finding, and nobody where that is not known', () => {
    const bob = {
      request: 'iam:AttachUserPolicy',
      arn: 'arn:aws:iam::123456789012:user/bob',
      sourceIp: null,
      at: exampleReport.run.startedAt,
    };
    const [known, unknown] = JSON.parse(
      findingsJson({ ...exampleReport, findings: [findingOf({ by: [bob] }), findingOf({ checkId: 'z' })] }),
    ).findings;
    expect(JSON.stringify(known.by)).toBe(
      `[{"arn":"${bob.arn}","at":"${bob.at}","request":"iam:AttachUserPolicy","sourceIp":null}]`,
    );
    expect(unknown).not.toHaveProperty('by');
  });

  it('lists findings from the worst, then by check and subject', () => {
    expect(written().findings.map(({ severity }) => severity)).toEqual([
      'critical',
      'critical',
      'high',
      'high',
      'medium',
      'medium',
      'medium',
      'low',
      'low',
      'low',
      'low',
    ]);
  });

  it('holds what the report holds', () => {
    const report = { ...exampleReport, findings: exampleReport.findings.slice(0, 1) };
    expect(written(report).findings).toMatchObject(report.findings);
  });

  it('keeps a key `__proto__` of the evidence as data', () => {
    const evidence = JSON.parse('{"__proto__": {"polluted": true}}') as Record<string, JsonValue>;
    const text = findingsJson({ ...exampleReport, findings: [findingOf({ evidence })] });
    expect(text).toContain('"__proto__": {\n          "polluted": true');
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it('survives evidence that is nested a hundred thousand levels deep', () => {
    let deep: JsonValue = 'bottom';
    for (let level = 0; level < 100_000; level += 1) deep = [deep];
    const text = findingsJson({ ...exampleReport, findings: [findingOf({ evidence: { deep } })] });
    expect(text).toContain('[nested too deep to show]');
  });
});

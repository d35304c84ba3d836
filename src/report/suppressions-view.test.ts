import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import type { AuditReport, Finding } from '../finding/audit-report.ts';
import type { SuppressionRule, SuppressionStatus } from '../finding/suppression.ts';
import { at } from '../snapshot/testing/collected-builder.ts';
import { findingAnchor } from './finding-anchor.ts';
import { findingsJson } from './findings-json.ts';
import { htmlReport } from './html-report.ts';
import { toReportTemplates } from './report-templates.ts';
import { reportView } from './report-view.ts';
import { suppressionsTable } from './suppressions-csv.ts';
import { suppressionsView } from './suppressions-view.ts';
import { csvOf } from './testing/csv-of.ts';
import { exampleReport, exampleTexts, findingOf } from './testing/example-report.ts';

const HOSTILE = '=1+1<img src=x onerror=alert(1)>\u202E';
const rule: SuppressionRule = {
  file: 's.yaml',
  line: 7,
  check: 'user-access-key-not-rotated',
  principal: 'alice',
  resource: null,
  account: null,
  part: null,
  glob: false,
  reason: 'accepted-risk',
  justification: HOSTILE,
  owner: 'ann',
  approver: 'bob',
  ticket: 'SEC-1',
  created: at('2026-02-01'),
  expires: at('2026-04-01'),
  pin: null,
};
const suppressed: Finding = findingOf({ state: 'suppressed', suppression: rule, owner: HOSTILE });
const open: Finding = findingOf({ key: 'open', owner: null });

const status = (parts: Partial<SuppressionStatus> = {}): SuppressionStatus => ({
  rule,
  matches: [{ key: suppressed.key, verdict: 'suppressed' }],
  daysLeft: 30,
  notice: null,
  ...parts,
});
const reportOf = (...suppressions: readonly SuppressionStatus[]): AuditReport => ({
  ...exampleReport,
  findings: [suppressed, open],
  suppressions,
});
const rowOf = (parts: Partial<SuppressionStatus>) => suppressionsView(reportOf(status(parts)))?.rows[0];

describe('the register of suppressions', () => {
  it('is left out where there is none', () => {
    expect(suppressionsView(exampleReport)).toBeNull();
    expect(suppressionsView(reportOf())).toBeNull();
  });

  it('counts the findings, and links to each with what keeps it from being suppressed', () => {
    const view = suppressionsView(
      reportOf(status({ matches: [...status().matches, { key: 'open', verdict: 'evidence-changed' }] })),
    );
    expect(view?.count).toBe('1 finding by 1 entry');
    expect(view?.rows[0]?.findings.map(({ href, openSince }) => [href, openSince])).toEqual([
      [`#${findingAnchor(suppressed.key)}`, null],
      [`#${findingAnchor('open')}`, 'its evidence has changed'],
    ]);
    expect(view?.warnings).toHaveLength(1);
  });

  it.each<[string, Partial<SuppressionStatus>, boolean]>([
    ['Holds', {}, true],
    ['Matches nothing', { matches: [] }, false],
    ['Does not hold', { matches: [{ key: 'open', verdict: 'expired' }] }, false],
    ['Holds in part', { matches: [...status().matches, { key: 'open', verdict: 'too-long' }] }, true],
  ])('says of an entry: %s', (label, parts, holds) => {
    expect([rowOf(parts)?.statusLabel, rowOf(parts)?.holds]).toEqual([label, holds]);
  });

  it('shows few findings of an entry, and says how many more there are', () => {
    const matches = Array.from({ length: 1012 }, (_, at_) => ({ key: `k${at_}`, verdict: 'suppressed' }) as const);
    expect([rowOf({ matches })?.findings.length, rowOf({ matches })?.moreFindings]).toEqual([10, '1,002']);
  });
});

describe('the page of a report with suppressions', () => {
  const templates = toReportTemplates((path) => readFileSync(`templates/${path}`, 'utf8'));
  const page = htmlReport(reportView(reportOf(status()), exampleTexts), templates);

  it('says what was accepted, by whom and until when, as text', () => {
    expect(page).toContain('<section id="suppressions"');
    expect(page).toContain('<dt>Approved by</dt><dd>bob</dd>');
    expect(page).toContain('<dt>Until</dt><dd>1 Apr 2026</dd>');
    expect(page).not.toContain('<img');
    expect(page).not.toContain('\u202E');
  });

  it('filters by owner, with a choice that is spelled as its findings are', () => {
    const [, owner] = /data-owner="([^"]*)"/.exec(page) ?? [];
    expect(owner).toContain('⟨U+202E⟩');
    expect(page).toContain(`<option value="${owner}">`);
    expect(page.match(/data-owner=/g)).toHaveLength(1);
  });
});

it('is told in findings.json beside the findings, of which those suppressed say by what', () => {
  const written = JSON.parse(findingsJson(reportOf(status({ daysLeft: 6, notice: 7 })))) as AuditReport;
  expect(written.findings.map(({ state, owner }) => [state, owner])).toContainEqual(['suppressed', HOSTILE]);
  expect(written.findings.map(({ suppression }) => suppression?.line)).toContain(7);
  expect(written.findings.map(({ owner }) => owner)).toContain(null);
  expect(written.suppressions).toMatchObject([{ file: 's.yaml', line: 7, daysLeft: 6, notice: 7 }]);
  const resolved = findingsJson({ ...exampleReport, findings: [{ ...suppressed, state: 'resolved' }] });
  expect(resolved).not.toContain('"suppression"');
});

it('is a row a finding in suppressions.csv, formulas defused', () => {
  const rows = parse(csvOf(suppressionsTable, reportOf(status(), status({ matches: [] }))), { columns: true });
  expect(rows).toMatchObject([
    { status: 'suppressed', justification: `'${HOSTILE}`, finding_key: suppressed.key, expires: '2026-04-01' },
    { status: 'matches-nothing', finding_key: '', principal: 'alice', created: '2026-02-01' },
  ]);
  expect(csvOf(suppressionsTable, reportOf()).trimEnd()).toBe(
    'status,severity,summary,reason,justification,owner,approver,ticket,created,expires,days_left,check_id,principal,' +
      'resource,account_id,part,glob,pin,file,line,subject_arn,finding_key,run_id',
  );
});

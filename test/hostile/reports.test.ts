import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it } from 'vitest';
import { accountToDocuments } from '../../src/account/account-documents.ts';
import { accountAt } from '../../src/account/cloud-state.ts';
import { callBy, cloudOfFiles, NOW } from '../../src/account/testing/cloud-of-file.ts';
import { allChecks } from '../../src/analyze/registry.ts';
import { DEFAULT_CHECK_SETTINGS } from '../../src/analyze/testing/default-settings.ts';
import { type AuditOutcome, runAudit } from '../../src/audit/run-audit.ts';
import { auditSummary } from '../../src/cli/audit-summary.ts';
import { complianceFrameworks } from '../../src/cli/compliance-frameworks.ts';
import { packageFile } from '../../src/cli/package-files.ts';
import { renderInWording } from '../../src/cli/render-outcome.ts';
import { vigilsWording } from '../../src/cli/report-wording.ts';
import { organizationReport } from '../../src/finding/organization-night.ts';
import { parseAccountSummary } from '../../src/finding/stored-account-summary.ts';
import { summarizeAccount } from '../../src/finding/summarize-account.ts';
import { loadServiceReference } from '../../src/reference/service-reference.ts';
import { toOrganizationTemplates } from '../../src/report/organization-page.ts';
import { renderOrganizationReports } from '../../src/report/render-organization-reports.ts';
import { REPORT_FORMATS } from '../../src/report/report-format.ts';
import type { SnapshotDocuments } from '../../src/snapshot/snapshot-documents.ts';
import { HOSTILE_SSO_ROLE, PAYLOADS, poisoned, withHostilePolicies } from './poison.ts';

const audited = async (documents: SnapshotDocuments): Promise<AuditOutcome> => {
  const outcome = await runAudit({
    sources: [{ collect: () => Promise.resolve({ ok: true, value: { documents, apiCalls: new Map() } }) }],
    clock: null,
    reference: loadServiceReference,
    checkSettings: DEFAULT_CHECK_SETTINGS,
    frameworks: complianceFrameworks(),
    vigilVersion: '0.0.0',
    progress: { phase: () => {}, step: () => {} },
  });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
  return outcome.value;
};

let plain: AuditOutcome;
let hostile: AuditOutcome;
let worse: AuditOutcome;
let files: ReadonlyMap<string, string | null>;

beforeAll(async () => {
  const text = readFileSync('config/demo-account.yaml', 'utf8');
  const documents = accountToDocuments(accountAt(cloudOfFiles(text), callBy('nobody').account), NOW);
  plain = await audited(documents);
  hostile = await audited(poisoned(documents));
  worse = await audited(withHostilePolicies(poisoned(documents)));
  files = await renderInWording({
    outcome: worse,
    formats: REPORT_FORMATS,
    checkSettings: DEFAULT_CHECK_SETTINGS,
    wording: vigilsWording(),
  });
}, 180_000);

/** How often each check failed, and how often it could not judge. */
const counts = ({ report }: AuditOutcome): Readonly<Record<string, number>> => {
  const byCheck: Record<string, number> = {};
  for (const { checkId, outcome } of report.findings) {
    byCheck[`${checkId} ${outcome}`] = (byCheck[`${checkId} ${outcome}`] ?? 0) + 1;
  }
  return byCheck;
};

describe('an account whose names, tags and statement ids are hostile', () => {
  it('is judged as the account of plain names, by every check', () => {
    expect(hostile.diagnostics).toEqual([]);
    expect(counts(hostile)).toEqual(counts(plain));
    expect(hostile.report.accounts.map(({ complete }) => complete)).toEqual([true]);
    const failed = new Set(hostile.report.findings.map(({ checkId }) => checkId));
    expect(failed.size).toBeGreaterThan(allChecks.length / 2);
    const told = hostile.report.findings.map(({ subject }) => subject.arn).join('\n');
    for (const payload of PAYLOADS) expect(told).toContain(payload);
  });

  it('is judged where its policies are hostile throughout', () => {
    expect(worse.diagnostics).toEqual([]);
    expect(worse.report.findings.length).toBeGreaterThan(hostile.report.findings.length + PAYLOADS.length);
  });

  it('names people of hostile names behind a role, each of them', () => {
    const [found] = worse.report.findings.filter(({ subject }) => subject.arn.endsWith(HOSTILE_SSO_ROLE));
    expect(found?.people?.groups).toHaveLength(PAYLOADS.length);
    const names = found?.people?.users.join('\n') ?? '';
    for (const payload of PAYLOADS) expect(names).toContain(payload);
    expect(worse.report.findings.map(({ checkId }) => checkId)).toContain('permission-set-can-become-administrator');
  });

  it('leaves no object changed for others', () => {
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it('is text in the page, with what cannot be seen spelled out', () => {
    const page = files.get('report.html') ?? '';
    expect(page).not.toMatch(/<img|<svg on|<script>alert|<\/script><script>/);
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page).not.toMatch(INVISIBLE);
    expect(page).toContain('&lt;img src');
    expect(page).toContain('⟨U+202E⟩');
    expect(page).toContain('{{constructor.constructor');
  });

  it('is data in JSON', () => {
    const text = files.get('findings.json') ?? '';
    const report: unknown = JSON.parse(text);
    expect(report).toMatchObject({ findings: expect.any(Array) });
    expect(text).not.toMatch(/(?!\n)\p{Cc}/u);
  });

  it.each([
    'findings.csv',
    'principals.csv',
    'accounts.csv',
    'coverage.csv',
    'controls.csv',
    'credential-report.csv',
    'escalation-cuts.csv',
  ])('is no formula in %s, and breaks no row', (name) => {
    const rows: string[][] = parse(files.get(name) ?? '');
    expect(rows.length).toBeGreaterThan(1);
    expect(new Set(rows.map((row) => row.length)).size).toBe(1);
    for (const cell of rows.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]./);
  });

  it('is text and data in the report about its organization too', () => {
    const summary = parseAccountSummary(JSON.stringify(summarizeAccount(worse.report, worse.controls)));
    if (!summary.ok) throw new Error(summary.error);
    const { startedAt, finishedAt } = worse.report.run;
    const night = {
      id: 'night',
      group: PAYLOADS[0] ?? '',
      startedAt,
      finishedAt,
      deadline: null,
      deadlinePassed: false,
    };
    const templates = toOrganizationTemplates(vigilsWording().templates, (file) => packageFile(`templates/${file}`));
    const reports = renderOrganizationReports(
      organizationReport({ night, vigilVersion: '0.0.0', expected: [], accounts: [summary.value] }),
      { templates, frameworks: complianceFrameworks() },
      REPORT_FORMATS,
    );
    const page = reports.get('organization.html') ?? '';
    expect(page).not.toMatch(/<img|<svg on|<script>alert|<\/script><script>/);
    expect(page).not.toMatch(INVISIBLE);
    expect(page).toContain('&lt;');
    for (const name of ['organization-accounts.csv', 'organization-paths.csv']) {
      const rows: string[][] = parse(reports.get(name) ?? '');
      expect(rows.length).toBeGreaterThan(1);
      for (const cell of rows.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]./);
    }
    expect(JSON.parse(reports.get('organization.json') ?? '')).toMatchObject({ accounts: [summary.value] });
  });

  it('takes over no terminal', () => {
    const lines = auditSummary({ report: worse.report, apiCalls: new Map(), files: [] }, (_, text) => text);
    for (const line of lines) expect(line).not.toMatch(INVISIBLE);
    expect(lines.join('\n').length).toBeGreaterThan(100);
  });
});

/** What a terminal obeys, and what turns text around. */
const INVISIBLE = /(?!\n)[\p{Cc}\p{Cf}]/u;

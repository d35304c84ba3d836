import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { AuditReport } from '../../src/finding/audit-report.ts';
import { renderReports } from '../../src/report/render-reports.ts';
import { REPORT_FORMATS } from '../../src/report/report-format.ts';
import { toReportTemplates } from '../../src/report/report-templates.ts';
import { exampleReport, exampleTexts } from '../../src/report/testing/example-report.ts';

const here = dirname(fileURLToPath(import.meta.url));
const golden = join(here, 'example');
const templates = toReportTemplates((path) => readFileSync(join(here, '../../templates', path), 'utf8'));

const render = (report: AuditReport): ReadonlyMap<string, string> =>
  renderReports(report, { templates, texts: exampleTexts }, REPORT_FORMATS);

/** The page without its style and script, which are reviewed where they are written, and the hashes of both. */
const reviewed = (name: string, text: string): string =>
  name !== 'report.html'
    ? text
    : text
        .replace(/<style>.*?<\/style>/s, '<style></style>')
        .replace(/<script>.*?<\/script>/s, '<script></script>')
        .replaceAll(/sha256-[A-Za-z0-9+/]+(&#x3D;)*/g, 'sha256-');

const files = render(exampleReport);

if (process.env['UPDATE_GOLDEN'] === '1') {
  mkdirSync(golden, { recursive: true });
  for (const [name, text] of files) writeFileSync(join(golden, name), reviewed(name, text));
}

describe('the reports of the example', () => {
  it('are as many as were reviewed', () => {
    expect(readdirSync(golden).sort()).toEqual([...files.keys()].sort());
  });

  it.each([...files])('%s is as it was reviewed (UPDATE_GOLDEN=1 writes it anew)', (name, text) => {
    expect(reviewed(name, text)).toBe(readFileSync(join(golden, name), 'utf8'));
  });

  it('are the same bytes in a second run', () => {
    expect(render(exampleReport)).toEqual(files);
  });

  it('are the same bytes in whatever order the audit lists accounts, principals and findings', () => {
    const shuffled: AuditReport = {
      ...exampleReport,
      accounts: exampleReport.accounts.map((account) => ({ ...account, coverage: account.coverage.toReversed() })),
      principals: exampleReport.principals.toReversed(),
      findings: exampleReport.findings.toReversed(),
    };
    expect(render(shuffled)).toEqual(files);
  });

  it('leave the report as it was', () => {
    const before = structuredClone(exampleReport);
    render(exampleReport);
    expect(exampleReport).toEqual(before);
  });
});

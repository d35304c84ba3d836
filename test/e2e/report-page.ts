import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { AuditReport } from '../../src/finding/audit-report.ts';
import { renderReports } from '../../src/report/render-reports.ts';
import { toReportTemplates } from '../../src/report/report-templates.ts';
import { exampleTexts } from '../../src/report/testing/example-report.ts';

const templatesFolder = fileURLToPath(new URL('../../templates/', import.meta.url));

/** The templates as they are shipped. */
const templates = toReportTemplates((path) => readFileSync(join(templatesFolder, path), 'utf8'));

/** The text of a report's page. */
const pageText = (report: AuditReport): string =>
  renderReports(report, { templates, texts: exampleTexts }, ['html']).get('report.html') ?? '';

/** A report opened in the browser, and what the browser has to complain about. */
export interface OpenReport {
  readonly page: Page;
  /** Console messages, exceptions, dialogs and requests other than the page itself. */
  readonly complaints: readonly string[];
}

/** Writes reports to a folder of its own and opens them; `close` removes the folder. */
export const makeReportOpener = (browser: Browser) => {
  const folder = mkdtempSync(join(tmpdir(), 'vigil-html-'));
  let files = 0;

  const open = async (report: AuditReport, fragment = '', options: BrowserContextOptions = {}): Promise<OpenReport> => {
    files += 1;
    const file = join(folder, `report-${files}.html`);
    writeFileSync(file, pageText(report));
    const url = pathToFileURL(file).href;
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(`console ${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`));
    page.on('dialog', (dialog) => {
      complaints.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => {
      if (request.url().split('#')[0] !== url) complaints.push(`request: ${request.url()}`);
    });
    await page.goto(`${url}${fragment}`);
    return { page, complaints };
  };

  return { open, close: () => rmSync(folder, { recursive: true }) };
};

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
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

/**
 * Writes reports to a folder of its own and opens them, all in one tab, since a tab costs more than a test: what was
 * opened before is gone. `close` removes the folder.
 */
export const makeReportOpener = async (browser: Browser) => {
  const folder = mkdtempSync(join(tmpdir(), 'vigil-html-'));
  const files = new Map<AuditReport, string>();
  const tab = watchedTab(await browser.newPage());
  let opened = 0;

  const urlOf = (report: AuditReport): string => {
    const file = files.get(report) ?? join(folder, `report-${files.size}.html`);
    if (!files.has(report)) writeFileSync(file, pageText(report));
    files.set(report, file);
    // An address that the tab has not seen: a new fragment alone would not load the page again.
    opened += 1;
    return `${pathToFileURL(file).href}?${opened}`;
  };

  return {
    /** On a light screen, 900 pixels high. */
    open: async (report: AuditReport, fragment = '', { width = 1280 } = {}) => {
      await tab.page.emulateMedia({ media: null, colorScheme: 'light' });
      await tab.page.setViewportSize({ width, height: 900 });
      return tab.open(urlOf(report), fragment);
    },
    /** In a tab of its own, that runs no script. */
    openWithoutScript: async (report: AuditReport): Promise<OpenReport> => {
      const plain = watchedTab(await browser.newPage({ javaScriptEnabled: false }));
      return plain.open(urlOf(report), '');
    },
    close: () => rmSync(folder, { recursive: true }),
  };
};

/** A tab that keeps what the browser complains about while it shows a page. */
const watchedTab = (page: Page) => {
  let url = '';
  let complaints: string[] = [];
  page.on('console', (message) => complaints.push(`console ${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (request.url().split('#')[0] !== url) complaints.push(`request: ${request.url()}`);
  });
  const open = async (address: string, fragment: string): Promise<OpenReport> => {
    url = address;
    complaints = [];
    await page.goto(`${address}${fragment}`);
    return { page, complaints };
  };
  return { page, open };
};

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { OrganizationReport } from '../../src/finding/organization-night.ts';
import type { FrameworkText } from '../../src/report/organization-controls-view.ts';
import { toOrganizationTemplates } from '../../src/report/organization-page.ts';
import { renderOrganizationReports } from '../../src/report/render-organization-reports.ts';
import { toReportTemplates } from '../../src/report/report-templates.ts';
import { exampleFrameworks, exampleOrganization } from '../../src/report/testing/example-organization.ts';
import { generatedFrameworks, generatedOrganization } from '../../src/report/testing/generated-organization.ts';
import { launchChromium } from './chromium.ts';

const textOf = (path: string): string => readFileSync(`templates/${path}`, 'utf8');
const templates = toOrganizationTemplates(toReportTemplates(textOf), textOf);

let browser: Browser;
let directory: string;
const urlOf = (name: string): string => pathToFileURL(join(directory, name)).href;
const write = (name: string, report: OrganizationReport, frameworks: readonly FrameworkText[]): void => {
  const files = renderOrganizationReports(report, { templates, frameworks }, ['html']);
  writeFileSync(join(directory, name), files.get('organization.html') ?? '');
};
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  browser = await launchChromium();
  directory = mkdtempSync(join(tmpdir(), 'vigil-organization-'));
  write('organization.html', generatedOrganization(1000), generatedFrameworks);
  write('small.html', exampleOrganization, exampleFrameworks);
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('dialog', (dialog) => {
    complaints.push(dialog.message());
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!request.isNavigationRequest()) complaints.push(request.url());
  });
  await page.goto(urlOf('organization.html'));
}, 60_000);

afterAll(async () => {
  await browser?.close();
  rmSync(directory, { recursive: true });
});

const labels = (): Promise<string[]> => page.locator('.estate tbody .name').allTextContents();

it('a page of 1,000 accounts opens within two seconds, tells what is missing first, and asks for nothing', async () => {
  const loaded = await page.evaluate<number>('performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd');
  expect(loaded).toBeLessThan(2000);
  expect(await page.locator('main > section').first().textContent()).toContain('995 of 1,000 accounts audited');
  expect(await page.locator('.banner li').count()).toBe(5);
  expect(await page.locator('.verdict').textContent()).toMatch(/^995 of 1,000 accounts were audited, 5 could not be\./);
  expect(complaints).toEqual([]);
});

it('accounts are found among all 995, and sorted by name and by paths', async () => {
  const search = page.getByLabel('Search accounts');
  await page.waitForFunction('document.querySelector(".estate").parentNode.querySelector(".folded") === null');
  expect(await labels()).toHaveLength(100);
  await search.fill('acme-<script>alert(1)</script>-989');
  await expect.poll(labels).toEqual(['acme-<script>alert(1)</script>-989']);
  expect(await page.locator('.estate tbody a').first().getAttribute('href')).toBe(
    '../20260302T023000Z-100007831891/report.html',
  );
  await search.fill('');
  await expect.poll(labels).toHaveLength(100);
  await page.getByRole('button', { name: 'Account', exact: true }).click();
  await expect.poll(labels).toSatisfy((names: string[]) => names[0] === 'acme-<script>alert(1)</script>-101');
  await page.getByRole('button', { name: 'Into others' }).click();
  await expect
    .poll(() => page.locator('.estate tbody tr td:nth-last-child(2)').allTextContents())
    .toSatisfy((counts: string[]) => counts.slice(0, 10).every((count) => count === '1') && counts[10] === '0');
});

it('a path that many accounts share is one row with those accounts, after those that lead into other accounts', async () => {
  const rows = page.locator('#paths tbody tr');
  expect(await rows.count()).toBe(40);
  expect(await rows.first().locator('td').nth(2).locator('a').count()).toBe(1);
  expect(await rows.nth(10).textContent()).toContain('332 accounts');
  expect(await rows.nth(10).locator('th a').getAttribute('href')).toMatch(
    /^\.\.\/20260302T023000Z-\d{12}\/report\.html#f-[0-9a-f]{12}$/,
  );
});

const SCREENS = [
  { width: 1440, colorScheme: 'light' },
  { width: 390, colorScheme: 'dark' },
] as const;

const show = async ({ width, colorScheme }: (typeof SCREENS)[number]): Promise<void> => {
  await page.setViewportSize({ width, height: 900 });
  await page.emulateMedia({ colorScheme });
  expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
};

it('the pages fit wide and narrow screens, light and dark, without an axe violation', async () => {
  for (const screen of SCREENS) await show(screen);
  await page.goto(urlOf('small.html'));
  await page.evaluate('for (const details of document.querySelectorAll("details")) details.open = true');
  await page.evaluate(axe.source);
  for (const screen of SCREENS) {
    await show(screen);
    const { violations } = await page.evaluate<{ violations: { id: string; nodes: { html: string }[] }[] }>(
      'axe.run(document, { resultTypes: ["violations"] })',
    );
    expect(violations.map(({ id, nodes }) => [screen.width, id, nodes[0]?.html])).toEqual([]);
  }
  expect(complaints).toEqual([]);
}, 30_000);

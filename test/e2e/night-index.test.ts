import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { indexPage, toIndexTemplates } from '../../src/report/index-page.ts';
import { type IndexNight, indexView } from '../../src/report/index-view.ts';
import { launchChromium } from './chromium.ts';

const templates = toIndexTemplates((path) => readFileSync(`templates/${path}`, 'utf8'));
const nights = Array.from({ length: 40 }, (_, index): IndexNight => {
  const day = new Date(Date.UTC(2026, 0, 1 + index, 2, 30)).toISOString().replace('.000', '');
  const account = (accountId: string, alias: string | null) => ({
    accountId,
    alias,
    complete: index % 7 > 0,
    unjudged: index % 3,
    findings: { critical: { open: 3, new: index % 2 }, high: { open: 9 }, low: { open: 20, resolved: index % 4 } },
  });
  return {
    run: { id: day.replaceAll(/[-:]/g, ''), finishedAt: day, baselineRunId: index === 0 ? null : 'before' },
    accounts: [account('111111111111', '<b>evil</b>'), account('222222222222', null)],
    unread: [],
    files: [{ path: 'report.html' }],
  };
});

let browser: Browser;
let directory: string;
beforeAll(async () => {
  browser = await launchChromium();
  directory = mkdtempSync(join(tmpdir(), 'vigil-index-'));
  const unread = [{ directory: '20251231T023000Z', why: 'has no manifest' }];
  writeFileSync(join(directory, 'index.html'), indexPage(indexView(nights, { unread, omitted: 3 }), templates));
});
afterAll(async () => {
  await browser.close();
  rmSync(directory, { recursive: true });
});

it.each([
  [1440, 'light'],
  [1440, 'dark'],
  [390, 'light'],
] as const)(
  'the index at %i pixels, %s, has no axe violation, no complaint and no overflow',
  async (width, colorScheme) => {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('request', (request) => complaints.push(request.url()));
    await page.goto(pathToFileURL(join(directory, 'index.html')).href);
    expect(complaints.slice(1)).toEqual([]);
    expect(await page.locator('.chart rect').count()).toBeGreaterThan(100);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    expect(await page.locator('#nights tbody a').first().getAttribute('href')).toBe('20260209T023000Z/report.html');
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate<{ violations: { id: string; nodes: { html: string }[] }[] }>(
      'axe.run(document, { resultTypes: ["violations"] })',
    );
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
    await page.close();
  },
);

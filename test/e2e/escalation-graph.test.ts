import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { AuditReport, Finding } from '../../src/finding/audit-report.ts';
import { exampleReport, findingOf } from '../../src/report/testing/example-report.ts';
import { launchChromium } from './chromium.ts';
import { makeReportOpener, type OpenReport } from './report-page.ts';

const arnOf = (name: string): string => `arn:aws:iam::123456789012:${name}`;

const path = (names: readonly string[], action: string): Finding => {
  const arns = names.map(arnOf);
  return findingOf({
    key: names.join(' '),
    checkId: 'principal-can-become-administrator',
    category: 'escalation',
    severity: 'critical',
    subject: { arn: arns[0] ?? '', type: 'User', id: arns[0] ?? '', part: null },
    evidence: { cut: { text: 'Remove statement 3 of policy `ci`. Nobody has used what it takes.' } },
    escalation: {
      reaches: 'administrator',
      proof: 'proven',
      steps: arns.slice(1).map((to, index) => ({
        method: 'iam-002',
        from: arns[index] ?? '',
        to,
        preconditions: [`The trust policy of \`${names[index + 1]}\` lets \`lambda.amazonaws.com\` assume it.`],
        requests: [{ action, resource: to, grantedBy: [{ policy: arnOf('policy/ci'), statement: 2 }] }],
      })),
    },
  });
};

const WIDE = [
  'W'.repeat(64),
  '<img src=x onerror=alert(1)>',
  '</svg></title><script>alert(1)</script>',
  '漢字'.repeat(20),
  'm@'.repeat(30),
  'iiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiii',
];

const report: AuditReport = {
  ...exampleReport,
  findings: [
    ...WIDE.map((name, index) => path([`user/${name}`, `role/${name}-2`, 'role/admin'], `iam:${'Wide'.repeat(index)}`)),
    ...Array.from({ length: 214 }, (_, index) =>
      path([`user/u${index}`, 'role/deploy', 'role/admin'], 'sts:AssumeRole'),
    ),
  ],
  escalationCuts: [
    {
      accountId: '123456789012',
      changes: [{ kind: 'remove-statement', policy: arnOf('policy/ci'), statement: 2 }],
      sentences: ['Remove statement 3 of policy `ci`.'],
      closes: Array.from({ length: 214 }, (_, index) => arnOf(`user/u${index}`)),
      usedAccess: { status: 'unused', used: [] },
      verified: 'alone',
    },
  ],
};

let browser: Browser;
let opener: Awaited<ReturnType<typeof makeReportOpener>>;
let opened: OpenReport[] = [];

beforeAll(async () => {
  browser = await launchChromium();
  opener = await makeReportOpener(browser);
}, 60_000);

afterEach(() => {
  const complaints = opened.flatMap((each) => each.complaints);
  opened = [];
  expect(complaints).toEqual([]);
});

afterAll(async () => {
  opener?.close();
  await browser?.close();
});

const open = async (width = 1280): Promise<Page> => {
  const result = await opener.open(report, '', { width });
  opened.push(result);
  return result.page;
};

describe('the graph of escalations', () => {
  it('is a picture with a name and a description, and a list that says the same', async () => {
    const page = await open();
    const picture = page.getByRole('img', { name: /^Who can become administrator/ });
    expect(await picture.isVisible()).toBe(true);
    await page.getByText('The same as a list').click();
    expect(await page.locator('.graph details li').first().textContent()).toContain('u0');
    expect(await page.locator('.graph .node').filter({ hasText: '214 users' }).count()).toBe(1);
  });

  it('keeps every text in its box, however wide its letters', async () => {
    const page = await open();
    const outside = await page.evaluate(`[...document.querySelectorAll('.graph .node')].flatMap((node) => {
      const box = node.querySelector('rect').getBBox();
      return [...node.querySelectorAll('text')]
        .filter((text) => text.getBBox().x + text.getBBox().width > box.x + box.width)
        .map((text) => text.textContent);
    })`);
    expect(outside).toEqual([]);
  });

  it('keeps every label clear of the next column', async () => {
    const page = await open();
    const outside = await page.evaluate(`(() => {
      const boxes = [...document.querySelectorAll('.graph rect')].map((rect) => rect.getBBox());
      return [...document.querySelectorAll('.graph .edge-label')]
        .filter((label) => {
          const { x, y, width, height } = label.getBBox();
          return boxes.some((box) =>
            x < box.x + box.width && box.x < x + width && y < box.y + box.height && box.y < y + height);
        })
        .map((label) => label.textContent);
    })()`);
    expect(outside).toEqual([]);
  });

  it('shows hostile names as text', async () => {
    const page = await open();
    expect(await page.locator('#escalation :is(img, script)').count()).toBe(0);
    expect(await page.locator('.graph details').textContent()).toContain('<img src=x onerror=alert(1)>');
  });

  it('has no axe violation, light or dark, and scrolls in its own frame', async () => {
    const page = await open(390);
    await page.evaluate(axe.source);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const { violations } = await page.evaluate<{ violations: { id: string; nodes: { failureSummary: string }[] }[] }>(
        'axe.run("#escalation", { resultTypes: ["violations"] })',
      );
      expect(violations.flatMap(({ id, nodes }) => nodes.map(({ failureSummary }) => [id, failureSummary]))).toEqual(
        [],
      );
    }
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  });
});

describe('what to cut', () => {
  it('stands in a table, with how many it closes and whether anybody uses it', async () => {
    const page = await open();
    const row = page.locator('.cuts tbody tr').first();
    expect(await row.locator('.number').textContent()).toBe('214');
    expect(await row.textContent()).toContain('Remove statement 3 of policy ci.');
    expect(await row.textContent()).toContain('Not in use');
  });

  it('stands at each finding, once, and with what makes each hop work', async () => {
    const page = await open();
    await page.locator('.finding .toggle').first().click();
    const detail = page.locator('.finding .detail').first();
    const text = (await detail.textContent()) ?? '';
    expect(text.split('Remove statement 3 of policy ci.')).toHaveLength(2);
    expect(text).toContain('lets lambda.amazonaws.com assume it.');
  });
});

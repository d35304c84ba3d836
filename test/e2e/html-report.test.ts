import axe from 'axe-core';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { AuditReport } from '../../src/finding/audit-report.ts';
import {
  exampleReport,
  findingOf,
  reportOfFindings,
  reportOfLongNames,
} from '../../src/report/testing/example-report.ts';
import type { CredentialReportRow } from '../../src/snapshot/account-snapshot.ts';
import { launchChromium } from './chromium.ts';
import { makeReportOpener, type OpenReport } from './report-page.ts';

let browser: Browser;
let opener: Awaited<ReturnType<typeof makeReportOpener>>;
let opened: OpenReport[] = [];

/** Two and a half times as many findings as are shown at first. */
const manyFindings = reportOfFindings(250);

beforeAll(async () => {
  browser = await launchChromium();
  opener = await makeReportOpener(browser);
}, 60_000);

afterEach(async () => {
  const complaints = opened.flatMap((report) => report.complaints);
  opened = [];
  // Whatever a test looked at: no console message, no exception, no policy violation, no request.
  expect(complaints).toEqual([]);
});

afterAll(async () => {
  opener?.close();
  await browser?.close();
});

const open = async (...[report, fragment, options]: Parameters<typeof opener.open>): Promise<Page> => {
  const result = await opener.open(report, fragment, options);
  opened.push(result);
  return result.page;
};

const attributes = (page: Page, selector: string, name: string): Promise<string[]> =>
  page.evaluate(
    `[...document.querySelectorAll('${selector}')].map((element) => element.getAttribute('${name}') ?? '')`,
  );

const hasFocus = async (locator: Locator): Promise<boolean> =>
  (await locator.and(locator.page().locator(':focus')).count()) === 1;

const shownNames = (page: Page): Promise<string[]> => page.locator('.finding:visible .row .name').allTextContents();
const resultText = (page: Page): Promise<string | null> => page.locator('#result').textContent();
const sortState = (page: Page, column: string): Promise<string | null> =>
  page.locator('#problems th', { hasText: column }).first().getAttribute('aria-sort');

describe('filtering', () => {
  it('shows the problems from the worst, with what could not be judged and what is settled apart', async () => {
    const page = await open(exampleReport);
    expect(await page.locator('#problems .finding:visible').count()).toBe(8);
    expect(await page.locator('#problems .row .severity').allTextContents()).toEqual([
      'Critical',
      'Critical',
      'High',
      'Medium',
      'Low',
      'Low',
      'Low',
      'Low',
    ]);
    expect(await page.locator('#unjudged .row .name').allTextContents()).toEqual(['bob']);
    expect(await page.locator('#settled .row .name').allTextContents()).toEqual(['carol', 'dave']);
    expect(await resultText(page)).toBe('11 findings');
  });

  it('narrows by severity, by category and by outcome, says how many are left, and goes back', async () => {
    const page = await open(exampleReport);
    await page.getByRole('checkbox', { name: /^Critical/ }).check();
    expect(await shownNames(page)).toEqual(['deploy-bot', 'root user']);
    expect(await resultText(page)).toBe('2 of 11 findings');
    expect(await page.locator('#problems .count').first().textContent()).toBe('2 of 8 findings');
    await page.getByRole('checkbox', { name: /^High/ }).check();
    expect(await shownNames(page)).toEqual(['deploy-bot', 'root user', 'partner-upload', 'bob']);
    await page.getByLabel('Category', { exact: true }).selectOption('credentials');
    expect(await shownNames(page)).toEqual(['root user', 'bob']);
    await page.getByLabel('Outcome', { exact: true }).selectOption('unknown');
    expect(await shownNames(page)).toEqual(['bob']);
    await page.getByRole('button', { name: 'Clear filters' }).click();
    expect(await resultText(page)).toBe('11 findings');
  });

  it('narrows by state', async () => {
    const page = await open(exampleReport);
    await page.getByLabel('State', { exact: true }).selectOption('suppressed');
    expect(await shownNames(page)).toEqual(['dave']);
  });

  it('offers the account only where there are several', async () => {
    const page = await open(exampleReport);
    expect(await page.getByLabel('Account', { exact: true }).count()).toBe(0);
    const [first] = exampleReport.accounts;
    const [finding] = exampleReport.findings;
    if (first === undefined || finding === undefined) throw new Error('the example has an account and findings');
    const other = { ...first, accountId: '000000000042', alias: 'acme-test' };
    const two = await open({
      ...exampleReport,
      accounts: [first, other],
      findings: [...exampleReport.findings, { ...finding, key: 'other', accountId: '000000000042' }],
    });
    await two.getByLabel('Account', { exact: true }).selectOption({ label: 'acme-test (1)' });
    expect(await resultText(two)).toBe('1 of 12 findings');
    expect(await two.locator('.finding:visible').textContent()).toContain('acme-test');
  });

  it('says so when nothing matches', async () => {
    const page = await open(exampleReport);
    await page.getByLabel('Search', { exact: true }).fill('no such thing');
    expect(await page.getByText('No finding matches the filters.').isVisible()).toBe(true);
    expect(await resultText(page)).toBe('0 of 11 findings');
  });
});

describe('searching', () => {
  it('finds a word of the evidence of a closed finding, in any case', async () => {
    const page = await open(exampleReport);
    await page.getByLabel('Search', { exact: true }).fill('IAM:createpolicyversion');
    expect(await shownNames(page)).toEqual(['deploy-bot']);
  });

  it('asks for every word', async () => {
    const page = await open(exampleReport);
    await page.getByLabel('Search', { exact: true }).fill('access AKIAalice1');
    expect(await shownNames(page)).toEqual(['alice']);
  });

  it('finds what lies beyond the findings that are shown at first', async () => {
    const page = await open(manyFindings);
    expect(await page.locator('.finding:visible').count()).toBe(100);
    await page.getByLabel('Search', { exact: true }).fill('person-247');
    expect(await shownNames(page)).toEqual(['person-247']);
  });

  it('searches and sorts what is unused', async () => {
    const page = await open(exampleReport);
    const names = page.locator('.unused .item:visible .name');
    expect(await names.count()).toBe(4);
    await page.locator('.unused').getByRole('button', { name: 'Subject' }).click();
    expect(await names.first().textContent()).toBe('<img src=x onerror=alert(1)>');
    await page.getByLabel('Search unused access').fill('cmd');
    expect(await names.allTextContents()).toEqual(["=cmd|' /C calc'!A0"]);
  });

  it('searches the principals', async () => {
    const page = await open(exampleReport);
    await page.getByLabel('Search principals').fill('breakglass');
    expect(await page.locator('.principals .item:visible .name').allTextContents()).toEqual(['breakglass']);
  });
});

describe('sorting', () => {
  it('sorts by a column, turns round on the second click, and tells assistive technology', async () => {
    const page = await open(exampleReport);
    expect(await sortState(page, 'Severity')).toBe('ascending');
    const subject = page.locator('#problems').getByRole('button', { name: 'Subject' });
    await subject.click();
    const names = await page.locator('#problems .row .name').allTextContents();
    expect(names).toEqual([
      '<img src=x onerror=alert(1)>',
      "=cmd|' /C calc'!A0",
      'alice',
      'deploy-bot',
      'eve⟨U+202E⟩gnp.nimda',
      'partner-upload',
      'root user',
      'script>',
    ]);
    expect(await sortState(page, 'Subject')).toBe('ascending');
    expect(await sortState(page, 'Severity')).toBe('none');
    await subject.click();
    expect(await page.locator('#problems .row .name').allTextContents()).toEqual([...names].reverse());
    expect(await sortState(page, 'Subject')).toBe('descending');
  });

  it('sorts by the time first seen', async () => {
    const page = await open(exampleReport);
    await page.locator('#problems').getByRole('button', { name: 'First seen' }).click();
    const times = await attributes(page, '#problems .row time', 'datetime');
    expect(times).toEqual([...times].sort());
  });

  it('sorts the principals', async () => {
    const page = await open(exampleReport);
    const names = page.locator('.principals .item .name');
    expect((await names.allTextContents()).slice(0, 4)).toEqual([
      'breakglass',
      'root user',
      'deploy-bot',
      'partner-upload',
    ]);
    await page.locator('.principals').getByRole('button', { name: 'Escalates' }).click();
    expect((await names.allTextContents()).slice(0, 2)).toEqual(['deploy-bot', 'partner-upload']);
  });
});

describe('the address', () => {
  it('keeps the filters and the order, and brings them back in a copy of the page', async () => {
    const page = await open(exampleReport);
    await page.getByRole('checkbox', { name: /^Low/ }).check();
    await page.getByLabel('Search', { exact: true }).fill('unused');
    await page.locator('#problems').getByRole('button', { name: 'Subject' }).click();
    await page.waitForURL(/#q=unused&severity=low&sort=subject$/);
    const names = await shownNames(page);
    expect(names).toHaveLength(4);
    const copy = await open(exampleReport, new URL(page.url()).hash);
    expect(await shownNames(copy)).toEqual(names);
    expect(await copy.getByLabel('Search', { exact: true }).inputValue()).toBe('unused');
  });

  it('opens the finding that it names, whatever the filters are and however far down it stands', async () => {
    const page = await open(manyFindings);
    await page.locator('[name=q]').fill('person-247');
    const anchor = await page.locator('.finding', { hasText: 'person-247' }).getAttribute('id');
    const copy = await open(manyFindings, `#${anchor}`);
    const finding = copy.locator('.finding', { hasText: 'person-247' });
    const toggle = finding.locator('.toggle');
    expect(await toggle.getAttribute('aria-expanded')).toBe('true');
    expect(await hasFocus(toggle)).toBe(true);
  });

  it('filters by what a count of the summary stands for', async () => {
    const page = await open(exampleReport);
    await page
      .locator('.severities')
      .getByRole('link', { name: /Critical/ })
      .click();
    expect(await shownNames(page)).toEqual(['deploy-bot', 'root user']);
  });

  it.each(['#q=%E0%A4%A', '#severity=none&category=nothing&sort=constructor', '#%', '#='])(
    'is ignored where it makes no sense: %s',
    async (fragment) => {
      const page = await open(exampleReport, fragment);
      expect(await page.locator('h1').textContent()).toBe('acme-production');
    },
  );
});

describe('the keyboard', () => {
  it('skips to the findings first', async () => {
    const page = await open(exampleReport);
    await page.keyboard.press('Tab');
    const skip = page.getByRole('link', { name: 'Skip to the findings' });
    expect(await hasFocus(skip)).toBe(true);
    expect((await skip.boundingBox())?.x).toBeGreaterThanOrEqual(0);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.name')).toBe('q');
  });

  it('opens and closes a finding, and its guidance comes with it', async () => {
    const page = await open(exampleReport);
    const finding = page.locator('.finding', { hasText: 'Root user has no MFA device' });
    const toggle = finding.locator('.toggle');
    await toggle.focus();
    expect(await finding.locator('.detail').isVisible()).toBe(false);
    await page.keyboard.press('Enter');
    expect(await toggle.getAttribute('aria-expanded')).toBe('true');
    expect(await finding.getByText('The root user can do everything and no policy limits it.').isVisible()).toBe(true);
    expect(await finding.getByText('Register two hardware or passkey MFA devices').isVisible()).toBe(true);
    await page.keyboard.press('Space');
    expect(await finding.locator('.detail').isVisible()).toBe(false);
  });

  it('opens a finding with the steps that mend it, and not those that mend others of its check', async () => {
    const steps = ['Delete the key of alice.', 'Delete the key of bob.'];
    const findings = steps.map((step, index) =>
      findingOf({
        subject: {
          arn: `arn:aws:iam::123456789012:user/person-${index}`,
          type: 'User',
          id: `AIDA${index}`,
          part: null,
        },
        remediation: [step],
      }),
    );
    const page = await open({ ...exampleReport, findings });
    const first = page.locator('.finding', { hasText: 'person-0' });
    await first.locator('.toggle').press('Enter');
    expect(await first.locator('.guidance ol').allTextContents()).toEqual(['Delete the key of alice.']);
    expect(await page.locator('.guide .mending h4').allTextContents()).toEqual([
      'How to mend it for person-0',
      'How to mend it for person-1',
    ]);
  });

  it('shows where it is', async () => {
    const page = await open(exampleReport);
    for (let step = 0; step < 12; step += 1) {
      await page.keyboard.press('Tab');
      const outline = await page.evaluate(`(() => {
        const element = document.activeElement;
        const shown = element.matches('.chip input') ? element.nextElementSibling : element;
        return getComputedStyle(shown).outlineStyle;
      })()`);
      expect(outline).toBe('solid');
    }
  });

  it('goes on at the first finding that "Show more" brings', async () => {
    const page = await open(manyFindings);
    await page.locator('#problems .more').press('Enter');
    expect(await page.locator('.finding:visible').count()).toBe(200);
    const place = await page.evaluate(
      `[...document.querySelectorAll('.finding')].indexOf(document.activeElement.closest('.finding'))`,
    );
    expect(place).toBe(100);
  });
});

describe('the top risks', () => {
  it('lead to the whole finding and to what else is as bad', async () => {
    const page = await open(exampleReport);
    const card = page.locator('.card').first();
    expect(await card.locator('h3').textContent()).toBe('Principal can become administrator');
    expect(await card.textContent()).toContain('Proven.');
    await card.getByRole('link', { name: 'The whole finding' }).click();
    const finding = page.locator('.finding', { hasText: 'deploy-bot' });
    await finding.locator('.detail').waitFor();
    expect(await hasFocus(finding.locator('.toggle'))).toBe(true);
  });
});

describe('copying as text', () => {
  const told = (page: Page) => page.locator('output.copy:not(:empty)');

  it('copies a finding with its proof, how to mend it, and its link, by the keyboard, and says so', async () => {
    const page = await open(exampleReport);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const finding = page.locator('.finding', { hasText: 'deploy-bot' });
    await finding.locator('.toggle').press('Enter');
    await finding.getByRole('button', { name: 'Copy as text' }).press('Enter');
    await told(page).waitFor();
    expect(await told(page).and(page.getByRole('status')).textContent()).toBe('Copied');
    const text = await page.evaluate<string>('navigator.clipboard.readText()');
    const [, anchor] = page.url().split('#');
    expect(anchor).toBeUndefined();
    expect(text.split('\n').slice(0, 4)).toEqual([
      'Critical',
      'Principal can become administrator principal-escalates · Privilege escalation',
      'deploy-bot User · administrator',
      'deploy-bot can write a new default version of a policy that is attached to it.',
    ]);
    expect(text).toContain('1. deploy-bot makes itself administrator');
    expect(text).toContain('   - iam:CreatePolicyVersion on arn:aws:iam::123456789012:policy/deploy');
    expect(text).toContain('1. Take iam:CreatePolicyVersion on attached policies away from the principal.');
    expect(text.split('\n').at(-1)).toBe(`${page.url()}#${await finding.getAttribute('id')}`);
  });

  it('copies a card, hostile names as they are, where the page may not write to the clipboard by itself', async () => {
    const [finding] = exampleReport.findings;
    if (finding === undefined) throw new Error('the example has findings');
    const page = await open({ ...exampleReport, findings: [{ ...finding, severity: 'high' }] });
    await page.evaluate(`Object.defineProperty(navigator, 'clipboard', { value: undefined })`);
    await page.locator('.card').getByRole('button', { name: 'Copy as text' }).click();
    await told(page).waitFor();
    expect(await told(page).textContent()).toBe('Copied');
    expect(await hasFocus(page.locator('.card button.copy'))).toBe(true);
    await page.locator('#filter-q').press('ControlOrMeta+v');
    expect(await page.locator('#filter-q').inputValue()).toContain('<img src=x onerror=alert(1)>');
  });

  it('shows the text to copy where nothing else works', async () => {
    const page = await open(exampleReport);
    await page.evaluate(`Object.defineProperty(navigator, 'clipboard', { value: undefined });
      document.execCommand = () => false;`);
    await page.locator('.card').first().getByRole('button', { name: 'Copy as text' }).press('Enter');
    const field = page.getByRole('textbox', { name: 'Text to copy' });
    expect(await field.inputValue()).toContain('Principal can become administrator');
    expect(await told(page).textContent()).toContain('Ctrl+C');
    expect(await page.evaluate('getSelection().toString().length > 0 || document.activeElement.selectionEnd > 0')).toBe(
      true,
    );
  });
});

describe('hostile names', () => {
  it('are text, in the rows, the evidence and the principals', async () => {
    const page = await open(exampleReport);
    await page.getByRole('button', { name: 'Open all' }).click();
    const text = await page.locator('body').textContent();
    for (const name of ['<img src=x onerror=alert(1)>', "=cmd|' /C calc'!A0", '</script><script>alert(1)</script>']) {
      expect(text).toContain(name);
    }
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.locator('script').count()).toBe(1);
    expect(await page.locator('[onerror]').count()).toBe(0);
  });

  it('cannot turn the direction of the text round them', async () => {
    const page = await open(exampleReport);
    expect(await page.locator('body').textContent()).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/);
    expect(await shownNames(page)).toContain('eve⟨U+202E⟩gnp.nimda');
  });

  it('make no link but to https pages and places in the page', async () => {
    const page = await open(exampleReport);
    const links = await attributes(page, 'a', 'href');
    expect(links.filter((link) => !/^(#|https:\/\/docs\.aws\.amazon\.com\/)/.test(link))).toEqual([]);
  });
});

describe('the content security policy', () => {
  it('refuses inline handlers, foreign scripts and pictures, and HTML made from text', async () => {
    const { page, complaints } = await opener.open(exampleReport);
    const outcome = await page.evaluate(`(() => {
      const script = document.createElement('script');
      let trusted = 'accepted';
      try { script.textContent = 'window.ran = true'; document.head.append(script); } catch { trusted = 'refused'; }
      let html = 'accepted';
      try { document.createElement('div').innerHTML = '<b>x</b>'; } catch { html = 'refused'; }
      document.body.append(Object.assign(document.createElement('img'), { src: 'https://example.invalid/x.png' }));
      return { ran: 'ran' in window, html };
    })()`);
    expect(outcome).toEqual({ ran: false, html: 'refused' });
    expect(complaints.filter((complaint) => complaint.startsWith('dialog'))).toEqual([]);
  });
});

describe('paper', () => {
  it('has the critical problems in full, of the high ones what closes them, every row, and no control', async () => {
    const page = await open(exampleReport);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.finding .row:visible').count()).toBe(11);
    expect(await page.locator('.finding.critical .facts dl:visible').count()).toBeGreaterThan(2);
    const high = page.locator('#problems .finding.high');
    expect(await high.locator('.lead').isVisible()).toBe(true);
    expect(await high.locator('.facts dl:visible').count()).toBe(0);
    expect(await page.locator('.finding .detail:visible').count()).toBe(3);
    expect(await page.locator('.paper').first().textContent()).toContain('findings.csv');
    expect(await page.locator('.guide:visible').count()).toBeGreaterThan(0);
    expect(await page.locator('input:visible, select:visible, .more:visible, #clear:visible').count()).toBe(0);
  });

  it('has what the reader opened in full', async () => {
    const page = await open(exampleReport);
    const finding = page.locator('.finding.medium').first();
    await finding.locator('.toggle').press('Enter');
    await page.emulateMedia({ media: 'print' });
    expect(await finding.locator('.facts dl:visible').count()).toBeGreaterThan(1);
  });

  it('is dated on each page, whatever the account is called', async () => {
    const alias = '"; } </style><script>alert(1)</script>';
    const page = await open({
      ...exampleReport,
      accounts: exampleReport.accounts.map((account) => ({ ...account, alias })),
    });
    expect(await page.locator('script').count()).toBe(1);
    const footer = await page.evaluate<string>(`[...document.styleSheets[0].cssRules].at(-1).cssText`);
    expect(footer).toContain('@page');
  });

  it('shows the findings beyond the first hundred too, and only those that the filter lets through', async () => {
    const page = await open(manyFindings);
    await page.getByRole('checkbox', { name: /^Critical/ }).check();
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.finding .detail:visible').count()).toBe(50);
  });

  it('unfolds what is folded', async () => {
    const [finding] = exampleReport.findings;
    if (finding === undefined) throw new Error('the example has findings');
    const services = Array.from({ length: 30 }, (_, index) => `service-${index}`);
    const page = await open({
      ...exampleReport,
      findings: [{ ...finding, severity: 'critical', evidence: { services } }],
    });
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByText('service-29', { exact: true }).isVisible()).toBe(true);
  });
});

describe('without JavaScript', () => {
  it('everything can be read and no dead control is shown', async () => {
    const { page, complaints } = await opener.openWithoutScript(exampleReport);
    expect(await page.locator('.finding .detail:visible').count()).toBe(11);
    expect(await page.locator('.principals .item:visible').count()).toBe(6);
    expect(await page.locator('input:visible, select:visible, .more:visible').count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();
  });
});

describe('accessibility', () => {
  const schemes = ['light', 'dark'] as const;

  it.each([1280, 390])('has no axe violation at %i pixels, light or dark', async (width) => {
    const page = await open(exampleReport, '', { width });
    await page.getByRole('button', { name: 'Open all' }).click();
    await page.getByRole('checkbox', { name: /^Critical/ }).focus();
    await page.evaluate(axe.source);
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme });
      const { violations } = await page.evaluate<{
        violations: { id: string; nodes: { target: string[]; failureSummary: string }[] }[];
      }>('axe.run(document, { resultTypes: ["violations"] })');
      expect(
        violations.flatMap(({ id, nodes }) =>
          nodes.map(({ target, failureSummary }) => [colorScheme, id, ...target, failureSummary]),
        ),
      ).toEqual([]);
    }
  });

  it.each([
    ['the example', exampleReport],
    ['the longest names', reportOfLongNames],
  ])('needs no scrolling sideways for %s, on a desk or a phone', async (_names, report) => {
    const page = await open(report);
    await page.getByRole('button', { name: 'Open all' }).click();
    for (const width of [1280, 390, 320]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    }
  });
});

describe('a report without problems', () => {
  const everythingRead = exampleReport.accounts.map((account) => ({ ...account, complete: true, coverage: [] }));

  it('says so, and has nothing that leads nowhere', async () => {
    const page = await open({ ...exampleReport, accounts: everythingRead, principals: [], findings: [] });
    expect(await page.getByText('No check found a problem.').isVisible()).toBe(true);
    const places = await attributes(page, 'a[href^="#"]', 'href');
    expect(
      await page.evaluate(`${JSON.stringify(places)}.filter((place) => document.querySelector(place) === null)`),
    ).toEqual([]);
  });

  it('does not call in order what could not be judged', async () => {
    const page = await open({ ...exampleReport, findings: [findingOf({ outcome: 'unknown', severity: 'info' })] });
    expect(await page.getByText('No problem was found in what could be judged.').isVisible()).toBe(true);
    expect(await page.locator('.severities .unjudged').textContent()).toContain('1 Not judged');
  });
});

describe('the credential report', () => {
  const user = (name: string, keyMade: string): CredentialReportRow => ({
    user: name,
    arn: `arn:aws:iam::123456789012:user/${name}`,
    user_creation_time: '2025-01-01T00:00:00Z',
    password_enabled: 'true',
    password_last_used: 'no_information',
    password_last_changed: '2026-02-01T00:00:00Z',
    password_next_rotation: 'N/A',
    mfa_active: name === 'ada' ? 'true' : 'false',
    access_key_1_active: 'true',
    access_key_1_last_rotated: keyMade,
    access_key_1_last_used_date: 'N/A',
    access_key_1_last_used_region: 'N/A',
    access_key_1_last_used_service: 'N/A',
    access_key_2_active: 'false',
    access_key_2_last_rotated: 'N/A',
    access_key_2_last_used_date: 'N/A',
    access_key_2_last_used_region: 'N/A',
    access_key_2_last_used_service: 'N/A',
    cert_1_active: 'false',
    cert_1_last_rotated: 'N/A',
    cert_2_active: 'false',
    cert_2_last_rotated: 'N/A',
  });
  const credentialReport = [user('ada', '2026-03-01T00:00:00Z'), user('bea', '2025-03-02T00:00:00Z')];
  const names = (page: Page) => page.locator('.credentials .item:visible .name').allTextContents();

  it('can be searched and sorted, and says how old what is', async () => {
    const page = await open({ ...exampleReport, credentialReport });
    expect(await names(page)).toEqual(['ada', 'bea']);
    expect(await page.locator('.credentials .item').last().textContent()).toContain('365 days old, never used');
    await page.locator('.credentials').getByRole('button', { name: 'First key' }).click();
    await page.locator('.credentials').getByRole('button', { name: 'First key' }).click();
    expect(await names(page)).toEqual(['bea', 'ada']);
    await page.getByLabel('Search users').fill('ada');
    expect(await names(page)).toEqual(['ada']);
  });

  it('has every row, however many', async () => {
    const many = Array.from({ length: 1200 }, (_, index) => user(`user-${index}`, '2026-01-01T00:00:00Z'));
    const page = await open({ ...exampleReport, credentialReport: many });
    await page.getByLabel('Search users').fill('user-1199');
    await expect.poll(() => names(page)).toEqual(['user-1199']);
  });
});

describe('thousands of rows', () => {
  const hostileName = `</table><img src=x onerror="alert(1)">'\`=&lt;\n`;
  const many = reportOfFindings(5000);
  const manyRows: AuditReport = {
    ...many,
    findings: many.findings.map((finding, index) =>
      index === 4322 ? { ...finding, evidence: { name: hostileName, word: 'needle' } } : finding,
    ),
    principals: Array.from({ length: 3000 }, (_, index) => ({
      arn: `arn:aws:iam::123456789012:role/worker-${String(index).padStart(4, '0')}`,
      type: 'role',
      administrator: 'no',
      escalates: 'no',
    })),
  };

  it('are all there to search and to sort', async () => {
    const page = await open(manyRows);
    await page.locator('[data-sort=subject]').first().click();
    await page.locator('[name=q]').fill('person-4321');
    await expect.poll(() => resultText(page)).toBe('1 of 5,000 findings');
    expect(await shownNames(page)).toEqual(['person-4321']);
    await page.locator('[name=q]').fill('');
    await page.locator('[data-sort=subject]').first().click();
    expect((await shownNames(page)).slice(0, 2)).toEqual(['person-999', 'person-998']);
    await page.locator('#principal-search').fill('worker-2999');
    await expect.poll(() => page.locator('.principals .item .name').allTextContents()).toEqual(['worker-2999']);
  });

  it('open where they are named, with all that is known of them', async () => {
    const page = await open(manyRows);
    await page.locator('[name=q]').fill('person-4321');
    await expect.poll(() => shownNames(page)).toEqual(['person-4321']);
    const anchor = await page.locator('.finding:visible').getAttribute('id');
    const copy = await open(manyRows, `#${anchor}`);
    const finding = copy.locator('.finding', { hasText: 'person-4321' });
    await finding.locator('.detail').waitFor();
    expect(await finding.locator('.detail').textContent()).toContain('AKIA4321');
    expect(await hasFocus(finding.locator('.toggle'))).toBe(true);
  });

  it('keep hostile names as text', async () => {
    const page = await open(manyRows);
    await page.locator('[name=q]').fill('needle');
    await expect.poll(() => shownNames(page)).toEqual(['person-4322']);
    await page.getByRole('button', { name: 'Open all' }).click();
    expect(await page.locator('.finding:visible').textContent()).toContain(hostileName.trim());
    expect(await page.locator('img').count()).toBe(0);
    await page.locator('[name=q]').fill('</table><img onerror="alert(1)"');
    await expect.poll(() => resultText(page)).toBe('1 of 5,000 findings');
    expect(await shownNames(page)).toEqual(['person-4322']);
  });

  it('are not all printed, and it is said where they are', async () => {
    const page = await open(manyRows);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.finding .row:visible').count()).toBe(500);
    const note = page.locator('#problems .unprinted');
    expect(await note.textContent()).toContain('findings.csv has all');
    expect(await note.isVisible()).toBe(true);
    await page.emulateMedia({ media: null });
    expect(await note.isVisible()).toBe(false);
  });

  it('are in the tables where no script runs', async () => {
    const { page } = await opener.openWithoutScript(manyRows);
    expect(await page.locator('.finding .detail:visible').count()).toBe(500);
    expect(await page.getByText('4,500 findings more').isVisible()).toBe(true);
    expect(await page.getByText('2,500 principals more').isVisible()).toBe(true);
    await page.close();
  });
});

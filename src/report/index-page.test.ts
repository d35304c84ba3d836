import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { indexPage, toIndexTemplates } from './index-page.ts';
import { type IndexNight, indexView } from './index-view.ts';

const templates = toIndexTemplates((path) => readFileSync(`templates/${path}`, 'utf8'));
const NOTHING_ELSE = { unread: [], omitted: 0 };

type Account = IndexNight['accounts'][number];
const account = (id: string, findings: Account['findings'], more: Partial<Account> = {}): Account => ({
  accountId: id,
  alias: null,
  complete: true,
  unjudged: 0,
  findings,
  ...more,
});

/** The night of a day of January 2026; the first is compared with none. */
const night = (day: number, accounts: readonly Account[], more: Partial<IndexNight> = {}): IndexNight => ({
  run: {
    id: `202601${String(day).padStart(2, '0')}T023000Z`,
    finishedAt: `2026-01-${String(day).padStart(2, '0')}T02:31:00Z`,
    baselineRunId: day === 1 ? null : 'the night before',
  },
  accounts,
  unread: [],
  files: [{ path: 'report.html' }],
  ...more,
});

const FIRST = night(1, [account('111111111111', { critical: { new: 2 }, low: { new: 1 } })]);
const SECOND = night(2, [
  account('111111111111', { critical: { open: 1, resolved: 1, suppressed: 5 }, low: { open: 1, 'not-evaluated': 3 } }),
  account('222222222222', { high: { new: 1, worsened: 1 } }, { alias: 'sandbox', complete: false, unjudged: 4 }),
]);
const THIRD = night(3, [account('222222222222', { high: { open: 2 } }, { alias: 'sandbox' })], {
  unread: [{ accountId: '111111111111', name: null }],
});

describe('the index', () => {
  const view = indexView([SECOND, THIRD, FIRST], NOTHING_ELSE);

  it('lists the nights, the latest first, each with what it found and a link to its report', () => {
    expect(
      view.nights.map(({ time, href, cells, fresh, resolved, unjudged, coverage }) => ({
        day: time.day,
        href,
        counts: cells.map(({ count }) => count).join(' '),
        news: `${fresh} ${resolved} ${unjudged}`,
        coverage,
      })),
    ).toEqual([
      {
        day: '3 Jan 2026',
        href: '20260103T023000Z/report.html',
        counts: '0 2 0 0 0',
        news: '0 0 0',
        coverage: '1 account not read',
      },
      {
        day: '2 Jan 2026',
        href: '20260102T023000Z/report.html',
        counts: '1 2 0 1 0',
        news: '2 1 4',
        coverage: '1 account read in part',
      },
      {
        day: '1 Jan 2026',
        href: '20260101T023000Z/report.html',
        counts: '2 0 0 1 0',
        news: '– – 0',
        coverage: 'Complete',
      },
    ]);
  });

  it('tells each account as the last night that read it did', () => {
    expect(view.accounts.map(({ label, href, isOld, complete }) => ({ label, href, isOld, complete }))).toEqual([
      { label: '111111111111', href: '20260102T023000Z/report.html#account=111111111111', isOld: true, complete: true },
      { label: 'sandbox', href: '20260103T023000Z/report.html', isOld: false, complete: true },
    ]);
  });

  it('says where things stand over all accounts, those that the last night did not read as they were before', () => {
    expect(view.verdict).toBe(
      '4 problems are known in 2 accounts: 1 critical, 2 high and 1 low. The last night found 0 new or worse, and 0 resolved.',
    );
    expect(indexView([FIRST], NOTHING_ELSE).verdict).toBe('3 problems are known in 1 account: 2 critical and 1 low.');
    expect(indexView([], NOTHING_ELSE).verdict).toBe('No night can be told of.');
  });

  it('draws the nights from left to right, worst on top, and says in words what there is to see', () => {
    const [problems, news] = view.charts;
    expect(problems?.description).toBe(
      'Problems by severity, 1 Jan 2026 to 3 Jan 2026: first 2 critical, 0 high, 0 medium, 1 low, 0 info; last 1 critical, 2 high, 0 medium, 1 low, 0 info; at most 4 in all.',
    );
    expect(problems?.bars.map(({ title }) => title)[1]).toBe(
      '2 Jan 2026, 02:31 UTC: 1 critical, 2 high, 0 medium, 1 low, 0 info',
    );
    // Four problems fill the chart of 120: low 30 below, high 60 above it, critical 30 on top.
    expect(problems?.bars[1]?.parts.map(({ kind, y, height }) => [kind, y, height])).toEqual([
      ['low', '90', '30'],
      ['high', '30', '60'],
      ['critical', '0', '30'],
    ]);
    expect(news?.bars[0]?.parts).toEqual([]);
    expect(indexView([FIRST], NOTHING_ELSE).charts).toEqual([]);
  });

  it('draws the last 90 nights of more, and says so', () => {
    const many = Array.from({ length: 120 }, (_, index) => ({
      ...FIRST,
      run: { id: `2026${1000 + index}`, finishedAt: '2026-01-01T00:00:00Z', baselineRunId: 'x' },
    }));
    const { charts, charted, nights } = indexView(many, NOTHING_ELSE);
    expect(charts.map(({ bars }) => bars.length)).toEqual([90, 90]);
    expect(charted).toContain('The last 90 nights');
    expect(nights).toHaveLength(120);
  });

  it('says which nights cannot be told of, and how many were left out', () => {
    const page = indexPage(
      indexView([FIRST], { unread: [{ directory: '20260104T023000Z', why: 'has no manifest' }], omitted: 12 }),
      templates,
    );
    expect(page).toContain('<strong>20260104T023000Z</strong> has no manifest');
    expect(page).toContain('12 earlier nights left out: their directories are still there.');
  });

  it('runs nothing, loads nothing, and shows hostile names as text', () => {
    const hostile = night(2, [
      account('<script>1', { critical: { open: 1 } }, { alias: '</style>"><img src=x>\u202e{{x}}' }),
    ]);
    const page = indexPage(indexView([FIRST, hostile], NOTHING_ELSE), templates);
    expect(page).not.toMatch(/<script|<img|\u202e|onerror/);
    expect(page).toContain('&lt;/style&gt;');
    expect(page).toContain('default-src &#x27;none&#x27;; style-src');
    expect(page).not.toContain('style="');
    expect(page).not.toContain('://');
  });

  it('is the same bytes whatever the order of what is given', () => {
    const page = (nights: readonly IndexNight[]): string => indexPage(indexView(nights, NOTHING_ELSE), templates);
    expect(page([THIRD, FIRST, SECOND])).toBe(page([FIRST, SECOND, THIRD]));
  });
});

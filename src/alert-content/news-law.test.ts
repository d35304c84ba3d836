import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Finding } from '../finding/audit-report.ts';
import type { Severity } from '../finding/check-result.ts';
import { liveFindings, type PastFindings } from '../finding/finding-life.ts';
import type { Told } from '../finding/told.ts';
import { addDays } from '../kernel/time.ts';
import { exampleReport, findingOf } from '../report/testing/example-report.ts';
import { newsOfAudit } from './news-of-audit.ts';
import type { NewsRoute } from './route-memory.ts';
import { NIGHT } from './testing/alert-builder.ts';

const ACCOUNT = '123456789012';
const KEY = 'user-access-key-not-rotated:123456789012:AIDAA';
const ROUTE: NewsRoute = {
  name: 'security',
  severity: 'info',
  categories: [],
  accounts: [],
  owners: [],
  resolved: true,
  gaps: true,
};

/** A night: how bad the finding is, null where there is none, and how often the night is audited. */
type Night = readonly [Severity | null, number];

/** What a route is told by the code over some nights, the first of them being no first audit. */
const toldBy = (nights: readonly Night[]): readonly string[] => {
  let past: PastFindings = { baselineRunId: 'before', open: new Map(), closed: new Map() };
  const marker = { route: 'security', accountId: ACCOUNT, key: `baseline ${ACCOUNT}`, stance: 'told' };
  let known = new Map<string, Told>([[marker.key, { ...marker, asOf: addDays(NIGHT, -1), toldAt: NIGHT }]]);
  const told: string[] = [];
  for (const [day, [severity, times]] of nights.entries()) {
    const at = addDays(NIGHT, day);
    const found = severity === null ? [] : [{ ...findingOf({ severity, firstSeen: at, lastSeen: at }), key: KEY }];
    const checks = new Set(found.map(({ checkId }) => checkId).concat(findingOf({}).checkId));
    const findings = liveFindings(past, found, { checks, passed: new Set() });
    for (let time = 0; time < times; time += 1) {
      const news = newsOfAudit({
        report: {
          ...exampleReport,
          run: { ...exampleReport.run, id: at, startedAt: at, finishedAt: at, baselineRunId: 'before' },
          accounts: [{ accountId: ACCOUNT, alias: null, collectedAt: at, complete: true, coverage: [] }],
          findings,
        },
        firstSeen: new Set(),
        routes: [ROUTE],
        told: [...known.values()],
        link: null,
        at,
      });
      known = new Map([...known, ...news.told.map((row) => [row.key, row] as const)]);
      told.push(...news.alerts.flatMap(({ items }) => items.map(({ transition }) => `${String(day)} ${transition}`)));
    }
    const present = findings.filter(({ state }) => state !== 'resolved');
    const closed = new Map<string, Finding>(past.closed);
    for (const finding of findings) closed.set(finding.key, finding);
    past = { baselineRunId: at, open: new Map(present.map((finding) => [finding.key, finding])), closed };
  }
  return told;
};

const RANK: readonly Severity[] = ['info', 'low', 'medium', 'high', 'critical'];

/** What it is to be told, said plainly: whatever is not as it was the night before, unless it became milder. */
const toldPlainly = (nights: readonly Night[]): readonly string[] =>
  nights.flatMap(([severity], day) => {
    const before = nights[day - 1]?.[0] ?? null;
    const wasEver = nights.slice(0, day).some(([earlier]) => earlier !== null);
    if (severity === null) return before === null ? [] : [`${String(day)} resolved`];
    if (before === null) return [`${String(day)} ${wasEver ? 'reopened' : 'new'}`];
    return RANK.indexOf(severity) > RANK.indexOf(before) ? [`${String(day)} worsened`] : [];
  });

it('tells each change of a finding once, however often a night is audited', () => {
  const night = fc.tuple(fc.constantFrom(null, ...RANK), fc.integer({ min: 1, max: 3 }));
  fc.assert(
    fc.property(fc.array(night, { maxLength: 30 }), (nights) => {
      expect(toldBy(nights)).toEqual(toldPlainly(nights));
    }),
    { numRuns: 500 },
  );
});

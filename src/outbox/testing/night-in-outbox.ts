import { newsOfAudit } from '../../alert-content/news-of-audit.ts';
import type { NewsRoute } from '../../alert-content/route-memory.ts';
import type { Instant } from '../../kernel/time.ts';
import type { HistoryStore } from '../../ports/history-store.ts';
import { exampleReport } from '../../report/testing/example-report.ts';
import { auditOf, findingAbout, recordAudit } from '../../store/testing/history-example.ts';

/** A route that is told everything. */
export const routeTold = (name: string, differing: Partial<NewsRoute> = {}): NewsRoute => ({
  name,
  severity: 'info',
  categories: [],
  accounts: [],
  owners: [],
  resolved: true,
  gaps: true,
  ...differing,
});

/** Remembers an audit that found something about some users, and queues what is new of it. */
export const nightInOutbox = (
  history: HistoryStore,
  startedAt: Instant,
  { users, routes }: { readonly users: readonly string[]; readonly routes: readonly NewsRoute[] },
) => {
  const audit = auditOf(
    startedAt,
    users.map((name) => findingAbout(name)),
  );
  return recordAudit(history, audit, ({ runId, baselineRunId, firstSeen, findings }, told) =>
    newsOfAudit({
      report: {
        ...exampleReport,
        run: { ...audit.run, id: runId, baselineRunId },
        accounts: audit.accounts.map(({ account }) => account),
        findings,
      },
      firstSeen,
      told,
      routes,
      link: null,
      at: startedAt,
    }),
  );
};

import type { Finding } from '../../finding/audit-report.ts';
import { liveFindings } from '../../finding/finding-life.ts';
import { isPostgresUrl } from '../../kernel/postgres-url.ts';
import { type Instant, parseInstant } from '../../kernel/time.ts';
import type { HistoryStore, LivedRun, RunToRecord } from '../../ports/history-store.ts';
import { findingOf } from '../../report/testing/example-report.ts';
import { openPostgresHistory } from '../postgres-history.ts';
import { openSqliteHistory } from '../sqlite-history.ts';

/** An instant of a test. */
export const at = (text: string): Instant => {
  const parsed = parseInstant(text);
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
};

/** Opens a history that can be opened, by its file or its URL. */
export const opened = async (place: string): Promise<HistoryStore> => {
  const history = isPostgresUrl(place)
    ? await openPostgresHistory({ url: place, password: null })
    : await openSqliteHistory(place);
  if (!history.ok) throw new Error(history.error);
  return history.value;
};

/** What a history says once it is opened. */
export const asked = async <T>(place: string, ask: (history: HistoryStore) => Promise<T>): Promise<T> => {
  const history = await opened(place);
  return ask(history).finally(() => history.close());
};

/** A finding about a user by the user's name. */
export const findingAbout = (name: string, differing: Partial<Finding> = {}): Finding =>
  findingOf({
    key: `user-access-key-not-rotated:123456789012:AIDA${name}`,
    subject: { arn: `arn:aws:iam::123456789012:user/${name}`, type: 'User', id: `AIDA${name}`, part: null },
    ...differing,
  });

/** An audit of one account that found something about some users. */
export const auditOf = (
  startedAt: Instant,
  findings: readonly Finding[],
  { accountId = '123456789012', files = new Map<string, string>() } = {},
): RunToRecord => ({
  run: {
    id: startedAt.replaceAll(/[-:]/g, ''),
    startedAt,
    finishedAt: startedAt,
    vigilVersion: '0.1.0',
    referenceDate: '2026-03-01',
    baselineRunId: null,
  },
  accounts: [
    {
      account: { accountId, alias: null, collectedAt: startedAt, complete: true, coverage: [] },
      findings,
      files,
    },
  ],
});

/** Records an audit whose checks could all judge; what it found was seen as it began. */
export const recordAudit = (
  history: HistoryStore,
  audit: RunToRecord,
  news?: Parameters<HistoryStore['record']>[2],
): Promise<LivedRun> => {
  const { startedAt } = audit.run;
  return history.record(
    audit,
    ({ findings }, past) =>
      liveFindings(
        past,
        findings.map((finding) => ({ ...finding, firstSeen: startedAt, lastSeen: startedAt })),
        { checks: new Set(['user-access-key-not-rotated']), passed: new Set() },
      ),
    news,
  );
};

import { createHash } from 'node:crypto';
import type { Job, JobWithMetadata, PgBoss } from 'pg-boss';
import { z } from 'zod';
import { shownPostgresUrl } from '../kernel/postgres-url.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { JobQueue, Workshop } from '../ports/job-queue.ts';
import type { NightPlan } from '../ports/night-store.ts';
import { connectionSettings, openPool, type PostgresAccess, postgresProblem } from '../postgres/postgres-pool.ts';

/** How patient the queue is. */
export interface QueueSettings {
  /** Accounts that this process audits at once. */
  readonly concurrency: number;
  /** Members of the organization that all processes together audit at once; those that look at the same moment may be one more each. */
  readonly accountsAtOnce: number;
  readonly retries: number;
  readonly retrySeconds: number;
  readonly heartbeatSeconds: number;
  readonly jobMinutes: number;
}

const SCHEMA = 'vigil_queue';
const AUDIT = 'account-audit';
const AUDIT_DEAD = 'account-audit-dead';
const REPORT = 'organization-report';
const REPORT_DEAD = 'organization-report-dead';
/** The limits of a management account are shared by what is read as a member of its organization. */
const ORGANIZATION = 'organization';
const SECONDS_BETWEEN_LOOKS = 1;
const CONNECTIONS = 3;

/**
 * Opens the queue, which is made where there is none, in the database: pg-boss keeps it, and says by heartbeats whose process is
 * gone. `warn` is told of what is in the way meanwhile. The error is one line without a password.
 */
export const openJobQueue = async (
  access: Omit<PostgresAccess, 'applicationName'>,
  settings: QueueSettings,
  warn: (message: string) => void,
): Promise<Result<JobQueue, string>> => {
  const database = await connectionSettings({ ...access, applicationName: 'vigil queue' });
  if (!database.ok) return err(`queue: the URL of the database: ${database.error}`);
  const { PgBoss: Boss } = await import('pg-boss');
  const watchSeconds = Math.min(60, Math.ceil(settings.heartbeatSeconds / 2));
  const pool = openPool({ ...database.value, max: CONNECTIONS + settings.concurrency });
  const boss = new Boss({
    db: { executeSql: (text, values) => pool.query(text, values) },
    schema: SCHEMA,
    superviseIntervalSeconds: watchSeconds,
    monitorIntervalSeconds: watchSeconds,
    schedule: false,
    openTelemetry: { enabled: false },
  });
  boss.on('error', (error) => warn(`queue: ${postgresProblem(error)}`));
  try {
    await boss.start();
    await makeQueues(boss, settings);
    return ok(queueOf(boss, settings, { inHand: { isClosing: false, abandoned: [] }, end: () => pool.end(), warn }));
  } catch (error) {
    await boss.stop({ graceful: false }).catch(() => {});
    await pool.end();
    return err(`queue: \`${shownPostgresUrl(access.url)}\` cannot hold a queue: ${postgresProblem(error)}`);
  }
};

const makeQueues = async (boss: PgBoss, settings: QueueSettings): Promise<void> => {
  const { retries, retrySeconds, heartbeatSeconds, jobMinutes } = settings;
  const patience = {
    heartbeatSeconds,
    expireInSeconds: jobMinutes * 60,
    retryLimit: retries,
    retryDelay: retrySeconds,
    retryBackoff: true,
  };
  for (const [name, deadLetter] of [
    [AUDIT, AUDIT_DEAD],
    [REPORT, REPORT_DEAD],
  ] as const) {
    // What is told of the dead is written in moments, and is to be written however often that fails.
    await boss.createQueue(deadLetter, { heartbeatSeconds, retryLimit: 1000, retryDelay: 10 });
    await boss.createQueue(name, { ...patience, deadLetter });
    await boss.updateQueue(name, patience);
  }
};

const queueOf = (
  boss: PgBoss,
  settings: QueueSettings,
  {
    inHand,
    end,
    warn,
  }: { readonly inHand: InHand; readonly end: () => Promise<void>; readonly warn: (message: string) => void },
): JobQueue => ({
  enqueue: async ({ id: nightId, accounts, deadline }) => {
    // First: when the last account is in, the report must be there to be made.
    await boss.insert(REPORT, [{ id: jobId(REPORT, nightId), data: { nightId }, startAfter: new Date(deadline) }]);
    await boss.insert(
      AUDIT,
      accounts.map(({ key, isListed, memberRole }) => ({
        id: jobId(AUDIT, nightId, key),
        data: { nightId, key },
        // What the account that lists the others is told of them, they are to know.
        priority: !isListed && memberRole === null ? 1 : 0,
        ...(!isListed && { group: { id: ORGANIZATION } }),
      })),
    );
  },
  reportNow: async (nightId) => {
    await takeNow(boss, REPORT, jobId(REPORT, nightId));
  },
  work: (workshop) => startWork(boss, workshop, { ...settings, inHand }),
  close: async (graceSeconds) => {
    inHand.isClosing = true;
    await boss.stop(graceSeconds > 0 ? { graceful: true, timeout: graceSeconds * 1000 } : { graceful: false });
    // What has not ended counts as a try that failed, and nothing is to be waited for.
    for (const { queue, id } of inHand.abandoned) {
      await takeNow(boss, queue, id).catch((error) => warn(`queue: ${postgresProblem(error)}`));
    }
    await end();
  },
});

/** Jobs that this process has. */
interface InHand {
  isClosing: boolean;
  /** Those that had not ended when it closed. */
  readonly abandoned: { readonly queue: string; readonly id: string }[];
}

/** Has a job wait no longer, by the database's clock. One that is under way, or over, stays so. */
const takeNow = async (boss: PgBoss, queue: string, id: string): Promise<void> => {
  await boss.update(queue, undefined, { id, startAfter: 0 });
};

/** The same for the same job, so that it is put into the queue once. */
const jobId = (queue: string, ...parts: readonly [NightPlan['id'], ...string[]]): string => {
  const hash = createHash('sha256')
    .update(JSON.stringify([queue, ...parts]))
    .digest('hex');
  // RFC 9562, version 8: bits of one's own choice.
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
};

const nightJob = z.object({ nightId: z.string() });
const accountJob = nightJob.extend({ key: z.string() });
const failure = z.object({ message: z.string() });

const startWork = async (
  boss: PgBoss,
  { audit, report, auditFailed, reportFailed }: Workshop,
  { concurrency, accountsAtOnce, inHand }: QueueSettings & { readonly inHand: InHand },
): Promise<void> => {
  const looks = { pollingIntervalSeconds: SECONDS_BETWEEN_LOOKS };
  const audits = { ...looks, localConcurrency: concurrency, groupConcurrency: accountsAtOnce };
  await boss.work(AUDIT, audits, ([job]) =>
    told(AUDIT, job, inHand, ({ data, signal }) => audit(accountJob.parse(data), signal)),
  );
  await boss.work(REPORT, looks, ([job]) =>
    told(REPORT, job, inHand, ({ data, signal }) => report(nightJob.parse(data), signal)),
  );
  const dead = { ...looks, includeMetadata: true } as const;
  await boss.work(AUDIT_DEAD, dead, ([job]) =>
    told(AUDIT_DEAD, job, inHand, (one) => auditFailed(accountJob.parse(one.data), reasonOf(one))),
  );
  await boss.work(REPORT_DEAD, dead, ([job]) =>
    told(REPORT_DEAD, job, inHand, (one) => reportFailed(nightJob.parse(one.data), reasonOf(one))),
  );
};

/** Does the job. Of what is thrown the database is to keep the message only: a stack tells of the machine. */
const told = async <One extends Pick<Job, 'id' | 'signal'>>(
  queue: string,
  job: One | undefined,
  inHand: InHand,
  perform: (job: One) => Promise<void>,
): Promise<void> => {
  if (job === undefined) return;
  const { id, signal } = job;
  signal.addEventListener('abort', () => {
    if (inHand.isClosing) inHand.abandoned.push({ queue, id });
  });
  try {
    await perform(job);
  } catch (error) {
    const said = new Error(error instanceof Error ? error.message : String(error));
    delete said.stack;
    throw said;
  }
};

const reasonOf = ({ sourceOutput }: Pick<JobWithMetadata, 'sourceOutput'>): string => {
  const output = failure.safeParse(sourceOutput);
  return output.success ? output.data.message : 'its worker was lost';
};

import { PgBoss } from 'pg-boss';
import { afterAll, afterEach, beforeAll, expect, it, onTestFinished } from 'vitest';
import type { AccountJob, JobQueue, Workshop } from '../ports/job-queue.ts';
import type { NightPlan, PlannedAccount } from '../ports/night-store.ts';
import { at } from '../store/testing/history-example.ts';
import { startPostgres, type TestPostgres } from '../store/testing/postgres-server.ts';
import { openJobQueue, type QueueSettings } from './pg-boss-queue.ts';

let server: TestPostgres;
let url = '';
beforeAll(async () => {
  server = await startPostgres();
  url = await server.freshDatabase();
  // The tables of pg-boss are made once.
  await (await opened()).close(0);
});
afterAll(() => server.stop());
afterEach(() => administer('TRUNCATE vigil_queue.job'));

const administer = (sql: string) => server.administer(sql, new URL(url).pathname.slice(1));

const SETTINGS: QueueSettings = {
  concurrency: 1,
  accountsAtOnce: 16,
  retries: 1,
  retrySeconds: 1,
  heartbeatSeconds: 10,
  jobMinutes: 120,
};

const opened = async (settings: Partial<QueueSettings> = {}, warn = (_: string) => {}): Promise<JobQueue> => {
  const queue = await openJobQueue({ url, password: null }, { ...SETTINGS, ...settings }, warn);
  if (!queue.ok) throw new Error(queue.error);
  return queue.value;
};

/** A queue that is closed when the test ends. */
const usedQueue = async (settings: Partial<QueueSettings> = {}): Promise<JobQueue> => {
  const queue = await opened(settings);
  onTestFinished(() => queue.close(0));
  return queue;
};

let nights = 0;

/** A night of its own, of accounts of the organization by their names. */
const nightOf = (names: readonly string[], differing: Partial<PlannedAccount> = {}): NightPlan => {
  nights += 1;
  return {
    id: `20260301T023000Z-night-${String(nights)}`,
    group: 'nightly',
    startedAt: at('2026-03-01T02:30:00Z'),
    deadline: at('2999-01-01T00:00:00Z'),
    accounts: names.map((key) => ({
      key,
      accountId: null,
      name: key,
      group: null,
      memberRole: null,
      isListed: false,
      ...differing,
    })),
    unread: [],
  };
};

/** What was done, in the order in which it was, and a way to wait for so many of it. */
const journal = () => {
  const done: string[] = [];
  const waiting = new Set<() => void>();
  return {
    done,
    add: (line: string) => {
      done.push(line);
      for (const look of waiting) look();
    },
    reached: (count: number) =>
      new Promise<void>((resolve) => {
        const look = () => {
          if (done.length >= count) resolve();
        };
        waiting.add(look);
        look();
      }),
  };
};

const workshop = (differing: Partial<Workshop>): Workshop => ({
  audit: async () => {},
  report: async () => {},
  auditFailed: async () => {},
  reportFailed: async () => {},
  ...differing,
});

const jobsOf = (state: string) => administer(`SELECT output FROM vigil_queue.job WHERE state = '${state}'`);

it('does each account of a night once, however often and by how many it is put into the queue', async () => {
  const night = nightOf(['a', 'b', 'c']);
  const queues = [await usedQueue(), await usedQueue()];
  await Promise.all(queues.flatMap((queue) => [queue.enqueue(night), queue.enqueue(night)]));
  const { done, add, reached } = journal();
  for (const queue of queues) await queue.work(workshop({ audit: async ({ key }) => add(key) }));
  await reached(3);
  await queues[0]?.enqueue(night);
  await queues[0]?.enqueue(nightOf(['last']));
  await reached(4);
  expect(done.toSorted()).toEqual(['a', 'b', 'c', 'last']);
});

it('keeps the report for the deadline, and has it made at once when all accounts are in', async () => {
  const [early, late] = [nightOf(['a']), nightOf([])];
  const queue = await usedQueue();
  await queue.enqueue(early);
  await queue.enqueue({ ...late, deadline: at('2026-03-01T02:31:00Z') });
  const { done, add, reached } = journal();
  const report = async ({ nightId }: { readonly nightId: string }) => add(nightId);
  await queue.work(workshop({ report }));
  await reached(1);
  expect(done).toEqual([late.id]);
  await queue.reportNow(early.id);
  await reached(2);
  await queue.reportNow(early.id);
  expect(done).toEqual([late.id, early.id]);
});

it('tries again what failed, and gives it up with the reason of the last try and no stack', async () => {
  const queue = await usedQueue();
  const night = nightOf(['broken', 'once']);
  await queue.enqueue(night);
  const { done, add, reached } = journal();
  const audit = async ({ key }: AccountJob): Promise<void> => {
    const tries = done.filter((line) => line.startsWith(key)).length;
    add(`${key} ${String(tries)}`);
    if (key === 'broken' || tries === 0) throw new Error(`${key}: access denied, try ${String(tries)}`);
  };
  await queue.work(
    workshop({
      audit,
      auditFailed: async ({ nightId, key }, reason) => add(`given up: ${nightId === night.id} ${key}: ${reason}`),
    }),
  );
  await reached(5);
  expect(done.toSorted()).toEqual([
    'broken 0',
    'broken 1',
    'given up: true broken: broken: access denied, try 1',
    'once 0',
    'once 1',
  ]);
  const [failed] = await jobsOf('failed');
  expect(failed?.['output']).toEqual({ name: 'Error', message: 'broken: access denied, try 1' });
});

it('gives a job to another worker when its own is not heard of any more, and the late one is told to stop', async () => {
  const [first, second] = [await opened(), await usedQueue()];
  await first.enqueue(nightOf(['a']));
  const { done, add, reached } = journal();
  const hanging = (_: unknown, signal: AbortSignal): Promise<void> =>
    new Promise((_, reject) => {
      add('first');
      signal.addEventListener('abort', () => {
        add('told to stop');
        reject(new Error('stopped'));
      });
    });
  await first.work(workshop({ audit: hanging }));
  await reached(1);
  await second.work(workshop({ audit: async () => add('second') }));
  await administer("UPDATE vigil_queue.job SET heartbeat_on = now() - interval '11 s' WHERE state = 'active'");
  await supervise();
  await reached(2);
  expect(done).toEqual(['first', 'second']);
  await first.close(0);
  expect(done).toEqual(['first', 'second', 'told to stop']);
  expect((await jobsOf('active')).length).toBe(0);
});

/** Has pg-boss look after jobs at once, which each worker has it do every few seconds. */
const supervise = async (): Promise<void> => {
  await administer('UPDATE vigil_queue.queue SET monitor_on = NULL');
  const boss = new PgBoss({ connectionString: url, schema: 'vigil_queue', supervise: false, schedule: false });
  await boss.start();
  await boss.supervise();
  await boss.stop({ graceful: false });
};

it('leaves accounts of the organization to wait where so many are audited by all workers, and takes those by themselves', async () => {
  const limits = { accountsAtOnce: 2 };
  const [first, second] = [await usedQueue({ ...limits, concurrency: 2 }), await usedQueue(limits)];
  const night = nightOf(['a', 'b', 'c', 'd']);
  await first.enqueue(night);
  const { done, add, reached } = journal();
  const held: (() => void)[] = [];
  const hold = async ({ key }: AccountJob): Promise<void> => {
    add(key);
    await new Promise<void>((resolve) => held.push(resolve));
  };
  await first.work(workshop({ audit: hold }));
  await reached(2);
  await first.enqueue(nightOf(['own'], { isListed: true }));
  await second.work(workshop({ audit: async ({ key }) => add(key) }));
  await reached(3);
  expect(done[2]).toBe('own');
  for (const end of held.splice(0)) end();
  await reached(4);
  for (const end of held) end();
});

it('lets what is under way end when it closes, and gives back at once what does not', async () => {
  const [first, second] = [
    await opened({ concurrency: 2, retrySeconds: 3600 }),
    await usedQueue({ retrySeconds: 3600 }),
  ];
  await first.enqueue(nightOf(['long', 'short']));
  const { done, add, reached } = journal();
  let endShort = (): void => {};
  await first.work(
    workshop({
      audit: ({ key }, signal) =>
        new Promise((resolve, reject) => {
          add(`first has ${key}`);
          if (key === 'short') endShort = resolve;
          signal.addEventListener('abort', () => reject(new Error('stopped')));
        }),
    }),
  );
  await reached(2);
  const closing = first.close(1);
  endShort();
  await closing;
  await second.work(workshop({ audit: async ({ key }) => add(`second has ${key}`) }));
  await reached(3);
  expect(done.slice(2)).toEqual(['second has long']);
});

it('says in one line without a password why a database cannot hold a queue', async () => {
  const nowhere = await openJobQueue(
    { url: 'postgres://vigil:hush@127.0.0.1:1/x', password: null },
    SETTINGS,
    () => {},
  );
  expect(nowhere).toMatchObject({ ok: false });
  expect(String(!nowhere.ok && nowhere.error)).toMatch(/^queue: `postgres:[^\n]*cannot hold a queue: /);
  expect(JSON.stringify(nowhere)).not.toContain('hush');
});

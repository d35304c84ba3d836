import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it, onTestFinished } from 'vitest';
import { openJobQueue } from '../../src/queue/pg-boss-queue.ts';
import { at, opened } from '../../src/store/testing/history-example.ts';
import { startPostgres, type TestPostgres } from '../../src/store/testing/postgres-server.ts';
import { HUB, ODD, workedOrganization } from '../nights/organization-of-workers.ts';
import { runVigil } from './run-vigil.ts';
import { type StartedDaemon, startLogging } from './start-daemon.ts';

let directory = '';
let server: TestPostgres;
const started: StartedDaemon[] = [];
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-worker-'));
  server = await startPostgres();
});
afterEach(() => {
  for (const one of started.splice(0)) one.kill('SIGKILL');
});
afterAll(async () => {
  await server.stop();
  rmSync(directory, { recursive: true, force: true });
});

const configure = (text: string): void => writeFileSync(join(directory, 'vigil.yaml'), text);

const QUEUE = 'queue: { enabled: true, retrySeconds: 1, heartbeatSeconds: 10 }';

it('says in a line why it cannot work: a database that is not there, or a history in a file', async () => {
  configure(`${QUEUE}\naccounts: { organization: { roleName: vigil-audit } }\n`);
  const away = { VIGIL_HISTORY_URL: 'postgres://vigil:hush@127.0.0.1:1/vigil' };
  const [nowhere, inFile, planned] = await Promise.all([
    runVigil(['worker'], directory, away),
    runVigil(['worker'], directory, { VIGIL_HISTORY_FILE: join(directory, 'h.sqlite') }),
    runVigil(['run-now'], directory, { VIGIL_HISTORY_FILE: join(directory, 'h.sqlite') }),
  ]);
  expect(nowhere).toMatchObject({ exitCode: 2, stdout: '' });
  expect(nowhere.stderr).toMatch(/^vigil: history: `postgres:[^\n]*ECONNREFUSED[^\n]*\n$/);
  expect(nowhere.stderr).not.toContain('hush');
  const line = 'queue: several processes share a PostgreSQL database only: name one as `history.url`';
  expect(inFile).toMatchObject({ exitCode: 2, stderr: `vigil: ${line}\n` });
  expect(planned).toMatchObject({ exitCode: 2 });
  expect(planned.stderr).toContain(line);
});

/** A way to a database that can be cut. */
const cuttable = async (url: string) => {
  const target = new URL(url);
  const { hostname, port } = target;
  const sockets = new Set<Socket>();
  let isCut = false;
  const proxy = createServer((socket) => {
    if (isCut) {
      socket.destroy();
      return;
    }
    const onward = connect(Number(port), hostname);
    for (const [one, other] of [
      [socket, onward],
      [onward, socket],
    ] as const) {
      sockets.add(one);
      one.on('error', () => {}).on('close', () => other.destroy());
      one.pipe(other);
    }
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void proxy.close());
  const address = proxy.address();
  target.port = String(typeof address === 'object' && address !== null ? address.port : 0);
  return {
    url: target.href,
    cut: () => {
      isCut = true;
      for (const socket of sockets) socket.destroy();
      sockets.clear();
    },
    mend: () => {
      isCut = false;
    },
  };
};

it('gives back at once what it cannot finish, ends at once when it is told twice, and goes on when its database is back', {
  timeout: 120_000,
}, async () => {
  const organization = await workedOrganization(4);
  organization.hold();
  const asked = (): Promise<void> =>
    new Promise((resolve) => {
      organization.onCall = (accountId) => {
        if (accountId === ODD.stuck) resolve();
      };
    });
  const url = await server.freshDatabase();
  const way = await cuttable(url);
  configure(`
aws: { endpointUrl: "${organization.endpoint}", region: us-east-1 }
accounts: { organization: { roleName: vigil-audit, externalId: ${HUB.externalId} } }
collect: { regions: [us-east-1], resources: false, lastAccessed: false, attribution: false }
report: { formats: [json] }
daemon: { stopSeconds: 1 }
${QUEUE}
`);
  const start = (differing: Record<string, string> = {}): StartedDaemon => {
    const keys = { AWS_ACCESS_KEY_ID: HUB.accessKeyId, AWS_SECRET_ACCESS_KEY: HUB.secretAccessKey };
    const one = startLogging(['worker'], directory, { ...keys, VIGIL_HISTORY_URL: way.url, ...differing });
    started.push(one);
    return one;
  };
  const history = await opened(url);
  const settings = {
    concurrency: 1,
    accountsAtOnce: 1,
    retries: 5,
    retrySeconds: 3600,
    heartbeatSeconds: 10,
    jobMinutes: 5,
  };
  const queue = await openJobQueue({ url, password: null }, settings, () => {});
  if (!queue.ok) throw new Error(queue.error);
  onTestFinished(async () => {
    await queue.value.close(0);
    await history.close();
  });
  const memberRole = `arn:aws:iam::${ODD.stuck}:role/vigil-audit`;
  const night = await history.nights.begin({
    id: '20260301T023000Z-nightly',
    group: 'nightly',
    startedAt: at('2026-03-01T02:30:00Z'),
    deadline: at('2999-01-01T00:00:00Z'),
    accounts: [{ key: ODD.stuck, accountId: ODD.stuck, name: null, group: null, memberRole, isListed: false }],
    unread: [],
  });

  let isAsked = asked();
  const first = start();
  await first.said('worker starts');
  await queue.value.enqueue(night);
  await isAsked;
  isAsked = asked();
  first.kill('SIGTERM');
  expect(await first.ended).toBe(0);

  const second = start({ VIGIL_DAEMON_STOP_SECONDS: '3600' });
  await isAsked;
  isAsked = asked();
  second.kill('SIGTERM');
  await second.said('worker stops');
  second.kill('SIGTERM');
  expect(await second.ended).toBeNull();

  const third = start();
  await third.said('worker starts');
  await server.administer(
    `UPDATE vigil_queue.job SET heartbeat_on = now() - interval '11 s', retry_delay = 1 WHERE state = 'active'`,
    new URL(url).pathname.slice(1),
  );
  await isAsked;
  way.cut();
  organization.release();
  await third.said('queue: the connection was lost');
  way.mend();
  await third.said('night job done');
  expect((await history.nights.standing(night.id))?.end).toMatchObject({ problem: null });
  expect((await history.runs()).map(({ id }) => id)).toEqual([`${night.id}-${ODD.stuck}`]);
  third.kill('SIGTERM');
  expect(await third.ended).toBe(0);
});

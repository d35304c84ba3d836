// A night of an organization, through PostgreSQL and workers: `node test/bench/organization.ts [ACCOUNTS [WORKERS [NIGHTS [open]]]]`.
// Needs the built command. `open`: each fiftieth account lets in everybody as administrator, so that all are judged again.

import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { startPostgres } from '../../src/store/testing/postgres-server.ts';
import { HUB } from './generated-organization.ts';
import { print } from './measure.ts';
import { type ProcessUse, watchProcesses } from './watch-processes.ts';

const [accounts = 10, workers = 2, nights = 2] = process.argv.slice(2, 5).map(Number);
const open = process.argv[5] === 'open';
const MIB = 1024 * 1024;
const vigil = fileURLToPath(new URL('../../dist/cli/vigil.js', import.meta.url));
const directory = mkdtempSync(join(tmpdir(), 'vigil-organization-'));

/** An emulated organization in a process of its own. */
const startOrganization = async () => {
  const path = fileURLToPath(new URL('./organization-process.ts', import.meta.url));
  const args = [String(accounts), String(open), join(directory, 'state.jsonl')];
  const child = fork(path, args, { execArgv: ['--max-old-space-size=8192'] });
  const [endpoint] = (await once(child, 'message')) as [string];
  const calls = async (): Promise<Record<string, number>> => {
    const answer = once(child, 'message');
    child.send('calls');
    return ((await answer) as [Record<string, number>])[0];
  };
  return { child, endpoint, calls };
};

const configure = (endpoint: string): void =>
  writeFileSync(
    join(directory, 'vigil.yaml'),
    JSON.stringify({
      aws: { endpointUrl: endpoint, region: 'us-east-1' },
      accounts: { organization: { roleName: HUB.roleName, externalId: HUB.externalId } },
      // What is remembered of a night would spare the next one calls that it needs a day later.
      collect: { cacheHours: 0 },
      queue: { enabled: true },
      report: { directory: 'reports' },
      daemon: { groups: [{ name: 'nightly', cron: '0 3 29 2 *' }], deadlineMinutes: 1440, overdueAfterMinutes: 1440 },
    }),
  );

/** Starts the built command in the directory; what it says goes to a file there. */
const start = (name: string, args: readonly string[], database: string): ChildProcess => {
  const log = openSync(join(directory, `${name}.log`), 'a');
  const child = spawn(process.execPath, [vigil, ...args], {
    cwd: directory,
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: directory,
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_ACCESS_KEY_ID: HUB.accessKeyId,
      AWS_SECRET_ACCESS_KEY: HUB.secretAccessKey,
      VIGIL_HISTORY_URL: database,
    },
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  return child;
};

/** Whether the first process has made the tables. */
const isMade = async (database: Client): Promise<boolean> => {
  const { rows } = await database.query<Record<string, unknown>>(`SELECT to_regclass('night_accounts') AS made`);
  return rows[0]?.['made'] !== null;
};

/** How the night of a number stands. */
const standing = async (database: Client, night: number) => {
  const { rows } = await database.query<Record<string, unknown>>(
    `SELECT n.finished_at, n.problem, count(*) FILTER (WHERE a.state = 'waiting') AS waiting, count(*) FILTER (WHERE a.state = 'audited') AS audited
     FROM nights n LEFT JOIN night_accounts a ON a.night_id = n.id GROUP BY n.id ORDER BY n.id`,
  );
  const row = rows[night];
  return {
    isAudited: row !== undefined && Number(row['waiting']) === 0,
    isFinished: row !== undefined && row['finished_at'] !== null,
    audited: Number(row?.['audited'] ?? 0),
    problem: row?.['problem'] ?? null,
  };
};

const sizeOf = (path: string): number => {
  const found = statSync(path);
  return found.isDirectory() ? readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0) : found.size;
};

const databaseSize = async (database: Client): Promise<number> => {
  await database.query('VACUUM FULL');
  const { rows } = await database.query<Record<string, unknown>>(
    'SELECT pg_database_size(current_database()) AS bytes',
  );
  return Number(rows[0]?.['bytes'] ?? 0);
};

/** The largest tables with their indexes, as PostgreSQL tells them. */
const largestTables = async (database: Client): Promise<readonly (readonly [name: string, bytes: number])[]> => {
  const { rows } = await database.query<Record<string, unknown>>(
    `SELECT relname, pg_total_relation_size(oid) AS bytes FROM pg_class WHERE relkind = 'r' ORDER BY bytes DESC LIMIT 4`,
  );
  return rows.map(({ relname, bytes }) => [String(relname), Number(bytes)]);
};

const seconds = (ms: number): string => `${(ms / 1000).toFixed(0)} s`;
const mib = (bytes: number): string => `${(bytes / MIB).toFixed(1)} MiB`;
const largest = (processes: readonly ProcessUse[] = []): string =>
  `${Math.max(0, ...processes.map(({ peakMiB }) => peakMiB)).toFixed(0)} MiB`;
const cpu = (processes: readonly ProcessUse[] = []): number =>
  processes.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0);

const AUDITS = 'audits';
const REPORT = 'report';

const measureNight = async (
  night: number,
  url: string,
  database: Client,
  trees: ReadonlyMap<string, number>,
): Promise<void> => {
  let phase = AUDITS;
  const [began, watch] = [Date.now(), watchProcesses(trees, () => phase)];
  const asked = start(`run-now-${night}`, ['run-now', 'nightly'], url);
  let auditedAt = began;
  let now = await standing(database, night);
  for (; !now.isFinished; now = await standing(database, night)) {
    if (now.isAudited) phase = REPORT;
    else auditedAt = Date.now();
    await pause(200);
  }
  const ended = Date.now();
  asked.kill();
  const used = watch.stop();
  const [audits, report] = [AUDITS, REPORT].map((each) =>
    used.filter((one) => !one.isRoot && one.tree !== 'daemon' && one.phase === each),
  );
  const took = auditedAt - began;
  print(
    `night ${night + 1}: accounts audited${now.problem === null ? '' : ` (${String(now.problem)})`}`,
    String(now.audited),
  );
  print('  accounts an hour', ((now.audited / took) * 3_600_000).toFixed(0));
  print('  until all accounts were in', seconds(took));
  print('  the report about all', seconds(ended - auditedAt));
  print('  CPU of the audits, an account', `${((cpu(audits) / Math.max(1, now.audited)) * 1000).toFixed(0)} cpu ms`);
  print('  CPU of the report about all', `${cpu(report).toFixed(1)} cpu s`);
  print('  CPU of workers and daemon themselves', `${cpu(used.filter(({ isRoot }) => isRoot)).toFixed(1)} cpu s`);
  print('  peak memory of a process that audits', largest(audits));
  print('  peak memory of the one that makes the report', largest(report));
  print('  peak memory of a worker itself', largest(used.filter((one) => one.isRoot && one.tree !== 'daemon')));
  print('  peak memory of the daemon', largest(used.filter((one) => one.isRoot && one.tree === 'daemon')));
  print('  database', mib(await databaseSize(database)));
  for (const [name, bytes] of await largestTables(database)) print(`    of it table ${name}`, mib(bytes));
  print('  reports', mib(sizeOf(join(directory, 'reports'))));
};

const organization = await startOrganization();
const postgres = await startPostgres();
const url = await postgres.freshDatabase();
const database = new Client(url);
const children: ChildProcess[] = [];
try {
  await database.connect();
  configure(organization.endpoint);
  console.log(`an organization of ${accounts} accounts, ${workers} workers; Node ${process.version}`);
  const trees = new Map<string, number>();
  for (const name of ['daemon', ...Array.from({ length: workers }, (_, index) => `worker-${index}`)]) {
    const child = start(name, [name.replace(/-.*/, '')], url);
    children.push(child);
    trees.set(name, child.pid ?? 0);
  }
  while (!(await isMade(database))) await pause(200);
  for (let night = 0; night < nights; night++) await measureNight(night, url, database, trees);
  const calls = Object.entries(await organization.calls()).sort(([, left], [, right]) => right - left);
  for (const [action, count] of calls.filter(([, count]) => count >= accounts)) {
    print(`  ${action}, calls an account and night`, (count / accounts / nights).toFixed(1));
  }
} catch (error) {
  for (const name of readdirSync(directory).filter((each) => each.endsWith('.log'))) {
    console.error(`${name}:\n${readFileSync(join(directory, name), 'utf8').slice(-2000)}`);
  }
  throw error;
} finally {
  await database.end();
  for (const child of children) child.kill('SIGTERM');
  await Promise.all(children.filter(({ exitCode }) => exitCode === null).map((child) => once(child, 'exit')));
  organization.child.kill();
  await postgres.stop();
  rmSync(directory, { recursive: true, force: true });
}

import { createServer } from 'node:net';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Secret } from '../kernel/secret.ts';
import { MIGRATIONS } from './migrations.ts';
import { openPostgresHistory } from './postgres-history.ts';
import { at, auditOf, findingAbout, opened, recordAudit } from './testing/history-example.ts';
import { startPostgres, type TestPostgres } from './testing/postgres-server.ts';

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

const NIGHT = at('2026-03-01T02:30:00Z');
const AUDIT = auditOf(NIGHT, [findingAbout('A')]);
const nameOf = (url: string): string => new URL(url).pathname.slice(1);

/** A URL with something else in it. */
const changed = (url: string, change: Partial<Pick<URL, 'username' | 'password' | 'port' | 'pathname' | 'search'>>) =>
  Object.assign(new URL(url), change).href;

/** Opens a history that cannot be opened, and gives why. */
const problemOf = async (url: string, password: Secret | null = null): Promise<string> => {
  const history = await openPostgresHistory({ url, password });
  if (!history.ok) return history.error;
  await history.value.close();
  return 'was opened';
};

/** Waits until a connection to a database waits for a lock, and ends it. */
const endWaiting = async (database: string): Promise<void> => {
  const waiting = `SELECT pid FROM pg_stat_activity WHERE datname = '${database}' AND wait_event_type = 'Lock'`;
  for (;;) {
    const ended = await server.administer(`SELECT pg_terminate_backend(pid) FROM (${waiting}) AS waiting`);
    if (ended.length > 0) return;
  }
};

describe('a connection that is lost', () => {
  it('in the middle of an audit leaves nothing of it, and the next question has another', async () => {
    const url = await server.freshDatabase();
    const history = await opened(url);
    const other = new Client(url);
    await other.connect();
    // The audit has its row by then, and waits for the next one.
    await other.query('BEGIN; LOCK TABLE vigil.run_accounts IN EXCLUSIVE MODE');
    const recording = expect(recordAudit(history, AUDIT)).rejects.toThrow(/^the connection was lost$/);
    await endWaiting(nameOf(url));
    await recording;
    await other.end();
    expect(await history.runs()).toEqual([]);
    expect(await recordAudit(history, AUDIT)).toMatchObject({ findings: [{ state: 'new' }] });
    await history.close();
  });

  it('while nothing is asked is no reason to end', async () => {
    const url = await server.freshDatabase();
    const history = await opened(url);
    await recordAudit(history, AUDIT);
    const others = `datname = '${nameOf(url)}' AND pid <> pg_backend_pid()`;
    await server.administer(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${others}`);
    // The first to ask may be told, if it comes before the news.
    await history.runs().catch(() => []);
    expect(await history.runs()).toHaveLength(1);
    await history.close();
  });
});

describe('the tables', () => {
  it('are brought to the latest version by one of several that open them at once', async () => {
    const url = await server.freshDatabase();
    for (const history of await Promise.all([url, url, url, url].map(opened))) await history.close();
    expect(await server.administer('SELECT number FROM vigil.version', nameOf(url))).toEqual([
      { number: MIGRATIONS.length },
    ]);
  });

  it('are in a schema of their own, beside what else the database holds', async () => {
    const url = await server.freshDatabase();
    await server.administer('CREATE TABLE public.runs (mine TEXT)', nameOf(url));
    const history = await opened(url);
    await recordAudit(history, AUDIT);
    await history.close();
    expect(await server.administer('SELECT * FROM public.runs', nameOf(url))).toEqual([]);
  });

  it('are not taken from somebody else', async () => {
    const url = await server.freshDatabase();
    await server.administer('CREATE SCHEMA vigil; CREATE TABLE vigil.runs (mine TEXT)', nameOf(url));
    expect(await problemOf(url)).toContain(
      "cannot be opened as a history database: its schema `vigil` is somebody else's",
    );
  });

  it('are made by whoever may make nothing else, and read by whoever may only read', async () => {
    const url = await server.freshDatabase();
    const database = nameOf(url);
    await server.administer(
      `CREATE ROLE writer LOGIN PASSWORD 'w'; CREATE ROLE reader LOGIN PASSWORD 'r'; CREATE SCHEMA vigil AUTHORIZATION writer`,
      database,
    );
    const history = await opened(changed(url, { username: 'writer', password: 'w' }));
    await recordAudit(history, AUDIT);
    await history.close();
    const asReader = changed(url, { username: 'reader', password: 'r' });
    expect(await problemOf(asReader)).toContain('permission denied for schema vigil');
    await server.administer(
      'GRANT USAGE ON SCHEMA vigil TO reader; GRANT SELECT ON ALL TABLES IN SCHEMA vigil TO reader',
      database,
    );
    const reading = await opened(asReader);
    expect(await reading.runs()).toHaveLength(1);
    await expect(recordAudit(reading, AUDIT)).rejects.toThrow('permission denied for table');
    await reading.close();
  });
});

describe('what cannot be opened', () => {
  it.each<readonly [string, (url: string) => string, Secret | null, string]>([
    [
      'a wrong password',
      (url) => changed(url, { password: 'WRONG' }),
      null,
      'password authentication failed for user "vigil"',
    ],
    ['a wrong password beside a right one', (url) => url, new Secret('WRONG'), 'password authentication failed'],
    ['no password', (url) => changed(url, { password: '' }), null, 'the server asks for a password, and there is none'],
    ['no such database', (url) => changed(url, { pathname: '/none' }), null, 'database "none" does not exist'],
    ['nobody at any address of a name', () => 'postgres://vigil@localhost:1/audits', null, 'connect ECONNREFUSED'],
    ['nobody at the port', (url) => changed(url, { port: '1' }), null, 'connect ECONNREFUSED 127.0.0.1:1'],
    [
      'a server without TLS',
      (url) => changed(url, { search: '?sslmode=require' }),
      null,
      'the server does without TLS; so does `sslmode=disable` in the URL',
    ],
    [
      'no file of who vouches',
      (url) => changed(url, { search: '?sslmode=verify-full&sslrootcert=/none' }),
      null,
      "sslrootcert: ENOENT: no such file or directory, open '/none'",
    ],
  ])('%s is told in one line without a password', async (_, urlOf, password, problem) => {
    const url = await server.freshDatabase();
    const told = await problemOf(urlOf(url), password);
    expect(told).toContain(problem);
    expect(told).toMatch(/^history: /);
    for (const secret of ['WRONG', new URL(url).password, '\n']) expect(told).not.toContain(secret);
  });

  it('a server that does not answer is waited for as long as the URL says', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => silent.once('listening', resolve));
    const address = silent.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    expect(await problemOf(`postgres://vigil:SECRET@127.0.0.1:${String(port)}/audits?connect_timeout=0.1`)).toBe(
      `history: \`postgres://vigil@127.0.0.1:${String(port)}/audits\` cannot be opened as a history database: the server does not answer in time`,
    );
    silent.close();
  });
});

describe('TLS', () => {
  it('is spoken and verified as the URL says', async () => {
    const url = await server.freshDatabase();
    const certificate = await server.offerTls();
    const opening = (search: string) => problemOf(changed(url, { search }));
    expect(await opening('?sslmode=require')).toBe('was opened');
    expect(await opening(`?sslmode=verify-full&sslrootcert=${certificate}`)).toBe('was opened');
    expect(await opening('?sslmode=verify-full')).toContain('nobody that is trusted vouches for the server');
    const asLocalhost = changed(url, { search: `?sslmode=verify-full&sslrootcert=${certificate}` }).replace(
      '127.0.0.1',
      'localhost',
    );
    expect(await problemOf(asLocalhost)).toContain("Hostname/IP does not match certificate's altnames");
    expect(await problemOf(asLocalhost.replace('verify-full', 'verify-ca'))).toBe('was opened');
    const history = await opened(changed(url, { search: '?sslmode=require' }));
    await history.runs();
    const spoken = `SELECT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE application_name = 'vigil'`;
    expect(await server.administer(spoken)).toContainEqual({ ssl: true });
    await history.close();
  });
});

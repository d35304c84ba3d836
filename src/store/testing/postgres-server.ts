import { spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Client } from 'pg';

/** A PostgreSQL of a test: on loopback, as an ordinary user, for as long as this process runs. */
export interface TestPostgres {
  /** Makes an empty database, or a copy of one of its own by the URL, and gives its URL, with the password of its owner. */
  freshDatabase(of?: string): Promise<string>;
  /** Has the server do something, in one database or in its own. */
  administer(sql: string, database?: string): Promise<readonly Record<string, unknown>[]>;
  /** Has the server offer TLS, with a certificate for 127.0.0.1 that it signed itself, and gives the certificate's file. */
  offerTls(): Promise<string>;
  stop(): Promise<void>;
}

/** Starts a PostgreSQL, which takes about a second: one for a file of tests, a database for each test. */
export const startPostgres = async (tries = 5): Promise<TestPostgres> => {
  const user = ordinaryUser();
  // What is root's own, as its TMPDIR may be, no other user gets into.
  const directory = mkdtempSync(join(user === null ? tmpdir() : '/tmp', 'vigil-postgres-'));
  if (user !== null) chownSync(directory, user.uid, user.gid);
  const version = latestPostgres();
  initialize(version, directory, user);
  const port = await freePort();
  const { started, stop } = serve(version, directory, port, user);
  const problem = await started;
  if (problem === null) return testPostgres(port, { certificate: () => certify(directory, user), stop });
  await stop();
  // Another process may have taken the port meanwhile.
  if (tries > 1 && problem.includes('could not create any TCP/IP sockets')) return startPostgres(tries - 1);
  throw new Error(`PostgreSQL does not start: ${problem}`);
};

const PASSWORD = 'p@ss/word of a test';

const testPostgres = (
  port: number,
  { certificate, stop }: { readonly certificate: () => string; readonly stop: () => Promise<void> },
): TestPostgres => {
  const urlOf = (database: string): string =>
    `postgres://vigil:${encodeURIComponent(PASSWORD)}@127.0.0.1:${String(port)}/${database}`;
  const administer: TestPostgres['administer'] = async (sql, database = 'postgres') => {
    const client = new Client(urlOf(database));
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end();
    }
  };
  let databases = 0;
  return {
    administer,
    freshDatabase: async (of) => {
      databases += 1;
      const name = `test_${String(databases)}`;
      await administer(
        `CREATE DATABASE ${name}${of === undefined ? '' : ` TEMPLATE ${new URL(of).pathname.slice(1)}`}`,
      );
      return urlOf(name);
    },
    offerTls: async () => {
      const file = certificate();
      await administer(`ALTER SYSTEM SET ssl_cert_file = '${file}'`);
      await administer(`ALTER SYSTEM SET ssl_key_file = '${file}.key'`);
      await administer('ALTER SYSTEM SET ssl = on');
      await administer('SELECT pg_reload_conf()');
      return file;
    },
    stop,
  };
};

/** Makes a certificate with its key beside it, as who runs the server, who alone may read the key. */
const certify = (directory: string, user: User | null): string => {
  const file = join(directory, 'certificate');
  const subject = ['-subj', '/CN=test', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '2'];
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', `${file}.key`];
  const args = ['req', '-x509', ...key, ...subject, '-out', file];
  const { status, stderr } = spawnSync('openssl', args, { ...user, encoding: 'utf8' });
  if (status !== 0) throw new Error(`openssl makes no certificate: ${stderr}`);
  return file;
};

const PROGRAMS = '/usr/lib/postgresql';

/** The latest major version that Debian has installed here. */
const latestPostgres = (): number => {
  const installed = existsSync(PROGRAMS) ? readdirSync(PROGRAMS).map(Number) : [];
  const latest = Math.max(...installed.filter((version) => version >= 13 && existsSync(programOf(version, 'initdb'))));
  if (Number.isFinite(latest)) return latest;
  throw new Error('the tests need PostgreSQL 13 or later: `apt-get install postgresql`');
};

const programOf = (version: number, name: string): string => join(PROGRAMS, String(version), 'bin', name);

interface User {
  readonly uid: number;
  readonly gid: number;
}

/** Who runs the server: PostgreSQL does not run as root. */
const ordinaryUser = (): User | null => {
  if (process.getuid?.() !== 0) return null;
  const idOf = (option: string): number => Number(spawnSync('id', [option, 'nobody'], { encoding: 'utf8' }).stdout);
  return { uid: idOf('-u'), gid: idOf('-g') };
};

/** Makes the data directory. Databases sort as people do where they can, unlike SQLite's, so that tests see where that shows. */
const initialize = (version: number, directory: string, user: User | null): void => {
  const passwordFile = join(directory, 'password');
  writeFileSync(passwordFile, PASSWORD);
  const args = ['--pgdata', join(directory, 'data'), '--username=vigil', `--pwfile=${passwordFile}`];
  const settings = ['--auth=scram-sha-256', '--encoding=UTF8', '--no-locale', '--no-sync', '--wal-segsize=1'];
  const order = version < 15 ? [] : ['--locale-provider=icu', '--icu-locale=en-US'];
  const { status, stderr } = spawnSync(programOf(version, 'initdb'), [...args, ...settings, ...order], {
    ...user,
    cwd: directory,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`PostgreSQL cannot make its files: ${stderr}`);
};

// The server ends, and its files go, when its standard input does: also where this process is killed.
const UNTIL_INPUT_ENDS = 'trap "" INT TERM; "$@" & cat >/dev/null; kill -QUIT $!; wait $!; rm -rf "$PWD"';

const serve = (version: number, directory: string, port: number, user: User | null) => {
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'fsync=off',
    'full_page_writes=off',
    'synchronous_commit=off',
    'shared_buffers=32MB',
    'max_connections=60',
  ].flatMap((setting) => ['-c', setting]);
  const server = [programOf(version, 'postgres'), '-D', join(directory, 'data'), '-p', String(port), ...settings];
  const child = spawn('/bin/sh', ['-c', UNTIL_INPUT_ENDS, 'sh', ...server], {
    ...user,
    cwd: directory,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  const closed = new Promise<void>((resolve) => {
    child.on('close', () => resolve());
  });
  const started = new Promise<string | null>((resolve) => {
    createInterface({ input: child.stderr }).on('line', (line) => {
      if (line.includes('ready to accept connections')) resolve(null);
      if (line.includes('FATAL')) resolve(line);
    });
    void closed.then(() => resolve('it ended'));
  });
  const stop = (): Promise<void> => {
    child.stdin.end();
    return closed;
  };
  return { started, stop };
};

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });

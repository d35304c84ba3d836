import { readFile } from 'node:fs/promises';
import type { ConnectionOptions } from 'node:tls';
import { Pool, type PoolConfig } from 'pg';
import { type PostgresUrl, parsePostgresUrl } from '../kernel/postgres-url.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { Secret } from '../kernel/secret.ts';

/** How to reach a database. */
export interface PostgresAccess {
  readonly url: string;
  /** Takes the place of the URL's; where there is neither, `PGPASSWORD` and the file `.pgpass` are asked, as libpq does. */
  readonly password: Secret | null;
  /** How the server lists the connections. */
  readonly applicationName: string;
}

const KEEP_ALIVE_MS = 10_000;

/** What a client of `pg` is to be given to reach a database. The error says what is wrong with the URL, without repeating it. */
export const connectionSettings = async ({
  url,
  password,
  applicationName,
}: PostgresAccess): Promise<Result<PoolConfig, string>> => {
  const parsed = parsePostgresUrl(url);
  if (!parsed.ok) return parsed;
  const { host, port, database, user, connectTimeoutSeconds } = parsed.value;
  const secret = password ?? parsed.value.password;
  const ssl = await tlsOf(parsed.value);
  if (!ssl.ok) return ssl;
  return ok({
    host,
    port,
    database,
    ssl: ssl.value,
    ...(user !== null && { user }),
    ...(secret !== null && { password: secret.reveal() }),
    application_name: applicationName,
    connectionTimeoutMillis: connectTimeoutSeconds * 1000,
    // A server that is gone without a word is noticed by the system, after some ten minutes.
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
  });
};

/** Connections to a database, made when they are asked for. One that is lost breaks the question that it was asked, nothing else. */
export const openPool = (settings: PoolConfig): Pool => {
  const pool = new Pool(settings);
  // An error between two questions: the pool drops the connection, and whoever has it is told by its next question.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
};

/** Why the database did not answer, in one line without the URL or a password. */
export const postgresProblem = (error: unknown): string => {
  // A name that stands for several addresses, none of which answers.
  if (error instanceof AggregateError) return error.errors.map(postgresProblem).join(', ');
  if (!(error instanceof Error)) return String(error);
  const mended = MENDED.find(([pattern]) => pattern.test(error.message));
  return mended === undefined ? error.message : mended[1];
};

const MENDED: readonly (readonly [RegExp, string])[] = [
  [/client password must be a( non-empty)? string/, 'the server asks for a password, and there is none'],
  [/does not support SSL/, 'the server does without TLS; so does `sslmode=disable` in the URL'],
  [
    /self.signed certificate|unable to (get|verify)/,
    'nobody that is trusted vouches for the server; `sslrootcert` in the URL names a file of who does',
  ],
  [/timeout (expired|exceeded)|connection timeout/, 'the server does not answer in time'],
  [/terminated|not queryable|ECONNRESET|EPIPE/, 'the connection was lost'],
];

/** What is verified of the server, as libpq does by the same names. */
const tlsOf = async ({ sslMode, sslRootCert }: PostgresUrl): Promise<Result<ConnectionOptions | false, string>> => {
  if (sslMode === 'disable') return ok(false);
  if (sslMode === 'require' && sslRootCert === null) return ok({ rejectUnauthorized: false });
  const whoever = sslMode === 'verify-full' ? {} : { checkServerIdentity: () => undefined };
  if (sslRootCert === null) return ok(whoever);
  try {
    return ok({ ...whoever, ca: await readFile(sslRootCert, 'utf8') });
  } catch (error) {
    return err(`sslrootcert: ${error instanceof Error ? error.message : String(error)}`);
  }
};

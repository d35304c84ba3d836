import { err, ok, type Result } from './result.ts';
import { Secret } from './secret.ts';

/** Where a PostgreSQL database is, by its URL: `postgres://user:password@host:5432/database?sslmode=verify-full`. */
export interface PostgresUrl {
  /** A host, or the directory of a socket of this machine. */
  readonly host: string;
  readonly port: number;
  readonly database: string;
  /** Null: the URL says none. */
  readonly user: string | null;
  /** Null: the URL says none. */
  readonly password: Secret | null;
  readonly sslMode: SslMode;
  /** The file of those who may vouch for the server; null: whom Node trusts. */
  readonly sslRootCert: string | null;
  /** How long to wait for the server to answer. */
  readonly connectTimeoutSeconds: number;
}

/** Whether the connection is encrypted, and what is verified of the server, by libpq's names. */
export type SslMode = (typeof SSL_MODES)[number];

const SSL_MODES = ['disable', 'require', 'verify-ca', 'verify-full'] as const;
const PARAMETERS: ReadonlySet<string> = new Set(['host', 'sslmode', 'sslrootcert', 'connect_timeout']);

/** Whether a text means a database of PostgreSQL. */
export const isPostgresUrl = (text: string): boolean => /^postgres(ql)?:/i.test(text);

/** Reads a URL. Where it names another machine and no `sslmode`, the server is verified. No error repeats the URL. */
export const parsePostgresUrl = (text: string): Result<PostgresUrl, string> => {
  if (!isPostgresUrl(text) || !URL.canParse(text)) return err('must be `postgres://USER@HOST:PORT/DATABASE`');
  const { username, password, hostname, port, pathname, searchParams } = new URL(text);
  for (const name of searchParams.keys()) {
    if (!PARAMETERS.has(name)) return err(`unknown parameter \`${name}\`, known are ${[...PARAMETERS].join(', ')}`);
  }
  const parts = [username, password, hostname.replace(/^\[(.*)\]$/, '$1'), pathname.slice(1)].map(decoded);
  const [user = null, secret = null, named = null, database = null] = parts;
  if (parts.includes(null)) return err('has a `%` that begins no escape: write `%25`');
  const host = named || searchParams.get('host');
  if (!host) return err('names no server');
  if (!database) return err('names no database');
  const asked = searchParams.get('sslmode') ?? (isThisMachine(host) ? 'disable' : 'verify-full');
  const sslMode = SSL_MODES.find((mode) => mode === asked);
  if (sslMode === undefined) return err(`its sslmode must be one of ${SSL_MODES.join(', ')}`);
  const connectTimeoutSeconds = Number(searchParams.get('connect_timeout') ?? 10);
  if (!(connectTimeoutSeconds > 0)) return err('its connect_timeout must be a number of seconds');
  return ok({
    host,
    port: port === '' ? 5432 : Number(port),
    database,
    user: user || null,
    password: secret ? new Secret(secret) : null,
    sslMode,
    sslRootCert: searchParams.get('sslrootcert'),
    connectTimeoutSeconds,
  });
};

/** Whether a URL of a PostgreSQL database holds a password. */
export const holdsPassword = (text: string): boolean => {
  const parsed = parsePostgresUrl(text);
  return parsed.ok && parsed.value.password !== null;
};

/** A URL as people may see it: without a password. */
export const shownPostgresUrl = (text: string): string => {
  const parsed = parsePostgresUrl(text);
  if (!parsed.ok) return 'postgres://[not told]';
  const { host, port, database, user } = parsed.value;
  const server = host.includes(':') ? `[${host}]` : encodeURIComponent(host);
  const who = user === null ? '' : `${encodeURIComponent(user)}@`;
  return `postgres://${who}${server}:${String(port)}/${encodeURIComponent(database)}`;
};

const decoded = (text: string): string | null => {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
};

const isThisMachine = (host: string): boolean => /^(localhost|127\.[0-9.]+|::1|\/.*)$/.test(host);

import { describe, expect, it } from 'vitest';
import { parsePostgresUrl, shownPostgresUrl } from './postgres-url.ts';

describe('the URL of a PostgreSQL database', () => {
  it('says where it is, who asks, and how the server is verified', () => {
    const parsed = parsePostgresUrl(
      'postgresql://vi%40gil:p%2Fw@db.example.com:6432/audits?sslmode=verify-ca&sslrootcert=/etc/ca.pem',
    );
    expect(parsed).toMatchObject({
      ok: true,
      value: {
        host: 'db.example.com',
        port: 6432,
        database: 'audits',
        user: 'vi@gil',
        sslMode: 'verify-ca',
        sslRootCert: '/etc/ca.pem',
        connectTimeoutSeconds: 10,
      },
    });
    expect(parsed.ok && parsed.value.password?.reveal()).toBe('p/w');
  });

  it.each([
    ['another machine is verified', 'postgres://db.example.com/audits', 'verify-full'],
    ['this machine is not', 'postgres://localhost/audits', 'disable'],
    ['nor by its address', 'postgres://127.0.0.1/audits', 'disable'],
    ['nor by its other address', 'postgres://[::1]/audits', 'disable'],
    ['nor by a socket', 'postgres:///audits?host=/run/postgresql', 'disable'],
    ['what is asked for counts', 'postgres://db.example.com/audits?sslmode=require', 'require'],
    ['a name that begins like this machine is another', 'postgres://localhost.example.com/audits', 'verify-full'],
  ])('%s', (_, url, sslMode) => {
    expect(parsePostgresUrl(url)).toMatchObject({ ok: true, value: { sslMode, port: 5432, user: null } });
  });

  it.each([
    ['another scheme', 'mysql://vigil:SECRET@host/db', 'must be `postgres://USER@HOST:PORT/DATABASE`'],
    ['no port', 'postgres://vigil:SEC/RET@host/db', 'must be `postgres://USER@HOST:PORT/DATABASE`'],
    ['no time to wait', 'postgres://h/db?connect_timeout=0', 'its connect_timeout must be a number of seconds'],
    ['no database', 'postgres://vigil:SECRET@host', 'names no database'],
    ['no server', 'postgres:///db', 'names no server'],
    ['a stray percent', 'postgres://vigil:SECRET%@host/db', 'has a `%` that begins no escape: write `%25`'],
    [
      'a mode that does without where it is told to',
      'postgres://h/db?sslmode=prefer',
      'its sslmode must be one of disable, require, verify-ca, verify-full',
    ],
    [
      'another parameter',
      'postgres://h/db?foo=SECRET',
      'unknown parameter `foo`, known are host, sslmode, sslrootcert, connect_timeout',
    ],
  ])('is refused with %s, without being repeated', (_, url, error) => {
    expect(parsePostgresUrl(url)).toEqual({ ok: false, error });
    expect(shownPostgresUrl(url)).not.toContain('SEC');
  });

  it('is shown without its password and what else it says', () => {
    expect(shownPostgresUrl('postgresql://vi%40gil:SECRET@db.example.com/a%20b?sslmode=require')).toBe(
      'postgres://vi%40gil@db.example.com:5432/a%20b',
    );
    expect(shownPostgresUrl('postgres://[::1]:1/db')).toBe('postgres://[::1]:1/db');
    expect(shownPostgresUrl('postgres:///db?host=/run/pg')).toBe('postgres://%2Frun%2Fpg:5432/db');
  });
});

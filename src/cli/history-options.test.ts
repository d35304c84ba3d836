import { describe, expect, it } from 'vitest';
import { loadConfig } from '../config/config.ts';
import { historyOfAudit } from './history-options.ts';

const HOME = { HOME: '/home/ops' };
const DEFAULT = '/home/ops/.local/state/iam-vigil/history.sqlite';

const placeOf = (
  options: Parameters<typeof historyOfAudit>[0],
  yaml = '{}',
  environment: Parameters<typeof historyOfAudit>[2] = HOME,
) => {
  const config = loadConfig({ name: 'vigil.yaml', text: yaml }, environment);
  if (!config.ok) throw new Error(config.error.join());
  const place = historyOfAudit(options, config.value, environment);
  return place.ok ? (place.value?.place ?? null) : place.error;
};

describe('where an audit is remembered', () => {
  it.each([
    ['an account of AWS', {}, DEFAULT],
    ['an account behind an endpoint', { endpointUrl: 'http://127.0.0.1:4599' }, DEFAULT],
    ['a saved snapshot', { from: 'snapshot' }, null],
    ['saved authorization details', { authorizationDetails: ['details.json'] }, null],
    ['the emulated account', { emulated: true as const }, null],
    ['a saved snapshot with a place', { from: 'snapshot', history: 'here.sqlite' }, 'here.sqlite'],
    ['an account of AWS that is not to be remembered', { history: false as const }, null],
    ['a place as a URL', { history: 'file:///var/lib/vigil/history.sqlite' }, '/var/lib/vigil/history.sqlite'],
    ['a database as a URL', { history: 'postgres://vigil@db/audits' }, 'postgres://vigil@db/audits'],
    [
      'a database of another kind, without its password',
      { history: 'mysql://vigil:SECRET@db/audits' },
      'history: a database at `mysql:` is not supported; name a file or a `postgres:` URL',
    ],
    [
      'a database whose URL is wrong, without its password',
      { history: 'postgres://vigil:SECRET@db' },
      'history: the URL of the database: names no database',
    ],
    ['a URL of another host', { history: 'file://host/x' }, 'history: `file://host/x` names no file of this machine'],
  ])('%s', (_, options, expected) => {
    expect(placeOf(options)).toBe(expected);
  });

  it('follows the configuration, and the XDG Base Directory Specification', () => {
    expect(placeOf({}, 'history: { file: /srv/history.sqlite }')).toBe('/srv/history.sqlite');
    expect(placeOf({}, 'history: { file: /srv/h.sqlite, url: "postgres://db/audits" }')).toBe('postgres://db/audits');
    expect(placeOf({ from: 'snapshot' }, 'history: { file: /srv/history.sqlite }')).toBeNull();
    expect(placeOf({}, '{}', { ...HOME, XDG_STATE_HOME: '/state' })).toBe('/state/iam-vigil/history.sqlite');
    expect(placeOf({}, '{}', { ...HOME, XDG_STATE_HOME: 'relative' })).toBe(DEFAULT);
    expect(placeOf({}, '{}', {})).toBeNull();
  });
});

import { expect, it } from 'vitest';
import { loadConfig } from './config.ts';

const load = (text: string, environment: Record<string, string> = {}) =>
  loadConfig({ name: 'vigil.yaml', text }, environment);

it('audits every night where nothing is said', () => {
  const config = loadConfig(null, {});
  expect(config.ok && config.value.daemon).toEqual({
    groups: [{ name: 'nightly', cron: '30 2 * * *', timeZone: 'UTC', jitterSeconds: 0 }],
    catchUp: true,
    deadlineMinutes: 360,
    overdueAfterMinutes: 120,
    stopSeconds: 8,
  });
});

it('lets the environment override what is no list', () => {
  const config = load('daemon: { catchUp: true }', { VIGIL_DAEMON_CATCH_UP: 'false', VIGIL_DAEMON_STOP_SECONDS: '30' });
  expect(config.ok && config.value.daemon).toMatchObject({ catchUp: false, stopSeconds: 30 });
});

const group = (text: string): string => `daemon:\n  groups:\n    - { ${text} }\n`;

it.each([
  ['four fields', group('name: a, cron: "0 2 * *"'), 'vigil.yaml:3:24: daemon.groups.0.cron: `0 2 * *` must be five'],
  [
    'an hour that is none',
    group('name: a, cron: "0 24 * * *"'),
    'vigil.yaml:3:24: daemon.groups.0.cron: `0 24 * * *` is',
  ],
  ['a day that never comes', group('name: a, cron: "0 0 31 2,4 *"'), 'daemon.groups.0.cron: `0 0 31 2,4 *` '],
  [
    'a zone that is none',
    group('name: a, cron: "0 2 * * *", timeZone: CET/X'),
    'vigil.yaml:3:47: daemon.groups.0.timeZone',
  ],
  ['no name', group('cron: "0 2 * * *"'), 'daemon.groups.0.name'],
  ['a name with a space', group('name: a b, cron: "0 2 * * *"'), 'daemon.groups.0.name: must be letters'],
  ['a negative jitter', group('name: a, cron: "0 2 * * *", jitterSeconds: -1'), 'daemon.groups.0.jitterSeconds'],
  ['no accounts in a list of them', group('name: a, cron: "0 2 * * *", accounts: []'), 'daemon.groups.0.accounts'],
  ['an unknown key', group('name: a, cron: "0 2 * * *", zone: UTC'), 'unknown key `zone`'],
  ['no group', 'daemon: { groups: [] }', 'daemon.groups'],
  [
    'two groups of one name',
    'daemon: { groups: [{ name: a, cron: "0 2 * * *" }, { name: a, cron: "0 3 * * *" }] }',
    'another group is called `a`',
  ],
  ['no patience', 'daemon: { overdueAfterMinutes: 0 }', 'vigil.yaml:1:32: daemon.overdueAfterMinutes'],
])('refuses %s, with its place', (_, text, problem) => {
  const config = load(text);
  expect(config.ok ? '' : config.error.join('\n')).toContain(problem);
});

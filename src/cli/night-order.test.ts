import { join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../config/config.ts';
import type { PlannedAccount } from '../ports/night-store.ts';
import { accountDirectory, accountRunId, configOfAccount } from './night-order.ts';

const listed = (key: string): PlannedAccount => ({
  key,
  accountId: null,
  name: key,
  group: null,
  memberRole: null,
  isListed: true,
});

const HOSTILE = [
  '../../etc/passwd',
  '..',
  '/root',
  'C:\\windows',
  '__proto__',
  'a\u0000b',
  'line\nbreak',
  "'; DROP TABLE runs; --",
  '\u202Egnp.exe',
  'é'.repeat(200),
  'x'.repeat(5000),
  '',
];
const NIGHT = { id: '20260301T023000Z-nightly' };

describe('an account of a night', () => {
  it('goes by its id where that is known', () => {
    const account = { ...listed('production'), accountId: '111111111111' };
    expect(accountRunId(NIGHT, account)).toBe('20260301T023000Z-nightly-111111111111');
    expect(accountDirectory(account)).toBe(join('accounts', '111111111111'));
  });

  it.each(HOSTILE.map((name) => [name.slice(0, 20), name]))(
    'goes by letters, digits and hyphens where its name is %j',
    (_, name) => {
      const account = listed(name);
      expect(accountRunId(NIGHT, account)).toMatch(/^20260301T023000Z-nightly-[\w-]{1,60}$/);
      const directory = accountDirectory(account);
      expect(normalize(directory)).toBe(directory);
      expect(directory).toMatch(/^accounts.[\w-]{1,60}$/);
    },
  );

  it('is told from another one whose name reads alike', () => {
    const names = [
      'team a',
      'team/a',
      'team-a',
      'team\u00A0a',
      'TEAM-A',
      `${'y'.repeat(40)}1`,
      `${'y'.repeat(40)}2`,
      ...HOSTILE,
    ];
    const ids = names.map((name) => accountRunId(NIGHT, listed(name)));
    expect(new Set(ids).size).toBe(names.length);
  });

  it('has its reports beside those of its other nights, at an address of its own, and no heartbeat', () => {
    const text = `
report: { directory: /reports }
alerts:
  reportUrl: https://reports.example.com/vigil/
  routes: [{ name: hook, channel: webhook, url: { env: A }, signingKey: { env: B }, heartbeat: weekly }]
`;
    const config = loadConfig({ name: 'vigil.yaml', text }, {});
    if (!config.ok) throw new Error(config.error.join('\n'));
    const { report, alerts } = configOfAccount(config.value, { ...listed('production'), accountId: '111111111111' });
    expect(report.directory).toBe(join('/reports', 'accounts', '111111111111'));
    expect(alerts.reportUrl).toBe('https://reports.example.com/vigil/accounts/111111111111');
    expect(alerts.routes.map(({ heartbeat }) => heartbeat)).toEqual([undefined]);
  });
});

import { expect, it } from 'vitest';
import { alertAccount } from './alert-words.ts';
import { baselinesOfNight } from './baseline-of-night.ts';
import { mergedAlert } from './merged-alert.ts';
import { alertOf, itemOf } from './testing/alert-builder.ts';

const NIGHT = { runId: '20260302T023000Z-nightly', link: 'https://vigil.example.com/r/night/organization.html' };
const reports = [{ runId: 'own', directory: '/srv/r', files: ['html'], link: null }];
const firstAudit = (id: string) =>
  alertOf({
    id,
    account: { id, alias: null },
    runId: `${NIGHT.runId}-${id}`,
    items: [itemOf({ key: id })],
    notices: [{ kind: 'baseline', text: 'This is the first audit.' }],
    reports,
  });
const sevenAudits = Array.from({ length: 7 }, (_, index) => firstAudit(`11111111111${String(index)}`));

it('the first audits of many accounts are one alert about the night, which counts them all and lists the worst five', () => {
  const [alert, ...others] = baselinesOfNight(sevenAudits, NIGHT);
  expect(others).toEqual([]);
  expect(alert).toMatchObject({ ...NIGHT, account: null });
  expect(alert).not.toHaveProperty('reports');
  expect([alert && alertAccount(alert), alert?.items.length]).toEqual(['7 accounts', 5]);
});

it('the first audit of one account stays about that account', () => {
  const [alert] = sevenAudits;
  expect(baselinesOfNight(sevenAudits.slice(0, 1), NIGHT)).toEqual([alert]);
});

it('a digest counts them with the others', () => {
  const other = alertOf({ account: { id: '111111111110', alias: null }, id: 'other' });
  expect(alertAccount(mergedAlert([alertOf(), ...baselinesOfNight(sevenAudits, NIGHT), other]))).toBe('8 accounts');
});

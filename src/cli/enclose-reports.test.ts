import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { enclosureLines } from '../alert-content/enclosed-reports.ts';
import { alertOf } from '../alert-content/testing/alert-builder.ts';
import type { AlertReports } from '../finding/alert.ts';
import { at } from '../snapshot/testing/collected-builder.ts';
import { encloseReports, hasReports } from './enclose-reports.ts';
import { nightOnDisk } from './testing/night-on-disk.ts';

const RUN = '20260302T023000Z';
let reports = '';
beforeEach(() => {
  reports = mkdtempSync(join(tmpdir(), 'vigil-enclose-'));
});
afterEach(() => rmSync(reports, { recursive: true }));

/** Writes the reports of a run, and says what a mail about it is to have. */
const night = (
  files: Readonly<Record<string, string>>,
  { runId = RUN, accountIds = ['111122223333'], wanted = ['html', 'csv'], link = null as string | null } = {},
): AlertReports => ({ runId, directory: nightOnDisk(reports, runId, { files, accountIds }), files: wanted, link });

const PAGE = { 'report.html': '<p>page</p>', 'findings.csv': 'a\r\n1\r\n' };

describe('reports for a mail', () => {
  it('are the files of the formats and names asked for, with the run in their names', async () => {
    const of = night(PAGE, { wanted: ['findings.csv', 'html', 'csv'] });
    const { enclosed, leftOut } = await encloseReports([of], 10);
    expect(leftOut).toEqual([]);
    expect(
      enclosed.map(({ name, contentType, content }) => [name, contentType, Buffer.from(content).toString()]),
    ).toEqual([
      [`vigil-${RUN}-findings.csv`, 'text/csv; charset=utf-8', PAGE['findings.csv']],
      [`vigil-${RUN}-report.html`, 'text/html; charset=utf-8', PAGE['report.html']],
    ]);
  });

  it('are the pages of single accounts too', async () => {
    const accountIds = ['111122223333', '444455556666'];
    const pages = { 'report.html': 'all', 'account-111122223333.html': 'one', 'account-444455556666.html': 'other' };
    const { enclosed } = await encloseReports([night(pages, { accountIds, wanted: ['html'] })], 10);
    expect(enclosed.map(({ file }) => file).sort()).toEqual(Object.keys(pages).sort());
  });

  it('that weigh too much are left out with their size and place, and smaller ones after them go', async () => {
    // 730,761 bytes are 12,821 lines of base64, 1,000,038 bytes with their ends.
    const of = night({ 'report.html': 'x'.repeat(730_761), 'findings.csv': 'a\r\n' }, { link: 'https://v.example/r' });
    const { enclosed, ...others } = await encloseReports([of], 1);
    expect(enclosed.map(({ file }) => file)).toEqual(['findings.csv']);
    expect(enclosureLines({ enclosed: [], ...others })).toEqual([
      `Not attached: report.html of run ${RUN} (731 kB): with it the attachments would weigh more than 1 MB in the mail. It is at https://v.example/r/report.html.`,
    ]);
  });

  it('that just fit go', async () => {
    const of = night({ 'report.html': 'x'.repeat(57 * 12_820) });
    expect((await encloseReports([of], 1)).enclosed).toHaveLength(1);
  });

  it.each<[string, (directory: string) => void, string]>([
    [
      'was never written',
      (directory) => rmSync(directory, { recursive: true }),
      `the reports of run ${RUN}: they were not written, or are there no more.`,
    ],
    [
      'gave way to another run',
      (directory) => {
        rmSync(directory, { recursive: true });
        night(PAGE, { runId: '20260303T023000Z' });
        renameSync(join(reports, '20260303T023000Z'), directory);
      },
      `the reports of run ${RUN}: those of another run are in their place.`,
    ],
    [
      'has a manifest that is none',
      (directory) => writeFileSync(join(directory, 'manifest.json'), '{'),
      `the reports of run ${RUN}: their manifest is no JSON.`,
    ],
    [
      'lost a file',
      (directory) => rmSync(join(directory, 'report.html')),
      `report.html of run ${RUN}: it is there no more.`,
    ],
    [
      'has a file that was changed, and is as long as before',
      (directory) => writeFileSync(join(directory, 'report.html'), '<p>PAGE</p>'),
      `report.html of run ${RUN}: it was changed after it was written.`,
    ],
    [
      'has a file that leads elsewhere',
      (directory) => {
        rmSync(join(directory, 'report.html'));
        symlinkSync('/etc/hostname', join(directory, 'report.html'));
      },
      `report.html of run ${RUN}: it was changed after it was written.`,
    ],
    [
      'has a directory in the place of a file',
      (directory) => {
        rmSync(join(directory, 'report.html'));
        mkdirSync(join(directory, 'report.html'));
      },
      `report.html of run ${RUN}: it was changed after it was written.`,
    ],
  ])('of a run that %s are told of, never missing without a word', async (_, spoil, told) => {
    const of = night(PAGE, { wanted: ['html'] });
    spoil(of.directory);
    const { enclosed, ...others } = await encloseReports([of], 10);
    expect(enclosed).toEqual([]);
    expect(enclosureLines({ enclosed: [], ...others })).toEqual([`Not attached: ${told}`]);
    expect(JSON.stringify(enclosureLines({ enclosed: [], ...others }))).not.toContain(reports);
  });

  it('that the run had no reason to make are told of by name, and those of a format by the format', async () => {
    const of = night({ 'report.html': 'x' }, { wanted: ['changes.csv', 'csv'] });
    const { enclosed, leftOut } = await encloseReports([of], 10);
    expect(enclosed).toEqual([]);
    expect(leftOut.map(({ file, why }) => [file, why])).toEqual([
      ['changes.csv', 'this run made none'],
      ['csv', 'this run made none'],
    ]);
  });

  it('of a digest are those of the latest run of each account', async () => {
    const run = (day: string, accountIds: string[]) =>
      night(PAGE, { runId: `202603${day}T023000Z`, accountIds, wanted: ['html'] });
    const nights = [run('04', ['1']), run('03', ['1', '2']), run('02', ['1', '2']), run('01', ['3', '1'])];
    const { enclosed, leftOut, superseded } = await encloseReports(nights, 10);
    expect(enclosed.map(({ name }) => name)).toEqual(
      ['04', '03', '01'].map((day) => `vigil-202603${day}T023000Z-report.html`),
    );
    expect(leftOut).toEqual([]);
    expect(enclosureLines({ enclosed: [], leftOut, superseded })).toEqual([
      'Not attached: the reports of 1 earlier run of the same accounts.',
    ]);
  });

  it('about all accounts of a group are those of its latest night, and stand for none of single accounts', async () => {
    const ofNight = (day: string, group: string) => {
      const page = { 'organization.html': '<p>page</p>', 'organization-paths.csv': 'a\r\n' };
      return { ...night(page, { runId: `202603${day}T023000Z-${group}`, accountIds: [] }), group };
    };
    const nights = [ofNight('04', 'a'), ofNight('03', 'a'), ofNight('03', 'b'), night(PAGE, { wanted: ['html'] })];
    const { enclosed, leftOut, superseded } = await encloseReports(nights, 10);
    expect(enclosed.map(({ name }) => name)).toEqual([
      'vigil-20260304T023000Z-a-organization.html',
      'vigil-20260304T023000Z-a-organization-paths.csv',
      'vigil-20260303T023000Z-b-organization.html',
      'vigil-20260303T023000Z-b-organization-paths.csv',
      `vigil-${RUN}-report.html`,
    ]);
    expect([leftOut, superseded]).toEqual([[], 1]);
  });
});

describe('an alert with reports', () => {
  const queued = (of: AlertReports) => ({ alert: alertOf({ reports: [of] }), queuedAt: at('2026-03-02T02:30:00Z') });

  it('waits until they are written, a quarter of an hour at most', async () => {
    const of = { runId: RUN, directory: join(reports, RUN), files: ['html'], link: null };
    expect(await hasReports(queued(of), at('2026-03-02T02:44:59Z'))).toBe(false);
    expect(await hasReports(queued(of), at('2026-03-02T02:45:00Z'))).toBe(true);
    night(PAGE);
    expect(await hasReports(queued(of), at('2026-03-02T02:30:01Z'))).toBe(true);
  });

  it('waits for its own where those of another run are in the place, and not for what will not mend', async () => {
    const other = night(PAGE);
    const of = { ...other, runId: '20260302T023001Z' };
    expect(await hasReports(queued(of), at('2026-03-02T02:30:01Z'))).toBe(false);
    writeFileSync(join(of.directory, 'manifest.json'), '{');
    expect(await hasReports(queued(of), at('2026-03-02T02:30:01Z'))).toBe(true);
  });

  it('without any does not wait', async () => {
    expect(
      await hasReports({ alert: alertOf(), queuedAt: at('2026-03-02T02:30:00Z') }, at('2026-03-02T02:30:00Z')),
    ).toBe(true);
  });
});

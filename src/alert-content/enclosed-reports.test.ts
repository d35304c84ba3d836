import { expect, it } from 'vitest';
import { enclosureLines, withReports } from './enclosed-reports.ts';
import { mergedAlert } from './merged-alert.ts';
import { alertOf } from './testing/alert-builder.ts';

const of = { runId: '20260302T023000Z', directory: '/srv/r', files: ['csv'], link: null };
const file = (name: string, bytes: number) => ({
  of,
  file: name,
  name: `vigil-${of.runId}-${name}`,
  contentType: 'text/csv',
  content: new Uint8Array(bytes),
});

it('few files are named with their sizes, many are counted', () => {
  const few = [file('a.csv', 1), file('b.csv', 999), file('c.csv', 1_400_000)];
  const lines = (enclosed: typeof few) => enclosureLines({ enclosed, leftOut: [], superseded: 0 });
  expect(lines(few)).toEqual([
    'Attached: vigil-20260302T023000Z-a.csv (1 byte), vigil-20260302T023000Z-b.csv (999 bytes), vigil-20260302T023000Z-c.csv (1.4 MB).',
  ]);
  expect(lines([...few, file('d.csv', 12_000)])).toEqual(['Attached: 4 files (1.4 MB).']);
  expect(lines([])).toEqual([]);
});

it('the first alert of each route carries the reports, and no other does', () => {
  const alerts = ['a', 'b', 'a', 'c'].map((route, index) => alertOf({ route, id: String(index) }));
  const carrying = withReports(alerts, (route) => (route === 'c' ? null : of));
  expect(carrying.map(({ reports }) => reports)).toEqual([[of], [of], undefined, undefined]);
});

it('reports of a night come before those that an alert has already', () => {
  const own = { ...of, runId: 'own' };
  expect(withReports([alertOf({ reports: [own] })], () => of).map(({ reports }) => reports)).toEqual([[of, own]]);
});

it('a digest has what is about all accounts first, then the latest', () => {
  const [early, late] = [1, 2].map((day) => ({ ...of, runId: `2026030${String(day)}T023000Z-nightly-123456789012` }));
  const night = { ...of, runId: '20260301T023000Z-nightly', group: 'nightly' };
  const alerts = [early, late, night].map((one, index) => alertOf({ id: String(index), reports: one ? [one] : [] }));
  expect(mergedAlert(alerts).reports).toEqual([night, late, early]);
});

it('of very many that are left out twenty are named, and the reasons of all are told', () => {
  const leftOut = Array.from({ length: 1025 }, (_, index) => ({
    of: { ...of, runId: `run-${String(index % 300)}` },
    file: 'report.html',
    bytes: null,
    why: index < 1000 ? 'this run made none' : 'it is there no more',
  }));
  const lines = enclosureLines({ enclosed: [], leftOut, superseded: 0 });
  expect(lines).toHaveLength(21);
  expect(lines[19]).toBe('Not attached: report.html of run run-19: this run made none.');
  expect(lines[20]).toBe('Not attached: 1,005 more of 300 runs: this run made none; it is there no more.');
});

import { expect, it } from 'vitest';
import { enclosureLines, withReports } from './enclosed-reports.ts';
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

import { describe, expect, it } from 'vitest';
import { DEFAULT_CHECK_SETTINGS } from '../analyze/testing/default-settings.ts';
import { REPORT_FILES, type ReportFormat } from '../report/report-format.ts';
import { exampleReport } from '../report/testing/example-report.ts';
import { type ReportedOutcome, renderInWording } from './render-outcome.ts';
import { vigilsWording } from './report-wording.ts';

const outcome: ReportedOutcome = { report: exampleReport, snapshots: [], judged: [], controls: [] };

const rendered = (formats: readonly ReportFormat[], checkSettings = DEFAULT_CHECK_SETTINGS) =>
  renderInWording({ outcome, formats, checkSettings, wording: vigilsWording() });

const written = async (...formats: readonly ReportFormat[]): Promise<readonly string[]> => {
  const files = await rendered(formats);
  expect([...files.keys()].sort()).toEqual(Object.values(REPORT_FILES).flat().sort());
  return [...files].flatMap(([name, text]) => (text === null ? [] : [name]));
};

describe('the files of a report', () => {
  it.each([
    ['json', 'findings.json'],
    ['ocsf', 'findings.ocsf.json'],
    ['sarif', 'findings.sarif'],
    ['asff', 'findings.asff.json'],
    ['junit', 'findings.junit.xml'],
    ['prometheus', 'metrics.prom'],
  ] as const)('of the format %s are %s; those of all other formats are to be taken away', async (format, file) => {
    expect(await written(format)).toEqual([file]);
  });

  it('are those of all formats asked for', async () => {
    expect(await written('sarif', 'json')).toEqual(['findings.json', 'findings.sarif']);
  });

  it('leave out the cases of checks that were not to run', async () => {
    const settings = { ...DEFAULT_CHECK_SETTINGS, disabled: new Set(['user-without-group']) };
    const files = await rendered(['junit'], settings);
    expect(files.get('findings.junit.xml')).not.toContain('user-without-group');
    expect(files.get('findings.junit.xml')).toContain('user-has-inline-policy');
  });
});

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AuditReport } from '../../src/finding/audit-report.ts';
import { renderMachineReports } from '../../src/report/render-machine-reports.ts';
import { REPORT_FILES, REPORT_FORMATS } from '../../src/report/report-format.ts';
import { exampleReport } from '../../src/report/testing/example-report.ts';
import { exampleAssets } from '../../src/report/testing/example-assets.ts';

const golden = join(dirname(fileURLToPath(import.meta.url)), 'machine');
const { ocsf, sarif, asff, junit, prometheus } = REPORT_FILES;
const names = [ocsf, sarif, asff, junit, prometheus].flat();

const render = (report: AuditReport): Promise<ReadonlyMap<string, string>> =>
  renderMachineReports(report, exampleAssets, REPORT_FORMATS);

/** Lists have an item a line; people review them indented. */
const reviewed = (name: string, text: string): string =>
  name.endsWith('.json') ? `${JSON.stringify(JSON.parse(text), undefined, 2)}\n` : text;

let files: ReadonlyMap<string, string>;

beforeAll(async () => {
  files = await render(exampleReport);
  if (process.env['UPDATE_GOLDEN'] !== '1') return;
  mkdirSync(golden, { recursive: true });
  for (const [name, text] of files) writeFileSync(join(golden, name), reviewed(name, text));
});

describe('the files of the example for other systems', () => {
  it('are as many as were reviewed', () => {
    expect([...files.keys()].sort()).toEqual(names.toSorted());
    expect(readdirSync(golden).sort()).toEqual(names.toSorted());
  });

  it.each(names)('%s is as it was reviewed (UPDATE_GOLDEN=1 writes it anew)', (name) => {
    expect(reviewed(name, files.get(name) ?? '')).toBe(readFileSync(join(golden, name), 'utf8'));
  });

  it('are the same bytes in a second run, in whatever order the audit lists its findings', async () => {
    expect(await render({ ...exampleReport, findings: exampleReport.findings.toReversed() })).toEqual(files);
  });

  it('leave the report as it was', async () => {
    const before = structuredClone(exampleReport);
    await render(exampleReport);
    expect(exampleReport).toEqual(before);
  });
});

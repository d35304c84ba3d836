import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { gunzipSync, strFromU8 } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { accountToDocuments } from '../../src/account/account-documents.ts';
import { accountAt } from '../../src/account/cloud-state.ts';
import { callBy, cloudOfFiles, NOW } from '../../src/account/testing/cloud-of-file.ts';
import { DEFAULT_CHECK_SETTINGS } from '../../src/analyze/testing/default-settings.ts';
import { type AuditOutcome, runAudit } from '../../src/audit/run-audit.ts';
import { complianceFrameworks } from '../../src/cli/compliance-frameworks.ts';
import { renderInWording } from '../../src/cli/render-outcome.ts';
import { vigilsWording } from '../../src/cli/report-wording.ts';
import { loadServiceReference } from '../../src/reference/service-reference.ts';
import { findingAnchor } from '../../src/report/finding-anchor.ts';
import { DEFAULT_FORMATS, REPORT_FILES } from '../../src/report/report-format.ts';
import { TABLES } from '../../src/report/tables.ts';
import type { SnapshotDocuments } from '../../src/snapshot/snapshot-documents.ts';
import { poisoned, withHostilePolicies } from '../hostile/poison.ts';
import { type Cells, isHere, readByLibreOffice, readByPython, readStrictly } from './read-csv.ts';

type Row = Readonly<Record<string, string>>;

const audited = async (documents: SnapshotDocuments): Promise<AuditOutcome> => {
  const outcome = await runAudit({
    sources: [{ collect: () => Promise.resolve({ ok: true, value: { documents, apiCalls: new Map() } }) }],
    clock: null,
    reference: loadServiceReference,
    checkSettings: DEFAULT_CHECK_SETTINGS,
    frameworks: complianceFrameworks(),
    tellsAccess: true,
    keepsEvidence: true,
    vigilVersion: '0.0.0',
    progress: { phase: () => {}, step: () => {} },
    suppressions: { rules: [], limits: { critical: 90, high: 90, medium: 90, low: 90, info: 90 } },
  });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
  // What an audit with a past has beside: nothing has changed.
  return { ...outcome.value, report: { ...outcome.value.report, changes: [], comparisons: [] } };
};

let demo: AuditOutcome;
let files: ReadonlyMap<string, string>;
let hostile: ReadonlyMap<string, string>;

const written = async (outcome: AuditOutcome): Promise<ReadonlyMap<string, string>> => {
  const rendered = await renderInWording({
    outcome,
    formats: DEFAULT_FORMATS,
    checkSettings: DEFAULT_CHECK_SETTINGS,
    wording: vigilsWording(),
  });
  return new Map([...rendered].flatMap(([name, text]) => (text === null ? [] : [[name, text] as const])));
};

beforeAll(async () => {
  const text = readFileSync('config/demo-account.yaml', 'utf8');
  const documents = accountToDocuments(accountAt(cloudOfFiles(text), callBy('nobody').account), NOW);
  demo = await audited(documents);
  files = await written(demo);
  hostile = await written(await audited(withHostilePolicies(poisoned(documents))));
}, 120_000);

const tablesOf = (all: ReadonlyMap<string, string>): ReadonlyMap<string, string> =>
  new Map([...all].filter(([name]) => name.endsWith('.csv')));

const cellsOf = (csv: string): Cells => z.array(z.array(z.string())).parse(parse(csv));

const rowsOf = (name: string): readonly Row[] =>
  z.array(z.record(z.string(), z.string())).parse(parse(files.get(name) ?? '', { columns: true }));

/** A spreadsheet keeps a line break in a cell as one character. */
const withLineFeeds = (cells: Cells): Cells => cells.map((row) => row.map((cell) => cell.replaceAll(/\r\n?/g, '\n')));

describe('the tables of an audit', () => {
  it('are all that a report can have', () => {
    // Nobody made an analyzer in the demo account.
    const written = [...tablesOf(files).keys(), 'access-analyzer.csv'];
    expect(written.sort()).toEqual([...REPORT_FILES.csv].sort());
    expect(TABLES.map(({ file }) => file).sort()).toEqual([...REPORT_FILES.csv].sort());
  });

  it('are read alike by csv-parse and by a reader of RFC 4180 that allows nothing else', () => {
    for (const all of [files, hostile]) {
      for (const csv of tablesOf(all).values()) expect(readStrictly(csv)).toEqual(cellsOf(csv));
    }
  });

  it.skipIf(!isHere('python3'))('are read alike by Python', () => {
    for (const all of [files, hostile]) {
      for (const [name, cells] of readByPython(tablesOf(all)))
        expect(cells, name).toEqual(cellsOf(all.get(name) ?? ''));
    }
  });

  it.skipIf(!isHere('soffice'))(
    'are read alike by LibreOffice',
    () => {
      for (const all of [files, hostile]) {
        for (const [name, cells] of readByLibreOffice(tablesOf(all)))
          expect(withLineFeeds(cells), name).toEqual(withLineFeeds(cellsOf(all.get(name) ?? '')));
      }
    },
    300_000,
  );

  it('have no cell that a spreadsheet would run', () => {
    for (const all of [files, hostile]) {
      for (const [name, csv] of tablesOf(all))
        for (const cell of cellsOf(csv).flat()) expect(cell, name).not.toMatch(/^[=+\-@\t\r＝＋－＠]/);
    }
  });

  it('have each the columns that the data dictionary tells of, each with a meaning', () => {
    const dictionary = rowsOf('columns.csv');
    for (const [name, csv] of tablesOf(files)) {
      const told = dictionary.filter(({ file }) => file === name);
      expect(
        told.map(({ column }) => column),
        name,
      ).toEqual(cellsOf(csv)[0]);
      expect(told.map(({ position }) => Number(position))).toEqual(told.map((_, index) => index + 1));
    }
    for (const row of dictionary) expect(Object.values(row), JSON.stringify(row)).not.toContain('');
  });

  it('begin with the audit and the account where they are new, and end with the audit where they are old', () => {
    const others = new Set(['credential-report.csv', 'columns.csv']);
    for (const [name, csv] of tablesOf(files)) {
      const header = cellsOf(csv)[0] ?? [];
      if (!others.has(name))
        expect([header.slice(0, 2).join(), header.at(-1)], name).toSatisfy(
          ([first, last]) => first === 'run_id,account_id' || last === 'run_id',
        );
    }
  });
});

describe('the findings of an audit', () => {
  it('are the same in findings.csv, findings.json and the page', () => {
    const inTable = rowsOf('findings.csv').map(({ key }) => key ?? '');
    const json = JSON.parse(files.get('findings.json') ?? '') as {
      readonly findings: readonly { readonly key: string }[];
    };
    expect(json.findings.map(({ key }) => key)).toEqual(inTable);
    const page = files.get('report.html') ?? '';
    const folded = [...page.matchAll(/class="folded">([^<]*)</g)].map(([, base64 = '']) =>
      strFromU8(gunzipSync(Buffer.from(base64, 'base64'))),
    );
    const anchors = [page, ...folded].flatMap((html) =>
      [...html.matchAll(/<tbody class="item finding[^"]*" id="(f-[0-9a-f]+)"/g)].map(([, id]) => id),
    );
    expect(anchors.sort()).toEqual(inTable.map(findingAnchor).sort());
    expect(inTable.length).toBeGreaterThan(50);
  });

  it.each(['external-access.csv', 'escalation-paths.csv', 'unused-access.csv', 'control-evidence.csv', 'policies.csv'])(
    '%s names no finding that is not among them',
    (name) => {
      const keys = new Set(rowsOf('findings.csv').map(({ key }) => key));
      const named = rowsOf(name)
        .flatMap(({ finding_key: key, finding_keys: several }) => [key ?? '', ...(several ?? '').split('; ')])
        .filter((key) => key !== '');
      expect(named.length).toBeGreaterThan(0);
      expect(named.filter((key) => !keys.has(key))).toEqual([]);
    },
  );

  it('about access from outside, escalations and unused access have each their rows', () => {
    const keysOf = (name: string) => [...new Set(rowsOf(name).map(({ finding_key: key }) => key))].sort();
    const told = (filter: (row: Row) => boolean) =>
      rowsOf('findings.csv')
        .filter(filter)
        .map(({ key }) => key)
        .sort();
    expect(keysOf('external-access.csv')).toEqual(told((row) => row['external_principal'] !== ''));
    expect(keysOf('escalation-paths.csv')).toEqual(told((row) => row['escalation_reaches'] !== ''));
    expect(keysOf('unused-access.csv')).toEqual(told(({ category }) => category === 'unused'));
  });
});

describe('the evidence for controls', () => {
  it('is as many rows as the controls count, of each outcome', () => {
    const evidence = rowsOf('control-evidence.csv');
    for (const { framework, control, failed, passed, unknown } of rowsOf('controls.csv')) {
      const rows = evidence.filter(({ controls }) => controls?.split('; ').includes(`${framework}:${control}`));
      const of = (outcome: string) => String(rows.filter((row) => row['outcome'] === outcome).length);
      expect([of('fail'), of('pass'), of('unknown')], `${framework}:${control}`).toEqual([failed, passed, unknown]);
    }
  });

  it('has also what is in order, with the facts', () => {
    const passed = rowsOf('control-evidence.csv').filter(({ outcome }) => outcome === 'pass');
    expect(passed.length).toBeGreaterThan(100);
    expect(passed.filter(({ finding_key: key }) => key !== '')).toEqual([]);
  });
});

describe('the policies of an account', () => {
  it('are each managed and inline policy that was read', () => {
    const [account] = demo.snapshots;
    const holders = [...(account?.users ?? []), ...(account?.groups ?? []), ...(account?.roles ?? [])];
    const inline = holders.flatMap(({ arn, inlinePolicies }) =>
      inlinePolicies.map(({ policyName }) => `${arn}#inline/${policyName}`),
    );
    const managed = account?.managedPolicies.map(({ arn }) => arn) ?? [];
    expect(rowsOf('policies.csv').map(({ policy }) => policy)).toEqual([...managed, ...inline].sort());
  });
});

describe('the populations', () => {
  it('tie out to the account summary', () => {
    const rows = rowsOf('populations.csv');
    expect(rows.map(({ population, verdict }) => `${population} ${verdict}`)).toEqual([
      'Users equal',
      'Groups equal',
      'Roles equal',
      'Policies equal',
      // The emulator, as it is written, leaves the root user's out.
      'MFADevices explained',
      'MFADevicesInUse explained',
      'Providers equal',
      'InstanceProfiles equal',
      'ServerCertificates equal',
    ]);
    expect(rows[0]?.['in_list']).toBe(String(demo.snapshots[0]?.users.length));
  });
});

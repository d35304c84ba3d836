import { describe, expect, it } from 'vitest';
import { CREDENTIAL_REPORT_COLUMNS } from './account-snapshot.ts';
import { parseCredentialReport, printCredentialReport } from './credential-report.ts';
import { reportedKeys } from './credential-report-cells.ts';
import { reportRow } from './testing/documents-builder.ts';

const HEADER = CREDENTIAL_REPORT_COLUMNS.join(',');
const ROOT =
  '<root_account>,arn:aws:iam::123456789012:root,2016-03-14T10:00:00+00:00,not_supported,no_information,not_supported,not_supported,true,false,N/A,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A';

const problems = (text: string) => {
  const parsed = parseCredentialReport(text);
  return parsed.ok ? [] : parsed.error.map(({ message }) => message.split(';')[0]);
};

describe('parseCredentialReport', () => {
  it('reads what AWS issues', () => {
    const parsed = parseCredentialReport(`${HEADER}\n${ROOT}`);
    expect(parsed).toMatchObject({ ok: true, value: [{ user: '<root_account>', mfa_active: 'true' }] });
  });

  it('goes by the names of the columns: their order and further ones do not matter', () => {
    const columns = ['additional_credentials_info', ...CREDENTIAL_REPORT_COLUMNS.toReversed()];
    const text = `${columns.join(',')}\r\n${['more', ...ROOT.split(',').reverse()].join(',')}\r\n`;
    expect(parseCredentialReport(text)).toMatchObject({
      ok: true,
      value: [{ user: '<root_account>', cert_2_last_rotated: 'N/A' }],
    });
  });

  it('takes a byte order mark, booleans in capitals and empty lines', () => {
    expect(parseCredentialReport(`\uFEFF${HEADER}\n\n${ROOT.replace('true', 'TRUE')}\n\n`).ok).toBe(true);
  });

  it('names the columns that are missing', () => {
    const without = HEADER.replace('mfa_active,', '').replace(',cert_2_active', '');
    expect(problems(`${without}\n`)).toEqual([
      'credential-report.csv at line 1: has no column `mfa_active`, `cert_2_active`',
    ]);
  });

  it('names a column that stands twice', () => {
    expect(problems(`${HEADER},arn\n`)).toEqual(['credential-report.csv at line 1: has column `arn` twice']);
  });

  it('names each row that has too few or too many fields', () => {
    expect(problems(`${HEADER}\n${ROOT}\nalice,arn\n${ROOT},x`)).toEqual([
      'credential-report.csv at line 3: has 2 fields where the header has 22',
      'credential-report.csv at line 4: has 23 fields where the header has 22',
    ]);
  });

  it('names the cells that hold neither a value nor a word of AWS', () => {
    const row = ROOT.replace('2016-03-14T10:00:00+00:00', 'long ago').replace('true', 'yes');
    expect(problems(`${HEADER}\n${row}`)).toEqual([
      'credential-report.csv at line 2: column `user_creation_time` holds `long ago`, not an ISO-8601 time',
      'credential-report.csv at line 2: column `mfa_active` holds `yes`, not true or false',
    ]);
  });

  it('says what a file is that is no credential report', () => {
    expect(problems('')).toEqual(['credential-report.csv: is empty']);
    expect(problems('name,age\nx,1')).toEqual([
      'credential-report.csv at line 1: is not a credential report: it has none of its columns',
    ]);
    expect(problems(HEADER.replaceAll(',', '\t'))).toEqual([
      'credential-report.csv at line 1: its columns are not separated by commas',
    ]);
    expect(problems(`${HEADER}\n"unclosed`)).toEqual([
      'credential-report.csv at line 2: is not CSV: a quoted field is broken',
    ]);
    expect(problems(HEADER)).toEqual(['credential-report.csv: has a header but no rows']);
  });
});

describe('printCredentialReport', () => {
  it('prints AWS columns with LF between the lines and none after the last', () => {
    const parsed = parseCredentialReport(`${HEADER}\n${ROOT}`);
    expect(printCredentialReport(parsed.ok ? parsed.value : [])).toBe(`${HEADER}\n${ROOT}`);
  });

  it('gives back what it printed, whatever the names', () => {
    const rows = [`=cmd|' /C calc'!A0`, 'a,b', 'say "hi"', '@sum', '+1'].map((user) => reportRow(user));
    expect(parseCredentialReport(printCredentialReport(rows))).toEqual({ ok: true, value: rows });
  });

  it('escapes formulas for people who open it in a spreadsheet', () => {
    const text = printCredentialReport([reportRow(`=cmd|' /C calc'!A0`)], { escapeFormulas: true });
    expect(text.split('\n')[1]).toMatch(/^'=cmd/);
  });
});

describe('reportedKeys', () => {
  it('are those that are active, or inactive with a date', () => {
    const row = reportRow('alice', { access_key_2_last_rotated: '2025-01-01T00:00:00Z' });
    expect(reportedKeys(row)).toEqual([
      { name: 'key 2', active: false, lastRotated: '2025-01-01T00:00:00Z', lastUsed: null },
    ]);
  });
});

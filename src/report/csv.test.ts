import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Finding } from '../finding/audit-report.ts';
import { analyzerTable, controlsTable, coverageTable, escalationCutsTable, principalsTable } from './csv.ts';
import { findingsTable } from './findings-csv.ts';
import { csvOf } from './testing/csv-of.ts';
import { exampleReport, findingOf } from './testing/example-report.ts';

const rowsOf = (csv: string): Record<string, string>[] =>
  z.array(z.record(z.string(), z.string())).parse(parse(csv, { columns: true, record_delimiter: '\r\n' }));

const rowOf = (finding: Partial<Finding>): Record<string, string> =>
  rowsOf(csvOf(findingsTable, { ...exampleReport, findings: [findingOf(finding)] }))[0] ?? {};

describe('findings.csv', () => {
  it('has its columns in their order, and ends records with CRLF, for no finding too', () => {
    expect(csvOf(findingsTable, { ...exampleReport, findings: [] })).toBe(
      'severity,state,outcome,title,subject_name,subject_type,subject_part,account_id,summary,conditions,remediation,' +
        'frameworks,first_seen,last_seen,category,check_id,subject_arn,subject_id,escalation_reaches,' +
        'escalation_proof,escalation_methods,external_principal,external_kind,external_resource,external_actions,' +
        'evidence,key,confidence,owner,by,by_at,by_request,by_source_ip,people,run_id\r\n',
    );
  });

  it.each(["=cmd|' /C calc'!A0", '+1+1', '-2+3', '@SUM(A1)', '\tx', '\r=1', '＝1+1'])(
    'makes text of %j, which a spreadsheet would run',
    (name) => {
      expect(rowOf({ title: name })['title']).toBe(`'${name}`);
    },
  );

  it.each(['a,b', 'say "hi"', 'two\nlines', 'two\r\nlines', '"', ',', 'a\r=1'])('keeps %j in one cell', (name) => {
    expect(rowOf({ title: name })['title']).toBe(name);
  });

  it('names who made the change behind a finding, the one whose request says most', () => {
    const at = exampleReport.run.startedAt;
    const bob = { arn: 'arn:aws:iam::123456789012:user/bob', at, request: 'iam:AttachUserPolicy', sourceIp: '=1+1' };
    const row = rowOf({ by: [bob, { ...bob, arn: 'eve' }] });
    expect([row['by'], row['by_at'], row['by_request'], row['by_source_ip']]).toEqual([
      bob.arn,
      at,
      'iam:AttachUserPolicy',
      "'=1+1",
    ]);
    expect(rowOf({})['by']).toBe('');
  });

  it('holds evidence as JSON and lists with semicolons', () => {
    const row = rowOf({ evidence: { ageDays: 412 }, frameworks: ['cis-aws-7.0:1.4', 'cis-aws-7.0:1.5'] });
    expect(row['evidence']).toBe('{"ageDays":412}');
    expect(row['frameworks']).toBe('cis-aws-7.0:1.4; cis-aws-7.0:1.5');
  });

  it('calls a subject by its name, which is text too, and joins the sentences of the remediation', () => {
    const arn = "arn:aws:iam::123456789012:user/team/=cmd|' /C calc'!A0";
    const row = rowOf({ subject: { arn, type: 'User', id: '1', part: null }, remediation: ['Do this.', 'Then that.'] });
    expect(row['subject_name']).toBe("'=cmd|' /C calc'!A0");
    expect(row['subject_arn']).toBe(arn);
    expect(row['remediation']).toBe('Do this. Then that.');
    const account = { arn: 'arn:aws:iam::123456789012:root', type: 'Account', id: 'x', part: null } as const;
    expect(rowOf({ subject: account })['subject_name']).toBe('123456789012');
  });

  it('writes times as ISO-8601 in UTC', () => {
    expect(rowOf({})['last_seen']).toBe('2026-03-02T02:30:00Z');
  });

  it('has the methods of an escalation and the actions of external access', () => {
    const rows = rowsOf(csvOf(findingsTable, exampleReport));
    const escalation = rows.find((row) => row['category'] === 'escalation');
    expect(escalation).toMatchObject({
      escalation_reaches: 'administrator',
      escalation_proof: 'proven',
      escalation_methods: 'iam-001',
    });
    expect(rows.find((row) => row['category'] === 'external')).toMatchObject({
      external_principal: '*',
      external_actions: 'sts:AssumeRole; sts:TagSession',
    });
  });
});

describe('principals.csv', () => {
  it('has a row for each principal, by ARN, with its account', () => {
    const csv = csvOf(principalsTable, exampleReport);
    expect(csv.startsWith('account_id,name,type,administrator,escalates,arn,run_id\r\n')).toBe(true);
    expect(rowsOf(csv)[1]).toEqual({
      account_id: '123456789012',
      name: 'partner-upload',
      arn: 'arn:aws:iam::123456789012:role/partner-upload',
      type: 'role',
      administrator: 'no',
      escalates: 'conditional',
      run_id: '20260302T023000Z',
    });
  });
});

describe('coverage.csv', () => {
  it('has a row for each source of each account, in the order of the sources', () => {
    const csv = csvOf(coverageTable, exampleReport);
    expect(csv.startsWith('account_id,account_alias,collected_at,source,status,detail,affects,run_id\r\n')).toBe(true);
    expect(rowsOf(csv).map((row) => [row['source'], row['status'], row['affects']])).toEqual([
      ['authorization-details', 'read', ''],
      ['mfa-devices', 'denied', 'user-without-mfa'],
      ['last-accessed', 'skipped', ''],
    ]);
  });
});

describe('controls.csv', () => {
  it('has a row for each control, whose id stays text', () => {
    const control = {
      accountId: '012345678901',
      framework: 'cis-aws-7.0',
      control: '2.10',
      title: 'Every user with a console password has MFA',
      assessment: 'automated',
      status: 'fail',
      failed: 2,
      passed: 40,
      unknown: 0,
      checks: ['user-console-access-without-mfa'],
    } as const;
    expect(csvOf(controlsTable, { ...exampleReport, controls: [control] })).toBe(
      'account_id,framework,control,title,assessment,status,failed,passed,unknown,checks,run_id\r\n' +
        '012345678901,cis-aws-7.0,2.10,Every user with a console password has MFA,automated,fail,2,40,0,user-console-access-without-mfa,20260302T023000Z\r\n',
    );
  });
});

describe('access-analyzer.csv', () => {
  it('has a row for what each tells', () => {
    const analyzer = [
      {
        accountId: '012345678901',
        findingType: 'ExternalAccess',
        resource: 'arn:aws:iam::012345678901:role/app',
        principal: '444455556666',
        agreement: 'same',
        vigil: 'told',
        accessAnalyzer: 'active',
        unusedAccessDays: null,
        findingIds: ['f-1', 'f-2'],
        checks: [],
      },
    ] as const;
    expect(csvOf(analyzerTable, { ...exampleReport, analyzer })).toBe(
      'account_id,agreement,finding_type,resource,principal,vigil,access_analyzer,finding_ids,checks,unused_access_days,run_id\r\n' +
        '012345678901,same,ExternalAccess,arn:aws:iam::012345678901:role/app,444455556666,told,active,f-1; f-2,,,20260302T023000Z\r\n',
    );
  });
});

describe('escalation-cuts.csv', () => {
  it('has a row for what closes escalations, in words and as data', () => {
    const policy = 'arn:aws:iam::012345678901:policy/ci';
    const cut = {
      accountId: '012345678901',
      changes: [{ kind: 'remove-statement', policy, statement: 2 }],
      sentences: ['Remove statement 3 of policy `ci`.'],
      closes: ['arn:aws:iam::012345678901:user/alice', 'arn:aws:iam::012345678901:user/bob'],
      usedAccess: { status: 'unused', used: [] },
      verified: 'alone',
    } as const;
    expect(csvOf(escalationCutsTable, { ...exampleReport, escalationCuts: [cut] })).toBe(
      'account_id,closes,cut,used_access,verified,principals,changes,run_id\r\n' +
        '012345678901,2,Remove statement 3 of policy `ci`.,unused,alone,' +
        'arn:aws:iam::012345678901:user/alice; arn:aws:iam::012345678901:user/bob,' +
        `"[{""kind"":""remove-statement"",""policy"":""${policy}"",""statement"":2}]",20260302T023000Z\r\n`,
    );
  });
});

import { describe, expect, it } from 'vitest';
import type { AuditReport, PrincipalSummary } from '../finding/audit-report.ts';
import { groupsOf } from './finding-groups.ts';
import { keyPoints } from './key-points.ts';
import { exampleReport, findingOf } from './testing/example-report.ts';

const quiet: AuditReport = {
  ...exampleReport,
  run: { ...exampleReport.run, baselineRunId: null },
  principals: [],
  findings: [],
};

const said = (differing: Partial<AuditReport>): string[] => {
  const report = { ...quiet, ...differing };
  return keyPoints(report, groupsOf(report.findings)).map(({ headline, detail }) => `${headline}. ${detail}`.trim());
};

const principal = (name: string, differing: Partial<PrincipalSummary>): PrincipalSummary => ({
  arn: `arn:aws:iam::123456789012:user/${name}`,
  type: 'user',
  administrator: 'no',
  escalates: 'no',
  ...differing,
});

const role = { arn: 'arn:aws:iam::123456789012:role/upload', type: 'Role', id: 'AROA1', part: null } as const;

describe('what matters most', () => {
  it('is nothing where nothing was found', () => {
    expect(said({})).toEqual([]);
  });

  it('begins with who can become administrator, and who is one', () => {
    const principals = [
      principal('alice', { escalates: 'yes' }),
      principal('bob', { escalates: 'yes' }),
      principal('carol', { escalates: 'conditional' }),
      principal('dave', { administrator: 'yes' }),
    ];
    expect(said({ principals })).toEqual([
      '2 principals can become administrator. alice and bob. 1 more under conditions.',
      '1 principal is an administrator. dave.',
    ]);
  });

  it('says whose a name is that several accounts have', () => {
    const [production] = exampleReport.accounts;
    if (production === undefined) throw new Error('the example has an account');
    const other = { ...principal('alice', { administrator: 'yes' }), arn: 'arn:aws:iam::000000000042:user/alice' };
    expect(
      said({
        accounts: [production, { ...production, accountId: '000000000042', alias: null }],
        principals: [principal('alice', { administrator: 'yes' }), principal('bob', { administrator: 'yes' }), other],
      }),
    ).toEqual(['3 principals are administrators. alice of acme-production, bob and alice of 000000000042.']);
  });

  it('leaves out whose escalation was accepted', () => {
    const principals = [principal('alice', { escalates: 'yes' }), principal('bob', { escalates: 'conditional' })];
    const [{ arn = '' } = {}] = principals;
    const escalation = { reaches: 'administrator', proof: 'proven', steps: [] } as const;
    const suppressed = { state: 'suppressed', subject: { ...role, arn }, escalation } as const;
    expect(said({ principals, findings: [findingOf({ ...suppressed })] })).toEqual([
      '1 principal can become administrator, under conditions. bob.',
    ]);
    const toJewel = findingOf({ ...suppressed, escalation: { ...escalation, reaches: role.arn } });
    expect(said({ principals, findings: [toJewel] })[0]).toMatch(/^1 principal can become administrator\. alice\./);
  });

  it('does not call unconditional what is conditional', () => {
    expect(
      said({ principals: [principal('carol', { escalates: 'conditional', administrator: 'conditional' })] }),
    ).toEqual(['1 principal can become administrator, under conditions. carol.']);
  });

  it('counts a thing that is open to anybody once, however many findings it has', () => {
    const external = { principal: '*', kind: 'public', resource: role.arn, actions: ['sts:AssumeRole'] } as const;
    const findings = [
      findingOf({ category: 'external', subject: role, external }),
      findingOf({ category: 'external', subject: { ...role, part: 'statement 2' }, external }),
      findingOf({ category: 'external', subject: role, external: { ...external, principal: '1', kind: 'account' } }),
      findingOf({
        category: 'external',
        subject: { ...role, arn: 'arn:aws:iam::111122223333:role/transcribe' },
        external: {
          principal: 'ssm.amazonaws.com',
          kind: 'service',
          resource: 'arn:aws:iam::111122223333:role/transcribe',
          actions: [],
        },
      }),
    ];
    expect(said({ findings })).toEqual([
      '1 resource is open to anybody. upload.',
      '1 resource is open to somebody outside the account. upload.',
    ]);
  });

  it('leaves out what is resolved or suppressed', () => {
    const findings = (['resolved', 'suppressed'] as const).map((state) => findingOf({ severity: 'critical', state }));
    expect(said({ findings })).toEqual([]);
  });

  it('says what changed, but not in a first audit', () => {
    const findings = [findingOf({ state: 'new', severity: 'low' }), findingOf({ state: 'resolved' })];
    expect(said({ findings })).toEqual([]);
    expect(said({ findings, run: exampleReport.run })).toEqual(['Since the last audit. 1 new and 1 resolved.']);
    expect(said({ run: exampleReport.run })).toEqual(['Nothing changed since the last audit.']);
  });

  it('ends with what could not be judged', () => {
    expect(said({ findings: [findingOf({ outcome: 'unknown', severity: 'critical' })] })).toEqual([
      '1 thing could not be judged. The data for it could not be read. It may be in order, or not.',
    ]);
  });
});

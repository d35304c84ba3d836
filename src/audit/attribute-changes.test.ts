import { describe, expect, it } from 'vitest';
import type { AccountChange } from '../finding/account-change.ts';
import type { AccountCoverage, AuditReport, Finding } from '../finding/audit-report.ts';
import { finding } from '../finding/testing/finding-builder.ts';
import type { WriteEvent } from '../finding/write-event.ts';
import type { ActivityGap, ActivityQuestion } from '../ports/activity-source.ts';
import { at } from '../snapshot/testing/collected-builder.ts';
import { role, snapshot } from '../snapshot/testing/snapshot-builder.ts';
import { attributeChanges } from './attribute-changes.ts';
import type { AuditOutcome } from './run-audit.ts';

const ACCOUNT = '123456789012';
const DEPLOY = `arn:aws:iam::${ACCOUNT}:role/ci/deploy`;

const CHANGE: AccountChange = {
  accountId: ACCOUNT,
  kind: 'trust-policy',
  subject: { arn: DEPLOY, type: 'Role', id: 'AROADEPLOY', part: null },
  before: null,
  after: null,
  by: [],
};

const EVENT: WriteEvent = {
  id: 'e1',
  accountId: ACCOUNT,
  region: 'us-east-1',
  actor: { arn: 'bob', at: at('2026-01-31T15:00:00Z'), request: 'iam:UpdateAssumeRolePolicy', sourceIp: null },
  parameters: new Map([['roleName', 'deploy']]),
};

const COVERAGE: AccountCoverage = {
  accountId: ACCOUNT,
  alias: null,
  collectedAt: at('2026-02-01T02:30:00Z'),
  complete: true,
  coverage: [],
};

interface Night {
  readonly changes?: readonly AccountChange[];
  readonly findings?: readonly Finding[];
  readonly past?: readonly Finding[];
  readonly gaps?: readonly ActivityGap[];
  readonly coverage?: AccountCoverage['coverage'];
}

const attribute = async ({ changes = [], findings = [], past = [], gaps = [], coverage = [] }: Night) => {
  const asked: ActivityQuestion[] = [];
  const taken = snapshot({ roles: [role('deploy', { path: '/ci/' })] });
  const sources = [{ name: 'resources' as const, time: at('2026-02-01T02:40:00Z') }];
  const outcome: AuditOutcome = {
    report: {
      schemaVersion: '1.0',
      run: {
        id: 'tonight',
        startedAt: at('2026-02-01T02:30:00Z'),
        finishedAt: at('2026-02-01T03:30:00Z'),
        vigilVersion: '0',
        referenceDate: '2026-01-01',
        baselineRunId: null,
      },
      accounts: [{ ...COVERAGE, coverage }],
      principals: [],
      findings,
      changes,
      comparisons: [{ accountId: ACCOUNT, runId: 'before', notCompared: [] }],
    },
    snapshots: [{ ...taken, collectedAt: at('2026-02-01T02:30:00Z'), sources }],
    documents: [],
    judged: [],
    controls: [],
    diagnostics: [],
    apiCalls: new Map(),
    throttledCalls: new Map(),
    activity: new Map([
      [
        ACCOUNT,
        {
          writes: async (question) => {
            asked.push(question);
            return { events: [EVENT], gaps };
          },
        },
      ],
    ]),
    selection: null,
    judgedAt: null,
  };
  const history = {
    findings: async () => past,
    snapshot: async () => new Map([['account.json', '{"collectedAt":"2026-01-31T02:31:00Z"}']]),
  };
  const { report } = await attributeChanges(outcome, history, { phase: () => {}, step: () => {} });
  return { report, asked };
};

const actors = ({ changes = [], findings }: AuditReport) => [
  ...changes.map(({ by }) => by.map(({ arn }) => arn)),
  ...findings.map(({ by }) => by?.map(({ arn }) => arn)),
];
const TRUST = finding({ category: 'external', checkId: 'role-trusts-any-principal' });

describe('who made the changes of an audit', () => {
  it('is looked up from when the account was read before until the last of it was read now', async () => {
    const { report, asked } = await attribute({ changes: [CHANGE] });
    expect(asked).toEqual([
      {
        accountId: ACCOUNT,
        partition: 'aws',
        from: '2026-01-31T02:31:00Z',
        to: '2026-02-01T02:40:00Z',
        requests: [{ request: 'iam:UpdateAssumeRolePolicy', region: null }],
      },
    ]);
    expect(actors(report)).toEqual([['bob']]);
  });

  it('is looked up of findings that are new, worse or back again', async () => {
    for (const past of [[], [{ ...TRUST, severity: 'low' as const }], [{ ...TRUST, state: 'resolved' as const }]]) {
      const { report } = await attribute({ findings: [TRUST], past });
      expect(actors(report)).toEqual([['bob']]);
    }
  });

  it('is not asked where nothing changed', async () => {
    const { report, asked } = await attribute({ findings: [TRUST], past: [{ ...TRUST, state: 'open' }] });
    expect(asked).toEqual([]);
    expect(actors(report)).toEqual([undefined]);
  });

  it('is not asked of findings that are accepted', async () => {
    const { asked } = await attribute({ findings: [{ ...TRUST, state: 'suppressed' }] });
    expect(asked).toEqual([]);
  });
});

describe('what could not be read of who made changes', () => {
  it('is said in the coverage of the account', async () => {
    const gaps = [{ reason: 'denied' as const, detail: 'AccessDenied' }];
    const { report } = await attribute({ changes: [CHANGE], gaps });
    expect(report.accounts[0]).toMatchObject({
      complete: false,
      coverage: [
        { source: 'cloudtrail', status: 'denied', detail: 'who made changes is not known of all: AccessDenied' },
      ],
    });
  });

  it('is said beside what CloudTrail told of use', async () => {
    const gaps = [{ reason: 'skipped' as const, detail: 'too many' }];
    const coverage = [{ source: 'cloudtrail' as const, status: 'read' as const, detail: 'read', affects: ['x'] }];
    const { report } = await attribute({ changes: [CHANGE], gaps, coverage });
    expect(report.accounts[0]?.coverage).toEqual([
      {
        source: 'cloudtrail',
        status: 'partial',
        detail: 'read; who made changes is not known of all: too many',
        affects: ['x'],
      },
    ]);
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { judgeAcross } from '../../src/audit/judge-across.ts';
import { rememberAudit } from '../../src/audit/remember-audit.ts';
import { type AuditOutcome, runAudit } from '../../src/audit/run-audit.ts';
import { noProgress } from '../../src/collect/testing/collect-from.ts';
import type { Finding } from '../../src/finding/audit-report.ts';
import { ok } from '../../src/kernel/result.ts';
import type { HistoryStore } from '../../src/ports/history-store.ts';
import { loadServiceReference } from '../../src/reference/service-reference.ts';
import type { SnapshotDocuments } from '../../src/snapshot/snapshot-documents.ts';
import { at } from '../../src/snapshot/testing/collected-builder.ts';
import { documents, roleDetail, userDetail } from '../../src/snapshot/testing/documents-builder.ts';
import { allow, trusts } from '../../src/snapshot/testing/policy-builder.ts';
import { openSqliteHistory } from '../../src/store/sqlite-history.ts';

const [TOOLING, BUILD, PRODUCTION, LONELY] = ['111111111111', '222222222222', '333333333333', '444444444444'] as const;
const deny = (action: string, condition: object) => ({
  Version: '2012-10-17',
  Statement: { Effect: 'Deny', Principal: '*', Action: action, Resource: '*', Condition: condition },
});

const FULL = { Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' } };

/** Where an account is in the organization of all, under a policy beside those of AWS. */
const under = (accountId: string, limits: { readonly scp?: object; readonly rcp?: object } = {}) => ({
  organizationId: 'o-example001',
  managementAccountId: '999999999999',
  path: [
    {
      id: 'r-ab12',
      name: 'Root',
      scps: [allow('*'), ...(limits.scp ? [limits.scp] : [])],
      rcps: [FULL],
    },
    { id: accountId, name: accountId, scps: [allow('*')], rcps: [FULL, ...(limits.rcp ? [limits.rcp] : [])] },
  ],
});

const role = (accountId: string, name: string, trusted: string, policy: object) =>
  roleDetail(name, {
    RoleId: `AROA${accountId}${name.toUpperCase()}`,
    Arn: `arn:aws:iam::${accountId}:role/${name}`,
    AssumeRolePolicyDocument: trusts({ AWS: `arn:aws:iam::${trusted}:root` }),
    RolePolicyList: [{ PolicyName: 'own', PolicyDocument: policy }],
  });

/** A user who may assume a role of the next account, whose role may assume one of a third, which may do everything. */
const tooling = (scp?: object): SnapshotDocuments => {
  const ann = userDetail('ann', {
    Arn: `arn:aws:iam::${TOOLING}:user/ann`,
    UserPolicyList: [
      { PolicyName: 'own', PolicyDocument: allow('sts:AssumeRole', `arn:aws:iam::${BUILD}:role/build`) },
    ],
  });
  return documents({
    account: { accountId: TOOLING },
    details: { UserDetailList: [ann] },
    organization: under(TOOLING, scp === undefined ? {} : { scp }),
  });
};
const build: SnapshotDocuments = documents({
  account: { accountId: BUILD },
  details: {
    RoleDetailList: [role(BUILD, 'build', TOOLING, allow('sts:AssumeRole', `arn:aws:iam::${PRODUCTION}:role/deploy`))],
  },
  organization: under(BUILD),
});
const production = (rcp?: object): SnapshotDocuments =>
  documents({
    account: { accountId: PRODUCTION },
    details: { RoleDetailList: [role(PRODUCTION, 'deploy', BUILD, allow('*'))] },
    organization: under(PRODUCTION, rcp === undefined ? {} : { rcp }),
  });
const lonely: SnapshotDocuments = documents({ account: { accountId: LONELY }, organization: under(LONELY) });

const input = {
  reference: loadServiceReference,
  checkSettings: { disabled: new Set<string>(), options: new Map() },
  frameworks: [],
  vigilVersion: '0.0.0',
  progress: noProgress,
};

const audited = async (accounts: readonly SnapshotDocuments[], now: string, given = input): Promise<AuditOutcome> => {
  const sources = accounts.map((one) => ({ collect: async () => ok({ documents: one, apiCalls: new Map() }) }));
  const outcome = await runAudit({ ...given, sources, clock: { now: () => at(now) } });
  if (!outcome.ok) throw new Error(outcome.error.map(({ message }) => message).join('\n'));
  return outcome.value;
};

const openHistory = async (): Promise<HistoryStore> => {
  const directory = mkdtempSync(join(tmpdir(), 'vigil-across-'));
  const history = await openSqliteHistory(join(directory, 'history.sqlite'));
  if (!history.ok) throw new Error(history.error);
  onTestFinished(async () => {
    await history.value.close();
    rmSync(directory, { recursive: true });
  });
  return history.value;
};

/** The same outcome with an id of its own, and said of ann's finding who caused it. */
const asOwn = ({ report, ...outcome }: AuditOutcome, accountId: string): AuditOutcome => {
  const by = [
    { arn: 'arn:aws:iam::111111111111:user/eve', at: report.run.startedAt, request: 'iam:X', sourceIp: null },
  ];
  const findings = report.findings.map((one) => (one.subject.arn.endsWith('/ann') ? { ...one, by } : one));
  return { ...outcome, report: { ...report, run: { ...report.run, id: `${report.run.id}-${accountId}` }, findings } };
};

/** A night of which each account is audited by itself, and judged once more when all are in: what the history then says. */
const apart = async (accounts: readonly SnapshotDocuments[], history: HistoryStore, now: string, given = input) => {
  const alone = [];
  for (const one of accounts) {
    const { accountId } = one.account;
    const { report } = await rememberAudit(asOwn(await audited([one], now, given), accountId), history);
    alone.push({ accountId, run: report.run });
  }
  const again: string[] = [];
  for await (const { account, outcome } of judgeAcross(alone, history, given)) {
    if (!outcome.ok) throw new Error(outcome.error);
    again.push(account.accountId);
    const { report } = await rememberAudit(outcome.value, history);
    expect(report.run.id).toBe(account.run.id);
  }
  const findings = await Promise.all(alone.map(({ run }) => history.findings(run.id)));
  return { again, findings: sorted(findings.flat()) };
};

const sorted = (findings: readonly Finding[]) =>
  findings.map(({ by: _, ...finding }) => finding).sort((a, b) => (a.key < b.key ? -1 : 1));

const states = (findings: readonly Pick<Finding, 'key' | 'state'>[]) =>
  Object.fromEntries(
    findings.flatMap(({ key, state }) => {
      const [, from, into] = /^principal-can-become-administrator-elsewhere:(\d+):.*:(\d+)$/.exec(key) ?? [];
      return from === undefined ? [] : [[`${from} ${into}`, state]];
    }),
  );

const NOT_TOOLING = deny('sts:AssumeRole', { StringLike: { 'aws:PrincipalArn': `arn:aws:iam::${BUILD}:*` } });
const NO_SESSIONS = {
  Version: '2012-10-17',
  Statement: { Effect: 'Deny', Action: 'sts:AssumeRole', Resource: '*' },
};
const [FROM_TOOLING, FROM_BUILD] = [`${TOOLING} ${PRODUCTION}`, `${BUILD} ${PRODUCTION}`];

/** What there is in each night, whom it is worth to judge again, and what comes of the ways into another account. */
const NIGHTS: readonly (readonly [accounts: readonly SnapshotDocuments[], again: readonly string[], told: object])[] = [
  [[tooling(), build, production(), lonely], [TOOLING, BUILD], { [FROM_TOOLING]: 'new', [FROM_BUILD]: 'new' }],
  // What leads into an account that is missing is not judged.
  [[tooling(), build, lonely], [TOOLING, BUILD], { [FROM_TOOLING]: 'not-evaluated', [FROM_BUILD]: 'not-evaluated' }],
  [[tooling(), build, production(), lonely], [TOOLING, BUILD], { [FROM_TOOLING]: 'open', [FROM_BUILD]: 'open' }],
  [[tooling(NO_SESSIONS), build, production()], [TOOLING, BUILD], { [FROM_TOOLING]: 'resolved', [FROM_BUILD]: 'open' }],
  [[tooling(), build, production(NOT_TOOLING)], [BUILD], { [FROM_BUILD]: 'resolved' }],
  [[tooling(), build, production()], [TOOLING, BUILD], { [FROM_TOOLING]: 'reopened', [FROM_BUILD]: 'reopened' }],
];

it('accounts that are audited by themselves and judged once more stand as if they had been audited together', async () => {
  const [histories, joint] = [await openHistory(), await openHistory()];
  for (const [index, [accounts, again, told]] of NIGHTS.entries()) {
    const now = `2026-03-0${index + 1}T02:30:00Z`;
    const together = (await rememberAudit(await audited(accounts, now), joint)).report.findings;
    const found = await apart(accounts, histories, now);
    expect([...found.again].sort()).toEqual(again);
    expect(states(found.findings)).toEqual(told);
    expect(found.findings).toEqual(sorted(together));
  }
}, 60_000);

const SALARIES = 'arn:aws:s3:::salaries';
const marking = {
  ...input,
  checkSettings: {
    ...input.checkSettings,
    options: new Map([['principal-can-reach-crown-jewel', { crownJewels: [SALARIES] }]]),
  },
};

/** A user that may run code as a role that may read a bucket of another account. */
const readers = documents({
  account: { accountId: TOOLING },
  details: {
    UserDetailList: [
      userDetail('ann', {
        Arn: `arn:aws:iam::${TOOLING}:user/ann`,
        UserPolicyList: [
          {
            PolicyName: 'own',
            PolicyDocument: allow(['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction']),
          },
        ],
      }),
    ],
    RoleDetailList: [
      roleDetail('reader', {
        Arn: `arn:aws:iam::${TOOLING}:role/reader`,
        AssumeRolePolicyDocument: trusts({ Service: 'lambda.amazonaws.com' }),
        RolePolicyList: [{ PolicyName: 'own', PolicyDocument: allow('s3:GetObject') }],
      }),
    ],
  },
  organization: under(TOOLING),
});

/** The account of the bucket, which lets in somebody. */
const owner = (trusted: string): SnapshotDocuments => ({
  ...documents({ account: { accountId: BUILD }, organization: under(BUILD) }),
  resources: [
    {
      service: 's3',
      type: 'bucket',
      arn: SALARIES,
      policy: {
        Version: '2012-10-17',
        Statement: {
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::${trusted}:root` },
          Action: 's3:GetObject',
          Resource: `${SALARIES}/*`,
        },
      },
    },
  ],
});

/** The checks that tell of the bucket, with the principal, and with its state. */
const aboutSalaries = (findings: readonly Finding[]) =>
  findings
    .filter(({ subject, outcome }) => subject.part === SALARIES && outcome === 'fail')
    .map(({ checkId, subject, state }) => `${checkId} ${subject.arn.split('/')[1]} ${state}`)
    .sort();

const [HERE, ELSEWHERE] = ['principal-can-reach-crown-jewel', 'principal-can-reach-crown-jewel-elsewhere'] as const;

it('a crown jewel is reached by the policies of both accounts, whichever of them was audited first', async () => {
  const [histories, joint] = [await openHistory(), await openHistory()];
  // As long as nobody knows whose the bucket is, the principal's side is all that there is.
  const nights = [
    [[readers, lonely], [`${HERE} ann new`]],
    [[readers, owner(PRODUCTION)], [`${HERE} ann resolved`]],
    [
      [readers, owner(TOOLING)],
      [`${ELSEWHERE} ann new`, `${ELSEWHERE} reader new`],
    ],
    [
      [readers, owner(PRODUCTION)],
      [`${ELSEWHERE} ann resolved`, `${ELSEWHERE} reader resolved`],
    ],
  ] as const;
  for (const [index, [accounts, told]] of nights.entries()) {
    const now = `2026-03-0${index + 1}T02:30:00Z`;
    const together = (await rememberAudit(await audited(accounts, now, marking), joint)).report.findings;
    const found = await apart(accounts, histories, now, marking);
    expect(aboutSalaries(together)).toEqual(told);
    expect(found.findings).toEqual(sorted(together));
  }
}, 60_000);

it('who caused a finding stays known', async () => {
  const history = await openHistory();
  const { findings } = await apart([tooling(), build, production()], history, '2026-03-01T02:30:00Z');
  const kept = await history.findings(`20260301T023000Z-${TOOLING}`);
  expect(findings.length).toBeGreaterThan(kept.length);
  const known = kept.filter(({ by }) => by !== undefined).map(({ checkId }) => checkId);
  expect(known.length).toBeGreaterThan(0);
  expect(known).not.toContain('principal-can-become-administrator-elsewhere');
});

it('an account whose snapshot is gone is told where it was to be judged again, and is not taken for shut', async () => {
  const history = await openHistory();
  const now = '2026-03-01T02:30:00Z';
  const alone = [];
  for (const one of [tooling(), build, production()]) {
    const { report } = await rememberAudit(asOwn(await audited([one], now), one.account.accountId), history);
    alone.push({ accountId: one.account.accountId, run: report.run });
  }
  const lossy = {
    findings: history.findings,
    snapshot: async (runId: string, accountId: string) =>
      accountId === BUILD ? new Map<string, string>() : history.snapshot(runId, accountId),
  };
  const told = [];
  for await (const { account, outcome } of judgeAcross(alone, lossy, input)) told.push([account.accountId, outcome]);
  expect(told).toEqual([
    [BUILD, { ok: false, error: expect.stringMatching(/^the snapshot of account 222222222222 cannot be read: /) }],
  ]);
});

import { readFileSync } from 'node:fs';
import { accountToDocuments } from '../../src/account/account-documents.ts';
import { accountAt } from '../../src/account/cloud-state.ts';
import { callBy, cloudOfFiles, NOW } from '../../src/account/testing/cloud-of-file.ts';
import { accountChanges } from '../../src/analyze/account-changes.ts';
import { analyzeAccount } from '../../src/analyze/analyze-account.ts';
import { DEFAULT_CHECK_SETTINGS } from '../../src/analyze/testing/default-settings.ts';
import { runAudit } from '../../src/audit/run-audit.ts';
import { complianceFrameworks } from '../../src/cli/compliance-frameworks.ts';
import type { ReportedOutcome } from '../../src/cli/render-outcome.ts';
import type { Actor } from '../../src/finding/actor.ts';
import { type AuditReport, FINDING_STATES, type Finding } from '../../src/finding/audit-report.ts';
import type { ExpectedAccount, ExpectedStatus } from '../../src/finding/expected-account.ts';
import type { FindingSuppression } from '../../src/finding/suppression.ts';
import { loadServiceReference } from '../../src/reference/service-reference.ts';
import type { AccountSnapshot } from '../../src/snapshot/account-snapshot.ts';
import { at } from '../../src/snapshot/testing/collected-builder.ts';
import { PAYLOADS, poisoned, withHostilePolicies } from '../hostile/poison.ts';
import { labelledAccounts } from '../quality/labelled-accounts.ts';

/** The audit of the demo account, with names, tags and policies that strangers chose to do harm. */
export const hostileOutcome = async (): Promise<ReportedOutcome> => {
  const text = readFileSync('config/demo-account.yaml', 'utf8');
  const documents = accountToDocuments(accountAt(cloudOfFiles(text), callBy('nobody').account), NOW);
  const value = { documents: withHostilePolicies(poisoned(documents)), apiCalls: new Map() };
  const outcome = await runAudit({
    sources: [{ collect: () => Promise.resolve({ ok: true, value }) }],
    clock: null,
    reference: loadServiceReference,
    checkSettings: DEFAULT_CHECK_SETTINGS,
    frameworks: complianceFrameworks(),
    vigilVersion: '0.0.0',
    progress: { phase: () => {}, step: () => {} },
  });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
  return inAllStates(outcome.value);
};

/**
 * The audits of the labelled accounts, each as if it had a past: its findings are in all states in turn, and what is otherwise in the
 * labelled account before it has changed.
 */
export const labelledOutcomes = async (): Promise<ReadonlyMap<string, ReportedOutcome>> => {
  const reference = await loadServiceReference();
  const outcomes = labelledAccounts.map(
    ({ name, now, snapshot, trustedAccounts = [], options }, index): [string, ReportedOutcome] => {
      const settings = { ...DEFAULT_CHECK_SETTINGS, trustedAccounts, ...(options && { options }) };
      const instant = at(now);
      const analysis = analyzeAccount(snapshot, {
        now: instant,
        reference,
        settings,
        frameworks: complianceFrameworks(),
      });
      const run = {
        id: instant.replaceAll(/[-:]/g, ''),
        startedAt: instant,
        finishedAt: instant,
        vigilVersion: '0.0.0',
        referenceDate: reference.dataDate,
        baselineRunId: '20260101T000000Z',
      };
      const { account, principals, findings, escalationCuts, analyzer, controls, judged } = analysis;
      const report = {
        schemaVersion: '1.0' as const,
        run,
        accounts: [account],
        principals,
        findings,
        escalationCuts,
        ...(analyzer && { analyzer }),
        ...pastOf(labelledAccounts[index - 1]?.snapshot, snapshot, { reference, now: instant }),
        expected: [expectedAccount(snapshot.accountId, 'collected'), expectedAccount('999999999999', 'failed')],
      };
      return [name, inAllStates({ report, snapshots: [snapshot], judged: [judged], controls })];
    },
  );
  return new Map(outcomes);
};

const ACTOR: Actor = {
  arn: 'arn:aws:sts::123456789012:assumed-role/deploy/session',
  role: 'arn:aws:iam::123456789012:role/ci/deploy',
  at: at('2026-01-01T00:00:00Z'),
  request: 'iam:AttachUserPolicy',
  sourceIp: null,
};

const pastOf = (
  before: AccountSnapshot | undefined,
  after: AccountSnapshot,
  tools: Parameters<typeof accountChanges>[2],
): Pick<AuditReport, 'changes' | 'comparisons'> => {
  if (before === undefined) return {};
  const { changes, notCompared } = accountChanges(before, after, tools);
  return {
    changes: changes.map((change) => ({ ...change, by: [ACTOR] })),
    comparisons: [{ accountId: after.accountId, runId: '20260101T000000Z', notCompared }],
  };
};

const expectedAccount = (accountId: string, status: ExpectedStatus): ExpectedAccount => ({
  accountId,
  name: null,
  group: 'production',
  status,
  reason: status === 'failed' ? 'AWS refused sts:AssumeRole' : null,
  lastRead: { runId: '20260101T000000Z', startedAt: at('2026-01-01T00:00:00Z') },
  droppedOut: status === 'failed',
});

const inAllStates = (outcome: ReportedOutcome): ReportedOutcome => ({
  ...outcome,
  report: { ...outcome.report, findings: outcome.report.findings.map(inSomeState) },
});

const inSomeState = (finding: Finding, index: number): Finding => {
  const state = FINDING_STATES[index % FINDING_STATES.length] ?? 'new';
  return { ...finding, state, by: [ACTOR], ...(state === 'suppressed' && { suppression: suppressionOf(finding) }) };
};

const suppressionOf = ({ lastSeen }: Finding): FindingSuppression => ({
  file: 'suppressions.yaml',
  line: 3,
  reason: 'accepted-risk',
  justification: `It is meant to be so. ${PAYLOADS.join(' ')}`,
  owner: 'platform@example.com',
  approver: 'security@example.com',
  ticket: null,
  expires: lastSeen,
  pin: null,
});

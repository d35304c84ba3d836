import { isBaseline } from '../alert-content/baseline-of-night.ts';
import type { Config } from '../config/config.ts';
import { silenceSdkVersionWarning } from '../config/environment.ts';
import type { RunResult } from '../daemon/run-result.ts';
import type { FindingState } from '../finding/audit-report.ts';
import { hangsOnOthers } from '../finding/judged-scope.ts';
import { summarizeAccount } from '../finding/summarize-account.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { HistoryStore } from '../ports/history-store.ts';
import type { AccountOfNight, AccountOutcome, PlannedAccount } from '../ports/night-store.ts';
import { type AuditAlerts, openAuditAlerts } from './audit-alerts.ts';
import type { AuditSources } from './audit-sources.ts';
import { EXIT } from './exit-codes.ts';
import { rememberedReadingOptions } from './live-account.ts';
import { accountRunId, alertingOptions, configOfAccount, type NightOrder } from './night-order.ts';
import { noticeTo } from './notice.ts';
import { openHistory } from './open-history.ts';
import { auditWithin, type PerformedAudit } from './perform-audit.ts';
import { openAccountsDoor } from './planned-accounts.ts';
import { doneBefore, failedRun, toDoneRun } from './run-results.ts';
import { systemClock } from './system-clock.ts';
import { tellingAccounts } from './telling-accounts.ts';
import type { Terminal } from './terminal.ts';

/** Audits one account of a night, remembers what it comes to for the others, and does nothing where that was done before. */
export const performAccountJob = async (
  order: NightOrder & { readonly key: string },
  { terminal, mayWrite }: { readonly terminal: Terminal; readonly mayWrite: () => Promise<boolean> },
): Promise<RunResult> => {
  const opened = await openHistory(order.history);
  if (!opened.ok) return failedRun([opened.error]);
  const history = opened.value;
  try {
    const { nightId, key } = order;
    const account = await history.nights.account(nightId, key);
    if (account === null) return failedRun([`night ${nightId} is not known`]);
    const { night, plan, outcome, isOver } = account;
    if (outcome?.kind === 'audited') return doneBefore(outcome.run.id);
    const runId = accountRunId(night, plan);
    // Workers that were away for long are not to audit for the nights that are over, nor is anybody to wait for them.
    if (isOver) {
      if (outcome === null) await history.nights.settle(nightId, key, TOO_LATE);
      return doneBefore(runId);
    }
    let isTaken = false;
    const performed = await auditAccount({ history, account }, order, terminal, async () => {
      if (!(await mayWrite())) return false;
      // Where this process was not heard of for long, another one had its job too, and may have been first.
      isTaken = (await history.nights.account(nightId, key))?.outcome?.kind === 'audited';
      return !isTaken;
    });
    if (isTaken) return doneBefore(runId);
    if (!performed.ok) return performed.error;
    const { report, controls } = performed.value.outcome;
    const summary = JSON.stringify(summarizeAccount(report, controls));
    const [read] = report.accounts;
    await history.nights.settle(nightId, key, {
      kind: 'audited',
      accountId: read?.accountId ?? key,
      run: report.run,
      summary,
    });
    return toDoneRun(performed.value, terminal);
  } finally {
    await history.close();
  }
};

const TOO_LATE: AccountOutcome = { kind: 'failed', reason: 'the night was over before it could be audited' };

interface AccountToAudit {
  readonly history: HistoryStore;
  readonly account: AccountOfNight;
}

const auditAccount = async (
  { history, account: { night, plan } }: AccountToAudit,
  { options, config }: NightOrder,
  terminal: Terminal,
  mayWrite: () => Promise<boolean>,
): Promise<Result<PerformedAudit, RunResult>> => {
  const own = configOfAccount(config, plan);
  const auditOptions = alertingOptions({ options, config });
  const alerts = await openAuditAlerts(auditOptions, own, terminal);
  if (!alerts.ok) return err(failedRun(alerts.error));
  const surroundings = {
    alerts: heldBack(alerts.value, night.id),
    history,
    mayWrite,
    openSources: async () => {
      const sources = await openPlanned(plan, own, terminal);
      const tellers = await tellingAccounts(night, history, systemClock.now());
      return sources.ok ? ok({ ...sources.value, tellers }) : sources;
    },
    ofNight: { runId: accountRunId(night, plan) },
  };
  const performed = await auditWithin(surroundings, auditOptions, own, terminal);
  if (performed.ok && performed.value.isRemembered) return ok(performed.value);
  if (performed.ok) return err(failedRun(['history: the audit could not be remembered']));
  const { messages, exitCode } = performed.error;
  return err({ kind: 'failed', messages, cause: exitCode === EXIT.usage ? 'usage' : 'no-audit' });
};

/**
 * First audits are told together when the night ends: of hundreds of accounts nobody reads as many messages. What hangs on other
 * accounts is told when it was judged with them.
 */
const heldBack = (alerts: AuditAlerts, nightId: string): AuditAlerts => {
  const { news: newsOf } = alerts;
  if (newsOf === null) return alerts;
  return {
    ...alerts,
    news: (remembered) => {
      const { report } = remembered;
      const findings = report.findings.filter((each) => !(BEGUN.has(each.state) && hangsOnOthers(each)));
      const news = newsOf({ ...remembered, report: { ...report, findings } });
      const held = { nightId, alerts: news.alerts.filter(isBaseline) };
      return { ...news, alerts: news.alerts.filter((alert) => !isBaseline(alert)), held };
    },
  };
};

/** What a finding has where the audit before did not have it. */
const BEGUN: ReadonlySet<FindingState> = new Set<FindingState>(['new', 'reopened']);

const openPlanned = async (
  account: PlannedAccount,
  config: Config,
  terminal: Terminal,
): Promise<Result<AuditSources, readonly string[]>> => {
  silenceSdkVersionWarning();
  const reading = rememberedReadingOptions(config, {
    clock: systemClock,
    warn: noticeTo(terminal, 'reading hampered'),
  });
  const door = await openAccountsDoor(config, reading);
  const source = await door.open(account);
  const close = async (): Promise<void> => door.close();
  if (source.ok) return ok({ sources: [source.value], clock: systemClock, close });
  await close();
  return err([source.error]);
};

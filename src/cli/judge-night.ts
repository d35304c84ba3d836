import { parseCheckSettings } from '../analyze/check-settings.ts';
import { allChecks } from '../analyze/registry.ts';
import { type AuditedAlone, type JudgingInput, judgeAcross } from '../audit/judge-across.ts';
import { rememberAudit } from '../audit/remember-audit.ts';
import type { AccountSummary } from '../finding/organization-night.ts';
import { parseAccountSummary } from '../finding/stored-account-summary.ts';
import { summarizeAccount } from '../finding/summarize-account.ts';
import { ok, type Result } from '../kernel/result.ts';
import type { HistoryStore } from '../ports/history-store.ts';
import type { Night, PlannedAccount } from '../ports/night-store.ts';
import { loadServiceReference } from '../reference/service-reference.ts';
import { openAuditAlerts } from './audit-alerts.ts';
import { type FindingSettings, findingSettings } from './audit-settings.ts';
import { complianceFrameworks } from './compliance-frameworks.ts';
import { alertingOptions, configOfAccount, type NightOrder } from './night-order.ts';
import { noticeTo } from './notice.ts';
import { vigilVersion } from './package-files.ts';
import { partOfNight } from './perform-audit.ts';
import { systemClock } from './system-clock.ts';
import { tellingAccounts } from './telling-accounts.ts';
import type { Terminal } from './terminal.ts';

/** A night whose report is being made. */
export interface NightAtHand {
  readonly night: Night;
  readonly history: HistoryStore;
  readonly order: NightOrder;
  readonly terminal: Terminal;
}

/** An account of a night that was audited. */
export interface AuditedAccount extends AuditedAlone {
  readonly planned: PlannedAccount;
  readonly summary: AccountSummary;
}

/** The accounts that were audited, each once. What another Vigil wrote and this one cannot read is as if it were not there. */
export const auditedAccounts = ({ accounts, outcomes }: Night): readonly AuditedAccount[] => {
  const audited = new Map<string, AuditedAccount>();
  for (const planned of accounts) {
    const outcome = outcomes.get(planned.key);
    if (outcome?.kind !== 'audited' || audited.has(outcome.accountId)) continue;
    const { accountId, run } = outcome;
    const summary = parseAccountSummary(outcome.summary);
    const expected = { accountId, name: planned.name, group: planned.group };
    if (summary.ok) audited.set(accountId, { accountId, run, expected, planned, summary: summary.value });
  }
  return [...audited.values()];
};

/** What accounts are judged again with, as their own audits were. The errors are those of the configuration. */
export const judgingInput = async (
  { config }: Pick<NightOrder, 'config'>,
  terminal: Terminal,
): Promise<Result<JudgingInput & FindingSettings, readonly string[]>> => {
  const checkSettings = parseCheckSettings(allChecks, { ...config.checks, ...config.escalation });
  if (!checkSettings.ok) return checkSettings;
  const settings = await findingSettings(config);
  if (!settings.ok) return settings;
  return ok({
    ...settings.value,
    reference: loadServiceReference,
    checkSettings: checkSettings.value,
    frameworks: complianceFrameworks(),
    vigilVersion: vigilVersion(),
    progress: terminal.progress,
  });
};

/** Judges the accounts of a night across accounts, and remembers it in place of what was found in each by itself. */
export const judgeNight = async (
  { night, history, order, terminal }: NightAtHand,
  input: JudgingInput,
): Promise<void> => {
  const warn = noticeTo(terminal, 'account not judged across accounts');
  const tellers = await tellingAccounts(night, history, systemClock.now());
  const audited = new Map(auditedAccounts(night).map((one) => [one.run.id, one]));
  for await (const { account, outcome } of judgeAcross([...audited.values()], history, { ...input, tellers })) {
    const one = audited.get(account.run.id);
    if (one === undefined) continue;
    if (!outcome.ok) {
      warn(`account ${account.accountId} was not judged across accounts: ${outcome.error}`);
      continue;
    }
    const alerts = await openAuditAlerts(alertingOptions(order), configOfAccount(order.config, one.planned), terminal);
    const news = alerts.ok ? alerts.value.news : null;
    const { report, controls } = await rememberAudit(
      partOfNight(outcome.value, { runId: account.run.id }),
      history,
      news,
    );
    const summary = summarizeAccount(report, controls);
    await history.nights.settle(night.id, one.planned.key, {
      kind: 'audited',
      accountId: account.accountId,
      run: report.run,
      summary: JSON.stringify({ ...summary, news: mergedNews(one.summary.news, summary.news) }),
    });
  }
};

/** What changed and by whom only the account's own audit could tell; access from outside may stand in another light. */
const mergedNews = (before: AccountSummary['news'], now: AccountSummary['news']): AccountSummary['news'] =>
  before === null ? now : { ...before, external: now?.external ?? before.external };

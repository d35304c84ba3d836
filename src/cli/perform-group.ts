import type { RunResult } from '../daemon/run-result.ts';
import type { AuditOptions } from './audit-options.ts';
import { EXIT } from './exit-codes.ts';
import type { GroupOrder } from './group-messages.ts';
import { performAudit } from './perform-audit.ts';
import { toDoneRun } from './run-results.ts';
import type { Terminal } from './terminal.ts';

// Night after night fills any disk: a year of reports, and a month to look back.
const MAX_AGE_DAYS = 400;

/** Audits a group as `vigil audit` would, with its alerts, remembered in the history of the daemon. */
export const performGroup = async (
  { accounts, options, config, history }: GroupOrder,
  { terminal, mayWrite }: { readonly terminal: Terminal; readonly mayWrite: () => Promise<boolean> },
): Promise<RunResult> => {
  const auditOptions: AuditOptions = {
    ...options,
    history,
    ...(accounts !== null && { accounts }),
    ...(config.alerts.routes.length > 0 && { alert: true }),
  };
  let isAbandoned = false;
  const { maxAgeDays = MAX_AGE_DAYS } = config.report;
  const forNights = { ...config, report: { ...config.report, maxAgeDays } };
  const performed = await performAudit(auditOptions, forNights, terminal, async () => {
    isAbandoned = !(await mayWrite());
    return !isAbandoned;
  });
  if (isAbandoned) return { kind: 'abandoned' };
  if (!performed.ok) {
    const { messages, exitCode } = performed.error;
    return { kind: 'failed', messages, cause: exitCode === EXIT.usage ? 'usage' : 'no-audit' };
  }
  return toDoneRun(performed.value, terminal);
};

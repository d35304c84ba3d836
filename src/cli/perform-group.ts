import type { Config } from '../config/config.ts';
import type { Group } from '../daemon/group.ts';
import type { RunSurroundings } from '../daemon/perform-run.ts';
import type { RunResult } from '../daemon/run-result.ts';
import type { AuditOptions } from './audit-options.ts';
import type { DaemonOptions } from './daemon-options.ts';
import { EXIT } from './exit-codes.ts';
import { performAudit } from './perform-audit.ts';
import type { Terminal } from './terminal.ts';

/** Audits a group as `vigil audit` would, with its alerts, remembered in the history of the daemon. `say` is told what is in the way. */
export const performGroup = async (
  { accounts }: Group,
  { progress, mayWrite }: RunSurroundings,
  {
    options,
    config,
    history,
    say,
  }: {
    readonly options: DaemonOptions;
    readonly config: Config;
    readonly history: string;
    readonly say: (line: string) => void;
  },
): Promise<RunResult> => {
  const auditOptions: AuditOptions = {
    ...options,
    history,
    ...(accounts !== null && { accounts }),
    ...(config.alerts.routes.length > 0 && { alert: true }),
  };
  const terminal: Terminal = { print: () => {}, say, progress, style: (_, text) => text };
  let isAbandoned = false;
  const performed = await performAudit(auditOptions, config, terminal, () => {
    isAbandoned = !mayWrite();
    return !isAbandoned;
  });
  if (isAbandoned) return { kind: 'abandoned' };
  if (!performed.ok) {
    const { messages, exitCode } = performed.error;
    return { kind: 'failed', messages, cause: exitCode === EXIT.usage ? 'usage' : 'no-audit' };
  }
  const { outcome, files, alerted } = performed.value;
  for (const diagnostic of outcome.diagnostics) say(diagnostic);
  const { report, apiCalls, throttledCalls } = outcome;
  return { kind: 'done', auditId: report.run.id, report, alerted, apiCalls, throttledCalls, files };
};

import { parseCheckSettings } from '../analyze/check-settings.ts';
import { allChecks } from '../analyze/registry.ts';
import { type AuditInput, runAudit } from '../audit/run-audit.ts';
import type { Config } from '../config/config.ts';
import type { AuditReport } from '../finding/audit-report.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { loadServiceReference } from '../reference/service-reference.ts';
import { openAuditSources } from './audit-sources.ts';
import { EXIT } from './exit-codes.ts';
import type { InputOptions } from './input-options.ts';
import { vigilVersion } from './package-files.ts';
import type { NoAccount } from './question-accounts.ts';
import type { Terminal } from './terminal.ts';

/** Audits the accounts that the options name under some suppressions, and writes and remembers nothing. */
export const foundFindings = async (
  options: InputOptions,
  config: Config,
  { suppressions, terminal }: { readonly suppressions: AuditInput['suppressions']; readonly terminal: Terminal },
): Promise<Result<AuditReport, NoAccount>> => {
  const checkSettings = parseCheckSettings(allChecks, { ...config.checks, ...config.escalation });
  if (!checkSettings.ok) return err({ problems: checkSettings.error, exitCode: EXIT.usage });
  const accounts = await openAuditSources(options, config, terminal);
  if (!accounts.ok) return err({ problems: accounts.error, exitCode: EXIT.usage });
  const audited = await runAudit({
    ...accounts.value,
    reference: loadServiceReference,
    checkSettings: checkSettings.value,
    frameworks: [],
    vigilVersion: vigilVersion(),
    progress: terminal.progress,
    suppressions,
  }).finally(() => accounts.value.close());
  terminal.progress.phase('');
  if (audited.ok) return ok(audited.value.report);
  const isInput = audited.error.some(({ kind }) => kind === 'input');
  return err({
    problems: audited.error.map(({ message }) => message),
    exitCode: isInput ? EXIT.usage : EXIT.noAudit,
  });
};

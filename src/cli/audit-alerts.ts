import { alertOfFailure, alertsOfReport } from '../alert-content/alerts-of-report.ts';
import type { Config } from '../config/config.ts';
import type { AuditReport } from '../finding/audit-report.ts';
import { ok, type Result } from '../kernel/result.ts';
import type { ReportFormat } from '../report/report-format.ts';
import { type OpenRoute, openAlertRoutes, sendAlerts } from './alert-routes.ts';
import type { AuditOptions } from './audit-options.ts';
import { systemClock } from './system-clock.ts';
import type { Terminal } from './terminal.ts';

/** What an audit tells the routes; where no alerts are asked for, there are none. */
export interface AuditAlerts {
  /** Tells what the report says. Whether all alerts arrived. */
  ofReport(report: AuditReport, formats: readonly ReportFormat[]): Promise<boolean>;
  /** Tells that nothing could be audited. */
  ofFailure(reasons: readonly string[]): Promise<boolean>;
}

/** Opens the routes before the audit begins, so that one that lacks its secret is told at once and not at its end. */
export const openAuditAlerts = async (
  options: AuditOptions,
  config: Config,
  terminal: Terminal,
): Promise<Result<AuditAlerts, readonly string[]>> => {
  const routes = options.alert === true ? await openAlertRoutes(config) : ok<readonly OpenRoute[]>([]);
  if (!routes.ok) return routes;
  return ok({
    ofReport: async (report, formats) => {
      const link = formats.includes('html') ? linkOf(report.run.id, options, config) : null;
      return sendAlerts(routes.value, (route) => alertsOfReport(report, route, link), terminal);
    },
    ofFailure: async (reasons) => {
      const at = systemClock.now();
      return sendAlerts(routes.value, (route) => [alertOfFailure(reasons.join('; '), route, at)], terminal);
    },
  });
};

// Only what lies under `report.directory` is served at its address.
const linkOf = (runId: string, { out }: AuditOptions, { alerts: { reportUrl } }: Config): string | null =>
  reportUrl === undefined || out !== undefined ? null : `${reportUrl.replace(/\/+$/, '')}/${runId}/report.html`;

import { resolve } from 'node:path';
import { alertOfFailure, alertsOfReport } from '../alert-content/alerts-of-report.ts';
import { alertsOfUploads, type UploadNews } from '../alert-content/alerts-of-uploads.ts';
import { baselinesOfNight } from '../alert-content/baseline-of-night.ts';
import { withReports } from '../alert-content/enclosed-reports.ts';
import { newsOfAudit } from '../alert-content/news-of-audit.ts';
import type { AuditNews } from '../audit/remember-audit.ts';
import type { AlertRoute } from '../config/alert-route.ts';
import type { Config } from '../config/config.ts';
import type { Alert, AlertReports } from '../finding/alert.ts';
import type { AuditReport } from '../finding/audit-report.ts';
import type { News } from '../finding/told.ts';
import { ok, type Result } from '../kernel/result.ts';
import type { AlertOutbox } from '../ports/alert-outbox.ts';
import { isOfOrganization, ORGANIZATION_FILES, REPORT_FILES } from '../report/report-format.ts';
import { type OpenRoute, openAlertRoutes, sendAlerts } from './alert-routes.ts';
import type { AuditOptions } from './audit-options.ts';
import { deliverAlerts } from './deliver-alerts.ts';
import { nightDirectory } from './night-files.ts';
import { noticeTo } from './notice.ts';
import { clockOf } from './system-clock.ts';
import type { Terminal } from './terminal.ts';

/** What an audit tells the routes. */
export interface AuditAlerts {
  /**
   * What is queued with an audit that is remembered, or with a night that ends, with what its audits held back for it; null: no
   * alerts are asked for.
   */
  readonly news: ((remembered: Parameters<AuditNews>[0], held?: readonly Alert[]) => News) | null;
  /**
   * Tells what there is to tell, from the outbox where the audit is remembered; null: of the report as it is. Whether all that
   * was due has arrived.
   */
  ofReport(report: AuditReport, outbox: AlertOutbox | null): Promise<boolean>;
  /** Tells of reports that do not arrive where they are to go. */
  ofUploads(news: readonly UploadNews[], outbox: AlertOutbox | null): Promise<boolean>;
  /** Tells that nothing could be audited. */
  ofFailure(reasons: readonly string[], outbox?: AlertOutbox | null): Promise<boolean>;
}

/**
 * Opens the routes before the audit begins, so that one that lacks its secret is told at once and not at its end. `group`: what is told
 * is the night of all its accounts together; null: an audit.
 */
export const openAuditAlerts = async (
  options: AuditOptions,
  config: Config,
  terminal: Terminal,
  group: string | null = null,
): Promise<Result<AuditAlerts, readonly string[]>> => {
  const opened = options.alert === true ? await openAlertRoutes(config) : ok<readonly OpenRoute[]>([]);
  if (!opened.ok) return opened;
  const routes = opened.value;
  const clock = clockOf(options);
  const [page] = group === null ? REPORT_FILES.html : ORGANIZATION_FILES.html;
  const linkTo = (runId: string): string | null => linkOf({ runId, page }, options, config);
  const reportsOf = (runId: string) => (name: string) => {
    const route = routes.find((one) => one.route.name === name)?.route;
    return route === undefined ? null : reportsFor(route, { runId, group }, options, config);
  };
  const deliver = async (outbox: AlertOutbox): Promise<boolean> => {
    if (routes.length === 0) return true;
    try {
      const { failed } = await deliverAlerts(outbox, routes, config, { clock, terminal });
      return failed.length === 0;
    } catch (error) {
      // The history cannot be written (a full disk): the audit is done all the same, and the alerts wait.
      const reason = error instanceof Error ? error.message : String(error);
      noticeTo(terminal, 'alerts not delivered')(`history: alerts could not be delivered: ${reason}`);
      return false;
    }
  };
  const tellAll = async (
    alertsFor: (route: string) => readonly Alert[],
    outbox: AlertOutbox | null,
  ): Promise<boolean> => {
    if (outbox === null) return sendAlerts(routes, ({ name }) => alertsFor(name), terminal);
    const alerts = routes.flatMap(({ route }) => alertsFor(route.name));
    if (alerts.length === 0) return true;
    await outbox.queue(alerts, clock.now());
    return deliver(outbox);
  };
  return ok({
    news:
      routes.length === 0
        ? null
        : (remembered, held = []) => {
            const runId = remembered.report.run.id;
            const link = linkTo(runId);
            const news = newsOfAudit({
              ...remembered,
              routes: routes.map(({ route }) => route),
              link,
              at: clock.now(),
            });
            const alerts = [...news.alerts, ...baselinesOfNight(held, { runId, link })];
            return { ...news, alerts: withReports(alerts, reportsOf(runId)) };
          },
    ofReport: async (report, outbox) =>
      outbox === null
        ? sendAlerts(
            routes,
            (route) => withReports(alertsOfReport(report, route, linkTo(report.run.id)), reportsOf(report.run.id)),
            terminal,
          )
        : deliver(outbox),
    ofUploads: async (news, outbox) => tellAll((route) => alertsOfUploads(news, route, clock.now()), outbox),
    ofFailure: async (reasons, outbox = null) =>
      tellAll((route) => [alertOfFailure(reasons.join('; '), { name: route }, clock.now())], outbox),
  });
};

/** The reports of a run, or of the night of a group, that a route wants with its mail; null: it wants none. */
const reportsFor = (
  route: AlertRoute,
  { runId, group }: { readonly runId: string; readonly group: string | null },
  options: AuditOptions,
  config: Config,
): AlertReports | null => {
  const attach = route.channel === 'email' ? route.attach : [];
  // What comes with what is told of the night as a whole is not missed before.
  const files = group === null ? attach.filter((name) => !isOfOrganization(name)) : attach;
  if (files.length === 0) return null;
  return {
    runId,
    // Whoever delivers the alert in the end may run elsewhere.
    directory: resolve(nightDirectory(options, config, runId)),
    files,
    link: addressOf(runId, options, config),
    ...(group !== null && { group }),
  };
};

// Only what lies under `report.directory` is served at its address.
const addressOf = (runId: string, { out }: AuditOptions, { alerts: { reportUrl } }: Config): string | null =>
  reportUrl === undefined || out !== undefined ? null : `${reportUrl.replace(/\/+$/, '')}/${runId}`;

const linkOf = (
  { runId, page }: { readonly runId: string; readonly page: string },
  options: AuditOptions,
  config: Config,
): string | null => {
  const address = addressOf(runId, options, config);
  const hasPage = (options.format ?? config.report.formats).includes('html');
  return address === null || !hasPage ? null : `${address}/${page}`;
};

import { Gauge, Registry } from 'prom-client';
import type { AuditReport, Finding } from '../../finding/audit-report.ts';
import { SEVERITIES } from '../../finding/check-result.ts';
import { EXPECTED_STATUSES } from '../../finding/expected-account.ts';
import { epochMillis } from '../../kernel/time.ts';
import { inReportOrder } from '../report-order.ts';
import type { MachineAssets } from './machine-assets.ts';
import { isOpen } from './open-states.ts';

/**
 * The text of `metrics.prom`, in the text format of Prometheus, for the textfile collector of its node exporter. Samples bear
 * no time of their own, as the collector demands; when the audit was is a value.
 */
export const reportMetrics = async (report: AuditReport, { controls }: MachineAssets): Promise<string> => {
  const registry = new Registry();
  const { run, accounts, principals, findings } = inReportOrder(report);
  const gauge = gaugeIn(registry);

  gauge('vigil_info', 'Which Vigil made the audit, with the service reference of which date', [
    [{ version: run.vigilVersion, reference_date: run.referenceDate }, 1],
  ]);
  const [started, finished] = [epochMillis(run.startedAt) / 1000, epochMillis(run.finishedAt) / 1000];
  gauge('vigil_run_started_timestamp_seconds', 'When the audit began', [[{}, started]]);
  gauge('vigil_run_finished_timestamp_seconds', 'When the audit ended', [[{}, finished]]);
  gauge('vigil_run_duration_seconds', 'How long the audit took', [[{}, finished - started]]);
  gauge(
    'vigil_findings_open',
    'Findings that say that something is wrong, and that nobody accepted',
    accounts.flatMap(({ accountId }) => SEVERITIES.map((severity): Sample => [{ account_id: accountId, severity }, 0])),
    findings.filter(isOpen).map(({ accountId, severity }) => ({ account_id: accountId, severity })),
  );
  gauge('vigil_findings', 'Findings by all that tells them apart', [], findings.map(findingLabels));
  gauge(
    'vigil_account_complete',
    'Whether every source of the account was read whole',
    accounts.map(({ accountId, complete }): Sample => [{ account_id: accountId }, complete ? 1 : 0]),
  );
  gauge(
    'vigil_expected_accounts',
    'Accounts that were to be read, by what became of them',
    report.expected === undefined ? [] : EXPECTED_STATUSES.map((status): Sample => [{ status }, 0]),
    (report.expected ?? []).map(({ status }) => ({ status })),
  );
  gauge(
    'vigil_source_read',
    'Whether a source of the account was read whole',
    accounts.flatMap(({ accountId, coverage }) =>
      coverage.map(
        ({ source, status }): Sample => [{ account_id: accountId, source, status }, status === 'read' ? 1 : 0],
      ),
    ),
  );
  gauge(
    'vigil_principals',
    'Users, roles and root users, by whether they are administrators or can become one',
    [],
    principals.map(({ arn, type, administrator, escalates }) => ({
      account_id: arn.split(':')[4] ?? '',
      type,
      administrator,
      escalates,
    })),
  );
  gauge(
    'vigil_controls',
    'Controls of compliance frameworks by what they come to',
    [],
    controls.map(({ accountId, framework, status }) => ({ account_id: accountId, framework, status })),
  );
  return registry.metrics();
};

type Labels = Readonly<Record<string, string>>;
type Sample = readonly [labels: Labels, value: number];

const findingLabels = ({ accountId, severity, category, state, outcome }: Finding): Labels => ({
  account_id: accountId,
  severity,
  category,
  state,
  outcome,
});

/** Adds a metric to a registry: samples as they are, and one more for each time that labels are counted. */
const gaugeIn =
  (registry: Registry) =>
  (name: string, help: string, samples: readonly Sample[], counted: readonly Labels[] = []): void => {
    // A metric without labels would be told as 0.
    if (samples.length + counted.length === 0) return;
    const labelNames = [...new Set([...samples.map(([labels]) => labels), ...counted].flatMap(Object.keys))];
    const metric = new Gauge({ name, help, labelNames, registers: [registry] });
    for (const [labels, value] of samples) metric.set({ ...labels }, value);
    for (const labels of counted) metric.inc({ ...labels });
  };

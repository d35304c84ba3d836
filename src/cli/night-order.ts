import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config/config.ts';
import type { NightPlan, PlannedAccount } from '../ports/night-store.ts';
import type { AuditOptions } from './audit-options.ts';
import type { DaemonOptions } from './daemon-options.ts';
import type { HistoryPlace } from './open-history.ts';

/** What a process of its own is told, to do a job of a night. */
export interface NightOrder {
  readonly nightId: string;
  readonly options: DaemonOptions;
  readonly config: Config;
  readonly history: HistoryPlace;
}

/** The options of an audit that tells the routes, where there are any. */
export const alertingOptions = ({ options, config }: Pick<NightOrder, 'options' | 'config'>): AuditOptions => ({
  ...options,
  ...(config.alerts.routes.length > 0 && { alert: true }),
});

/** The audit of an account in a night has the same id however often it is tried. */
export const accountRunId = ({ id }: Pick<NightPlan, 'id'>, account: PlannedAccount): string =>
  `${id}-${accountLabel(account)}`;

/** The directory, below that of the reports, that the reports of an account's nights follow each other in. */
export const accountDirectory = (account: PlannedAccount): string => join(ACCOUNTS, accountLabel(account));

const ACCOUNTS = 'accounts';

/** Where the reports of accounts' nights go, wherever reports go: below a directory of the same name. */
const reportBelow = (report: Config['report'], below: string): Config['report'] => ({
  ...report,
  directory: join(report.directory, below),
  destinations: report.destinations.map((destination) => ({
    ...destination,
    prefix: [...destination.prefix.split('/').filter((part) => part !== ''), below].join('/'),
  })),
});

/** The configuration by which uploads are taken up that were left: of the reports, and of those of each account's nights. */
export const uploadConfigs = async (config: Config): Promise<readonly Config[]> => {
  if (config.report.destinations.length === 0) return [config];
  const labels = await readdir(join(config.report.directory, ACCOUNTS)).catch(() => []);
  return [config, ...labels.map((label) => ({ ...config, report: reportBelow(config.report, join(ACCOUNTS, label)) }))];
};

/**
 * What the audit of an account goes by in a night: its reports lie beside those of its other nights, and that there was nothing to be
 * told of all accounts it cannot tell.
 */
export const configOfAccount = (config: Config, account: PlannedAccount): Config => {
  const { report, alerts } = config;
  const below = accountDirectory(account);
  const { reportUrl } = alerts;
  return {
    ...config,
    report: reportBelow(report, below),
    alerts: {
      ...alerts,
      ...(reportUrl !== undefined && { reportUrl: `${reportUrl.replace(/\/+$/, '')}/${below}` }),
      routes: alerts.routes.map(({ heartbeat, ...route }) => route),
    },
  };
};

/** What an account is called in ids and paths: by its id, or where nobody knows it before it is read, by what stands in its name. */
const accountLabel = ({ accountId, key }: PlannedAccount): string => {
  if (accountId !== null) return accountId;
  const plain = key.replaceAll(/[^A-Za-z0-9_-]+/g, '-').slice(0, 40);
  // Two names may differ in what is not in the label alone.
  return plain === key && key !== '' ? key : `${plain}-${createHash('sha256').update(key).digest('hex').slice(0, 8)}`;
};

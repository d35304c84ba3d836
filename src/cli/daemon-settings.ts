import { parseCheckSettings } from '../analyze/check-settings.ts';
import { allChecks } from '../analyze/registry.ts';
import type { Config } from '../config/config.ts';
import type { DaemonSettings } from '../daemon/daemon.ts';
import type { Group } from '../daemon/group.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { parseSchedule } from '../schedule/schedule.ts';
import { openAlertRoutes } from './alert-routes.ts';
import { findingSettings } from './audit-settings.ts';
import { namesAccount } from './audit-sources.ts';
import { configOf } from './command-config.ts';
import type { DaemonOptions } from './daemon-options.ts';
import { publishingMeans } from './publish-night.ts';

/** What a daemon goes by: the configuration, and what of it the daemon itself needs. */
export interface ReadSettings {
  readonly config: Config;
  readonly settings: DaemonSettings;
}

/**
 * Reads the configuration with all that an audit will need of it (options of checks, suppression files, secrets of routes, the signing key), so
 * that what is wrong is told when the daemon starts or is told to reload, and not at night.
 */
export const readDaemonSettings = async (options: DaemonOptions): Promise<Result<ReadSettings, readonly string[]>> => {
  const read = await configOf(options);
  if (!read.ok) return read;
  const config = read.value;
  const { checks, escalation, alerts } = config;
  const tried = [
    config.queue.enabled && namesAccount(options)
      ? err(['`queue.enabled`: workers audit the accounts of the configuration, and none that an option names'])
      : ok([]),
    parseCheckSettings(allChecks, { ...checks, ...escalation }),
    await findingSettings(config),
    alerts.routes.length === 0 ? ok([]) : await openAlertRoutes(config),
    await publishingMeans(config),
  ];
  const problems = tried.flatMap((one) => (one.ok ? [] : one.error));
  return problems.length > 0 ? err(problems) : ok({ config, settings: daemonSettings(config) });
};

/** What of the configuration the daemon itself needs. */
export const daemonSettings = ({ daemon, queue }: Config): DaemonSettings => {
  const { groups, ...rest } = daemon;
  // At its deadline a night is reported with what is there by then, and that takes its time.
  const reportMinutes = queue.enabled ? queue.jobMinutes : 0;
  return { groups: groups.flatMap(toGroup), ...rest, deadlineMinutes: rest.deadlineMinutes + reportMinutes };
};

const toGroup = (group: Config['daemon']['groups'][number]): readonly Group[] => {
  const { name, cron, timeZone, jitterSeconds, accounts } = group;
  const schedule = parseSchedule(cron, timeZone);
  // The configuration holds schedules only that can be read.
  return schedule.ok ? [{ name, schedule: schedule.value, jitterSeconds, accounts: accounts ?? null }] : [];
};

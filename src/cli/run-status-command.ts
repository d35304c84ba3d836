import type { Config } from '../config/config.ts';
import { type DaemonStatus, type GroupStatus, groupStatus } from '../daemon/daemon-status.ts';
import { newRecord } from '../daemon/group-record.ts';
import { recordFile } from '../daemon/state-file.ts';
import { type AtSocket, askStatus } from '../http/control-client.ts';
import type { Instant } from '../kernel/time.ts';
import type { RouteStanding } from '../ports/alert-outbox.ts';
import { configOf } from './command-config.ts';
import { routeStandings } from './daemon-alerts.ts';
import { type DaemonFiles, daemonFiles } from './daemon-files.ts';
import type { StatusOptions } from './daemon-options.ts';
import { daemonSettings } from './daemon-settings.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { type NightStatus, nightLines, toNightStatus } from './night-status.ts';
import { noticeTo } from './notice.ts';
import { type HistoryPlace, mayHoldHistory, openHistory } from './open-history.ts';
import { refuse } from './refuse.ts';
import { systemClock } from './system-clock.ts';
import { printable, type Terminal } from './terminal.ts';
import { type UploadStanding, uploadStandings } from './upload-nights.ts';

/** Tells whether a daemon runs and how its groups fare; where none does, what is known of them. */
export const runStatusCommand = async (options: StatusOptions, terminal: Terminal): Promise<ExitCode> => {
  const config = await configOf(options);
  if (!config.ok) return refuse(terminal, config.error, EXIT.usage);
  const files = daemonFiles(options, config.value);
  if (!files.ok) return refuse(terminal, [files.error], EXIT.usage);
  const found = await askStatus(files.value.socket);
  if (found.kind === 'forbidden') return refuse(terminal, ['the daemon belongs to another user'], EXIT.usage);
  const groups = found.kind === 'daemon' ? found.status.groups : asRecorded(files.value, config.value, terminal);
  const routes = (await routeStandings(files.value.history)).map(toRouteStatus);
  const uploads = await uploadStandings(config.value, systemClock.now());
  const nights = await nightStatuses(files.value.history, terminal);
  const status = { found, groups, nights, routes, uploads };
  for (const line of options.json ? [json(status)] : lines(status)) terminal.print(line);
  return isWell(status) ? EXIT.done : EXIT.unwell;
};

/** What is told. */
interface Status {
  readonly found: AtSocket;
  readonly groups: readonly GroupStatus[];
  readonly nights: readonly NightStatus[];
  readonly routes: readonly RouteStatus[];
  /** The destinations of reports that not all have arrived at. */
  readonly uploads: readonly UploadStanding[];
}

/** The last nights that workers audit; none where the history has none. */
const nightStatuses = async (place: HistoryPlace, terminal: Terminal): Promise<readonly NightStatus[]> => {
  if (!mayHoldHistory(place)) return [];
  const history = await openHistory(place);
  if (history.ok) {
    const nights = await history.value.nights.latest().finally(() => history.value.close());
    return nights.map(toNightStatus);
  }
  noticeTo(terminal, 'history not read')(history.error);
  return [];
};

/** How a route of alerts fares. */
interface RouteStatus {
  readonly name: string;
  /** Alerts that wait for it. */
  readonly waiting: number;
  /** Since when it counts as dead; null: it does not. */
  readonly deadSince: Instant | null;
  readonly problem: string | null;
}

const toRouteStatus = ({ route, waiting, health: { deadSince, problem } }: RouteStanding): RouteStatus => ({
  name: route,
  waiting: waiting.length,
  deadSince,
  problem,
});

const isWell = ({ found, groups, nights, routes, uploads }: Status): boolean =>
  found.kind !== 'nobody' &&
  groups.every(({ overdueSince }) => overdueSince === null) &&
  nights.every(({ problem }) => problem === null) &&
  routes.every(({ deadSince }) => deadSince === null) &&
  uploads.every(({ isStuck }) => !isStuck);

/** What is known of the groups of the configuration where no daemon tells. */
const asRecorded = ({ records: file }: DaemonFiles, config: Config, terminal: Terminal): readonly GroupStatus[] => {
  const records = recordFile(file, { warn: noticeTo(terminal, 'records lost') }).load();
  const now = systemClock.now();
  const { groups, overdueAfterMinutes: graceMinutes } = daemonSettings(config);
  return groups.map((group) => {
    const record = records.find(({ name }) => name === group.name) ?? newRecord(group.name, now);
    return groupStatus(group, record, { now, graceMinutes, activity: null });
  });
};

const json = ({ found, groups, nights, routes, uploads }: Status): string => {
  const daemon = found.kind === 'daemon' ? ofDaemon(found.status) : null;
  return JSON.stringify({ running: found.kind !== 'nobody', daemon, groups, nights, routes, uploads }, null, 2);
};

const ofDaemon = ({ version, processId, startedAt }: DaemonStatus): Omit<DaemonStatus, 'groups'> => ({
  version,
  processId,
  startedAt,
});

const lines = ({ found, groups, nights, routes, uploads }: Status): readonly string[] => [
  daemonLine(found),
  ...groups.flatMap(groupLines),
  ...nights.flatMap(nightLines),
  ...routes.flatMap(routeLines),
  ...uploads.map(uploadLine),
];

const uploadLine = ({ placeUrl, waiting, failingSince, problem }: UploadStanding): string => {
  const failing = failingSince === null ? '' : `, failing since ${failingSince}: ${printable(problem ?? '')}`;
  return `reports to ${printable(placeUrl)}: ${waiting === 1 ? '1 run waits' : `${waiting} runs wait`}${failing}`;
};

const routeLines = ({ name, waiting, deadSince, problem }: RouteStatus): readonly string[] => {
  if (waiting === 0 && deadSince === null) return [];
  const dead = deadSince === null ? '' : `, dead since ${deadSince}`;
  const why = problem === null ? '' : `: ${printable(problem)}`;
  return [`alert route ${name}: ${waiting} ${waiting === 1 ? 'alert waits' : 'alerts wait'}${dead}${why}`];
};

const daemonLine = (found: AtSocket): string => {
  if (found.kind === 'nobody') return 'no daemon runs';
  if (found.kind !== 'daemon') return 'a daemon runs, and is too busy to answer; what is known of its groups:';
  const { version, processId, startedAt } = found.status;
  return `the daemon runs since ${startedAt} (Vigil ${version}, process ${processId})`;
};

// Between reading and writing there is a moment without a phase.
const phaseOf = ({ phase }: { readonly phase: string }): string => (phase === '' ? '' : `: ${printable(phase)}`);

const groupLines = ({
  name,
  cron,
  timeZone,
  nextRun,
  activity,
  lastSuccess,
  lastFailure,
  overdueSince,
}: GroupStatus): readonly string[] => [
  `${name}: ${cron} ${timeZone}`,
  ...(activity.kind === 'running' ? [`  runs since ${activity.since}${phaseOf(activity)}`] : []),
  ...(activity.kind === 'queued' ? ['  waits for the run under way'] : []),
  ...(overdueSince === null ? [] : [`  overdue since ${overdueSince}`]),
  `  last success: ${lastSuccess === null ? 'none yet' : `${lastSuccess.finishedAt}, audit ${lastSuccess.auditId}`}`,
  ...(lastFailure === null ? [] : [`  last failure: ${lastFailure.finishedAt}: ${printable(lastFailure.reason)}`]),
  ...(nextRun === null ? [] : [`  next run: ${nextRun}`]),
];

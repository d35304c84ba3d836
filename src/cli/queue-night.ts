import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../config/config.ts';
import { silenceSdkVersionWarning } from '../config/environment.ts';
import type { Group } from '../daemon/group.ts';
import type { RunSurroundings } from '../daemon/perform-run.ts';
import type { RunResult } from '../daemon/run-result.ts';
import { runIdAt } from '../finding/run-id.ts';
import { parseAccountSummary } from '../finding/stored-account-summary.ts';
import { addMinutes } from '../kernel/time.ts';
import type { HistoryStore } from '../ports/history-store.ts';
import type { NightPlan, NightStanding } from '../ports/night-store.ts';
import { previousDue } from '../schedule/due-instants.ts';
import { rememberedReadingOptions } from './live-account.ts';
import { type HistoryPlace, openHistory } from './open-history.ts';
import { openQueue } from './open-queue.ts';
import { openAccountsDoor } from './planned-accounts.ts';
import { doneBefore, failedRun } from './run-results.ts';
import { systemClock } from './system-clock.ts';

/** What a night is planned with. */
export interface QueueParts {
  readonly config: Config;
  readonly history: HistoryPlace;
  readonly warn: (message: string) => void;
}

/**
 * Has workers audit the accounts of a group, and waits until the report about them is made. Of several daemons that do so because the
 * group is due, the night is one; and what a daemon that ended had begun, another goes on with.
 */
export const queueNight = async (
  group: Group,
  { trigger, progress, gate }: RunSurroundings,
  { config, history: place, warn }: QueueParts,
): Promise<RunResult> => {
  const history = await openHistory(place);
  if (!history.ok) return failedRun([history.error]);
  const queue = await openQueue(place, config, warn);
  if (!queue.ok) {
    await history.value.close();
    return failedRun([queue.error]);
  }
  try {
    const startedAt = startOf(group, trigger);
    const id = `${runIdAt(startedAt)}-${group.name}`;
    const known = await history.value.nights.read(id);
    const deadline = addMinutes(systemClock.now(), config.daemon.deadlineMinutes);
    const night =
      known ??
      (await history.value.nights.begin({
        id,
        group: group.name,
        startedAt,
        deadline,
        ...(await planOf(group, config, warn)),
      }));
    const standing = await history.value.nights.standing(id);
    if (standing?.end === null) await queue.value.enqueue(night);
    if (standing?.waiting === 0) await queue.value.reportNow(id);
    return await watchNight(history.value, night, { run: { progress, gate }, config, warn });
  } finally {
    await queue.value.close(0);
    await history.value.close();
  }
};

/** When the group was due, so that daemons mean the same night, whatever their jitter; a night that somebody asks for is by itself. */
const startOf = ({ schedule }: Group, trigger: RunSurroundings['trigger']) => {
  const now = systemClock.now();
  return trigger === 'request' ? now : (previousDue(schedule, now) ?? now);
};

const planOf = async (
  { accounts }: Group,
  config: Config,
  warn: (message: string) => void,
): Promise<Pick<NightPlan, 'accounts' | 'unread'>> => {
  silenceSdkVersionWarning();
  const door = await openAccountsDoor(config, rememberedReadingOptions(config, { clock: systemClock, warn }));
  try {
    const { toRead, unread } = await door.plan(accounts);
    return { accounts: toRead, unread };
  } finally {
    door.close();
  }
};

const MS_BETWEEN_LOOKS = 1000;

const watchNight = async (
  history: HistoryStore,
  { id, accounts, deadline }: NightPlan,
  {
    run: { progress, gate },
    config,
    warn,
  }: {
    readonly run: Pick<RunSurroundings, 'progress' | 'gate'>;
    readonly config: Config;
    readonly warn: (message: string) => void;
  },
): Promise<RunResult> => {
  progress.phase('accounts', accounts.length);
  const lastLook = addMinutes(deadline, config.queue.jobMinutes);
  let done = 0;
  let problem: string | null = null;
  while (!gate.abandoned.aborted) {
    try {
      const standing = await history.nights.standing(id);
      problem = null;
      if (standing === null) return failedRun([`night ${id} is gone from the history`]);
      for (; done < accounts.length - standing.waiting; done++) progress.step();
      if (standing.end !== null) return await resultOf(history, standing, config);
    } catch (error) {
      // The database is gone, and the night with its workers goes on when it is back.
      if (problem === null) warn(`night ${id}: how far it is cannot be asked: ${messageOf(error)}`);
      problem = messageOf(error);
    }
    if (systemClock.now() > lastLook) {
      const reason = problem ?? `${String(accounts.length - done)} accounts still wait`;
      return { kind: 'failed', messages: [`no worker made the report of night ${id}: ${reason}`], cause: 'deadline' };
    }
    await sleep(MS_BETWEEN_LOOKS, undefined, { signal: gate.abandoned }).catch(() => {});
  }
  return { kind: 'abandoned' };
};

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const resultOf = async (
  history: HistoryStore,
  { id, end, audited }: NightStanding,
  { report }: Config,
): Promise<RunResult> => {
  if (end?.problem != null) return { kind: 'failed', messages: [end.problem], cause: 'broken' };
  if (audited === 0) {
    const reasons = end?.expected.flatMap(({ accountId, name, reason }) =>
      reason === null ? [] : [`${accountId ?? name ?? ''}: ${reason}`],
    );
    return { kind: 'failed', messages: ['no account could be audited', ...(reasons ?? [])], cause: 'no-audit' };
  }
  const night = await history.nights.read(id);
  const accounts = [...(night?.outcomes.values() ?? [])].flatMap((outcome) => {
    const summary = outcome.kind === 'audited' ? parseAccountSummary(outcome.summary) : null;
    return summary?.ok === true ? [{ ...summary.value, gaps: summary.value.gaps.length }] : [];
  });
  // Alerts, and what was called, are told by those that audited the accounts.
  return { ...doneBefore(id), accounts, files: [join(report.directory, id)] };
};

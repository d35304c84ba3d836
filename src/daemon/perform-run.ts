import { FINDING_STATES } from '../finding/audit-report.ts';
import { countedIn } from '../finding/finding-counts.ts';
import type { Instant } from '../kernel/time.ts';
import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { Progress } from '../ports/progress.ts';
import type { Activity } from './daemon-status.ts';
import type { Group } from './group.ts';
import { afterBegin, afterEnd } from './group-record.ts';
import { reasonOf } from './reason-of.ts';
import type { RecordKeeper } from './record-keeper.ts';
import type { RunGate } from './run-gate.ts';
import type { QueuedRun, Trigger } from './run-queue.ts';
import type { RunResult } from './run-result.ts';
import type { Timers } from './timers.ts';

/** What runs stand on. */
export interface RunParts {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Logger;
  /** Audits a group. */
  readonly perform: (group: Group, run: RunSurroundings) => Promise<RunResult>;
  /** Is told of each run that has ended. */
  readonly onEnd: (ended: EndedRun) => void;
}

/** What a run is handed. */
export interface RunSurroundings {
  readonly trigger: Trigger;
  readonly progress: Progress;
  /** Asked before the first thing is written. */
  readonly gate: Pick<RunGate, 'mayWrite' | 'abandoned'>;
}

/** A run that has ended. */
export interface EndedRun {
  readonly group: string;
  readonly trigger: Trigger;
  readonly startedAt: Instant;
  readonly finishedAt: Instant;
  readonly result: RunResult;
}

/** The run that is under way. */
export type Running = Extract<Activity, { kind: 'running' }>;

/**
 * Runs a group: what is known of it is kept at both ends, and what is thrown is a result like any other. One that is not about to
 * be written by its deadline has failed, and is abandoned.
 */
export const performRun = async (
  { group, trigger, watchers }: Pick<QueuedRun, 'trigger' | 'watchers'> & { readonly group: Group },
  { clock, timers, log, perform, onEnd }: RunParts,
  {
    records,
    gate,
    deadlineMinutes,
    note,
  }: {
    readonly records: RecordKeeper;
    readonly gate: RunGate;
    readonly deadlineMinutes: number;
    readonly note: (running: Running) => void;
  },
): Promise<RunResult> => {
  const startedAt = clock.now();
  const progress: Progress = {
    phase: (phase, total) => {
      note({ kind: 'running', since: startedAt, phase });
      for (const watcher of watchers) watcher.phase(phase, total);
    },
    step: () => {
      for (const watcher of watchers) watcher.step();
    },
  };
  progress.phase('starting');
  records.put(afterBegin(records.of(group.name)));
  log.info('run begins', { group: group.name, trigger });
  const deadline = startDeadline(gate, deadlineMinutes, timers);
  const performed = perform(group, { trigger, progress, gate }).catch(
    (error: unknown): RunResult => ({ kind: 'failed', messages: [reasonOf(error)], cause: 'broken' }),
  );
  const result = await Promise.race([deadline.missed, performed]);
  deadline.takeBack();
  const finishedAt = clock.now();
  records.put(afterEnd(records.of(group.name), result, { startedAt, finishedAt }));
  logResult(log, group.name, result);
  onEnd({ group: group.name, trigger, startedAt, finishedAt, result });
  return result;
};

/** Abandons a run so long after its begin, unless it is being written or the deadline is taken back. */
const startDeadline = (
  gate: RunGate,
  minutes: number,
  timers: Timers,
): { readonly missed: Promise<RunResult>; readonly takeBack: () => void } => {
  let takeBack = (): void => {};
  const missed = new Promise<RunResult>((resolve) => {
    takeBack = timers.after(minutes * 60_000, () => {
      const messages = [`the audit was abandoned, since it was not done within ${minutes} minutes`];
      if (gate.abandon()) resolve({ kind: 'failed', messages, cause: 'deadline' });
    });
  });
  return { missed, takeBack };
};

const logResult = (log: Logger, group: string, result: RunResult): void => {
  if (result.kind === 'abandoned') log.warn('run abandoned', { group });
  else if (result.kind === 'failed') log.error('run failed', { group, cause: result.cause, reasons: result.messages });
  else {
    const { auditId, accounts, files, alerted } = result;
    for (const { accountId, complete, findings } of accounts)
      log.info('account audited', {
        group,
        auditId,
        accountId,
        complete,
        findings: countedIn(findings, FINDING_STATES),
      });
    log.info('run done', { group, auditId, files: files.length, alerted });
  }
};

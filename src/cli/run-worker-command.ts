import type { Config } from '../config/config.ts';
import { RunGate } from '../daemon/run-gate.ts';
import type { RunResult } from '../daemon/run-result.ts';
import { jsonLogger } from '../log/json-logger.ts';
import type { HistoryStore } from '../ports/history-store.ts';
import type { NightJob, Workshop } from '../ports/job-queue.ts';
import type { Logger } from '../ports/logger.ts';
import type { AccountOutcome } from '../ports/night-store.ts';
import { type AuditProcesses, openAuditProcesses } from './audit-processes.ts';
import { daemonAlerts } from './daemon-alerts.ts';
import { daemonFiles } from './daemon-files.ts';
import { readDaemonSettings } from './daemon-settings.ts';
import { daemonUploads } from './daemon-uploads.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import type { ProcessOrder } from './group-messages.ts';
import type { NightOrder } from './night-order.ts';
import { type HistoryPlace, openHistory, shownHistory } from './open-history.ts';
import { openQueue } from './open-queue.ts';
import { vigilVersion } from './package-files.ts';
import { giveUpNight } from './perform-night-report.ts';
import { catchSignals } from './process-signals.ts';
import { refuse } from './refuse.ts';
import type { Notice, Terminal } from './terminal.ts';
import type { WorkerOptions } from './worker-options.ts';

/** Takes audits of accounts, and the reports about them, from the queue until it is told to stop. */
export const runWorkerCommand = async (options: WorkerOptions, terminal: Terminal): Promise<ExitCode> => {
  const signals = catchSignals();
  const read = await readDaemonSettings(options);
  if (!read.ok) return refuse(terminal, read.error, EXIT.usage);
  const { config } = read.value;
  const files = daemonFiles(options, config);
  if (!files.ok) return refuse(terminal, [files.error], EXIT.usage);
  const place = files.value.history;
  const history = await openHistory(place);
  if (!history.ok) return refuse(terminal, [history.error], EXIT.usage);
  const log = jsonLogger();
  const queue = await openQueue(place, config, (message) => log.warn(message));
  if (!queue.ok) {
    await history.value.close();
    return refuse(terminal, [queue.error], EXIT.usage);
  }
  log.info('worker starts', { version: vigilVersion(), processId: process.pid, history: shownHistory(place) });
  const processes = openAuditProcesses();
  const workshop = workshopOf({ history: history.value, place, config, options, log, processes }, (nightId) =>
    queue.value.reportNow(nightId),
  );
  await queue.value.work(workshop);
  const stopUploading = keepUploading(place, config, log);
  const signal = await signals.stop;
  stopUploading();
  const { stopSeconds } = config.daemon;
  log.info('worker stops', { signal, secondsToFinish: stopSeconds });
  await queue.value.close(stopSeconds);
  processes.close();
  await history.value.close();
  log.info('worker stopped');
  return EXIT.done;
};

const MS_BETWEEN_UPLOADS = 60_000;

/** Tries again what did not arrive of the reports that lie here, which only this machine has. */
const keepUploading = (place: HistoryPlace, config: Config, log: Logger): (() => void) => {
  const terminal = { say: () => {}, notice: ({ level, message, fields }: Notice) => log[level](message, fields) };
  const alerts = daemonAlerts(place, () => config, terminal);
  const upload = daemonUploads(() => config, terminal, { tell: alerts.tellOfUploads });
  const timer = setInterval(upload, MS_BETWEEN_UPLOADS);
  return () => clearInterval(timer);
};

interface WorkshopParts {
  readonly history: HistoryStore;
  readonly place: HistoryPlace;
  readonly config: Config;
  readonly options: WorkerOptions;
  readonly log: Logger;
  readonly processes: AuditProcesses;
}

/** Does jobs, each in a process of its own: what an account takes of memory goes with it, and what breaks ends nothing else. */
const workshopOf = (
  { history, place, config, options, log, processes }: WorkshopParts,
  reportNow: (nightId: string) => Promise<void>,
): Workshop => {
  const orderOf = ({ nightId }: NightJob): NightOrder => ({ nightId, options, config, history: place });
  const perform = async (order: ProcessOrder, about: object, signal: AbortSignal): Promise<void> => {
    log.info(`${order.kind} job begins`, { ...about });
    const result = await processes.perform(order, {
      progress: QUIET,
      gate: gateOf(signal),
      onNotice: ({ level, message, fields }) => log[level](message, { ...about, ...fields }),
    });
    if (result.kind === 'abandoned') throw new Error('the worker was stopped, or took too long');
    if (result.kind === 'failed') {
      log.error(`${order.kind} job failed`, { ...about, cause: result.cause, reasons: result.messages });
      throw new Error(result.messages.join('; '));
    }
    log.info(`${order.kind} job done`, { ...about, ...numbersOf(result) });
  };
  const settled = async (nightId: string): Promise<void> => {
    if ((await history.nights.standing(nightId))?.waiting === 0) await reportNow(nightId);
  };
  return {
    audit: async (job, signal) => {
      await perform({ kind: 'account', key: job.key, ...orderOf(job) }, job, signal);
      await settled(job.nightId);
    },
    report: (job, signal) => perform({ kind: 'night', ...orderOf(job) }, job, signal),
    auditFailed: async ({ nightId, key }, reason) => {
      const outcome: AccountOutcome = { kind: 'failed', reason };
      log.error('account given up', { nightId, key, reason });
      await history.nights.settle(nightId, key, outcome);
      await settled(nightId);
    },
    reportFailed: async ({ nightId }, problem) => {
      log.error('report of the night given up', { nightId, reason: problem });
      await giveUpNight(history.nights, nightId, problem);
    },
  };
};

const gateOf = (signal: AbortSignal): RunGate => {
  const gate = new RunGate();
  if (signal.aborted) gate.abandon();
  signal.addEventListener('abort', () => gate.abandon());
  return gate;
};

const QUIET = { phase: () => {}, step: () => {} };

const numbersOf = (result: RunResult): object =>
  result.kind === 'done' ? { auditId: result.auditId, files: result.files.length, alerted: result.alerted } : {};

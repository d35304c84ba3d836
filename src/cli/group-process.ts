import type { RunResult } from '../daemon/run-result.ts';
import { type FromGroupProcess, type ProcessOrder, toGroupProcess } from './group-messages.ts';
import { noticeTo } from './notice.ts';
import { performAccountJob } from './perform-account-job.ts';
import { performGroup } from './perform-group.ts';
import { performNightReport } from './perform-night-report.ts';
import type { Terminal } from './terminal.ts';

/**
 * Audits for the process that started this one, and ends with it: an audit keeps its process from everything else for as long as it
 * analyzes, and its memory goes with it. Of the accounts of a night it audits one after the other, since what it knows of AWS and has
 * compiled serves all of them.
 */
export const runGroupProcess = async (): Promise<void> => {
  // Of a signal to all processes of a service or a terminal, the daemon decides what it means for the audit.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => {});
  process.on('disconnect', () => process.exit(1));
  let answer = (_: boolean): void => {};
  let begin = (_: ProcessOrder): void => {};
  const nextOrder = (): Promise<ProcessOrder> =>
    new Promise((resolve) => {
      begin = resolve;
    });
  const mayWrite = (): Promise<boolean> =>
    new Promise((resolve) => {
      answer = resolve;
      void send({ kind: 'may-write' });
    });
  process.on('message', (message) => {
    const told = toGroupProcess.parse(message);
    if (told.kind === 'audit') begin(told.order);
    else answer(told.may);
  });
  let next = nextOrder();
  let audited = 0;
  for (let stays = true; stays; ) {
    const order = await next;
    // The next one may come as soon as the result is told.
    next = nextOrder();
    const result = await perform(order, mayWrite).catch(
      (error: unknown): RunResult => ({
        kind: 'failed',
        messages: [error instanceof Error ? error.message : String(error)],
        cause: 'broken',
      }),
    );
    audited += 1;
    const isFresh = audited < MOST_ACCOUNTS && process.memoryUsage.rss() < MOST_BYTES;
    stays = order.kind === 'account' && result.kind === 'done' && isFresh;
    await send({ kind: 'result', result, stays });
  }
  // What an audit that failed may still wait for ends with it.
  process.exit();
};

// A process that has read a large account has taken what it will not give back.
const MOST_BYTES = 768 * 2 ** 20;
// Of those that had audited hundreds one was seen to have taken 2.8 GB at its peak; those that audited few took 0.9.
const MOST_ACCOUNTS = 25;

const perform = (order: ProcessOrder, mayWrite: () => Promise<boolean>): Promise<RunResult> => {
  switch (order.kind) {
    case 'group':
      return performGroup(order, { terminal, mayWrite });
    case 'account':
      return performAccountJob(order, { terminal, mayWrite });
    case 'night':
      return performNightReport(order, terminal);
  }
};

const send = (message: FromGroupProcess): Promise<void> =>
  new Promise((resolve) => {
    // The one that is told is gone: so is this process, with the next look at `disconnect`.
    if (!process.connected || process.send === undefined) resolve();
    else process.send(message, undefined, {}, () => resolve());
  });

const terminal: Terminal = {
  print: () => {},
  say: (line) => noticeTo(terminal, 'notice')(line.replace(/^vigil: /, '')),
  notice: (notice) => void send({ kind: 'notice', notice }),
  progress: {
    phase: (name, total) => void send({ kind: 'phase', name, ...(total !== undefined && { total }) }),
    step: () => void send({ kind: 'step' }),
  },
  style: (_, text) => text,
};

import { type ChildProcess, fork } from 'node:child_process';
import type { RunSurroundings } from '../daemon/perform-run.ts';
import type { RunResult } from '../daemon/run-result.ts';
import { GROUP_COMMAND } from './group-command-name.ts';
import { fromGroupProcess, type ProcessOrder, type ToGroupProcess } from './group-messages.ts';
import type { Notice } from './terminal.ts';

/** What a process of its own is handed, beside what it is to do. */
export interface ProcessSurroundings extends Pick<RunSurroundings, 'progress' | 'gate'> {
  readonly onNotice: (notice: Notice) => void;
}

/** Processes that audit, so that this one answers while an account is analyzed, and keeps no memory of it. */
export interface AuditProcesses {
  /** Has one do something. What is abandoned is killed: nothing of it is written later. */
  perform(order: ProcessOrder, surroundings: ProcessSurroundings): Promise<RunResult>;
  /** Ends those that wait for more, and each other one once it has done what it was told. */
  close(): void;
}

/** Processes, of which those that audited an account of a night wait for another one. */
export const openAuditProcesses = (): AuditProcesses => {
  const idle = new Set<ChildProcess>();
  let isClosed = false;
  return {
    perform: async (order, surroundings) => {
      const [waiting] = idle;
      const child = waiting ?? startProcess(idle);
      idle.delete(child);
      const { result, stays } = await performIn(child, order, surroundings);
      if (stays && !isClosed) idle.add(child);
      else if (stays) child.disconnect();
      return result;
    },
    close: () => {
      isClosed = true;
      for (const child of idle) child.disconnect();
      idle.clear();
    },
  };
};

const startProcess = (idle: Set<ChildProcess>): ChildProcess => {
  const child = fork(process.argv[1] ?? '', [GROUP_COMMAND], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  child.on('close', () => idle.delete(child));
  return child;
};

interface Performed {
  readonly result: RunResult;
  /** Whether the process waits for more. */
  readonly stays: boolean;
}

const performIn = (
  child: ChildProcess,
  order: ProcessOrder,
  { progress, gate, onNotice }: ProcessSurroundings,
): Promise<Performed> =>
  new Promise((resolve, reject) => {
    let result: RunResult | null = null;
    const abandon = (): void => void child.kill('SIGKILL');
    const listen = (message: unknown) => {
      const told = fromGroupProcess.parse(message);
      switch (told.kind) {
        case 'phase':
          return progress.phase(told.name, told.total);
        case 'step':
          return progress.step();
        case 'notice':
          return onNotice(told.notice);
        case 'may-write':
          return send(child, { kind: 'write', may: gate.mayWrite() });
        case 'result':
          result = told.result;
          if (told.stays) end(() => resolve({ result: told.result, stays: true }));
      }
    };
    const onClose = (exitCode: number | null, signal: NodeJS.Signals | null): void => {
      const how = signal ?? `exit code ${String(exitCode)}`;
      const ended = result ?? (gate.abandoned.aborted ? ({ kind: 'abandoned' } as const) : null);
      end(() => {
        if (ended === null) reject(new Error(`the process of the audit was ended (${how})`));
        else resolve({ result: ended, stays: false });
      });
    };
    const end = (settle: () => void): void => {
      gate.abandoned.removeEventListener('abort', abandon);
      child.off('message', listen).off('error', reject).off('close', onClose);
      settle();
    };
    gate.abandoned.addEventListener('abort', abandon);
    child.on('message', listen).on('error', reject).on('close', onClose);
    send(child, { kind: 'audit', order });
  });

// A process that is gone is told of by `close`.
const send = (child: ChildProcess, message: ToGroupProcess): void => void child.send(message, () => {});

import { type ChildProcess, fork } from 'node:child_process';
import type { RunSurroundings } from '../daemon/perform-run.ts';
import type { RunResult } from '../daemon/run-result.ts';
import { GROUP_COMMAND } from './group-command-name.ts';
import { fromGroupProcess, type ProcessOrder, type ToGroupProcess } from './group-messages.ts';
import type { Notice } from './terminal.ts';

/**
 * Audits in a process of its own, so that this one answers while an account is analyzed, and keeps no memory of it. An
 * audit that is abandoned is killed: nothing of it is written later.
 */
export const forkGroup = (
  order: ProcessOrder,
  { progress, gate }: Pick<RunSurroundings, 'progress' | 'gate'>,
  onNotice: (notice: Notice) => void,
): Promise<RunResult> =>
  new Promise((resolve, reject) => {
    const child = fork(process.argv[1] ?? '', [GROUP_COMMAND], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    let result: RunResult = { kind: 'abandoned' };
    const abandon = (): void => void child.kill('SIGKILL');
    gate.abandoned.addEventListener('abort', abandon);
    child.on('message', (message: unknown) => {
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
      }
    });
    child.on('error', reject);
    child.on('close', (exitCode, signal) => {
      gate.abandoned.removeEventListener('abort', abandon);
      const isLost = result.kind === 'abandoned' && !gate.abandoned.aborted;
      if (isLost)
        reject(new Error(`the process of the audit was ended (${signal ?? `exit code ${String(exitCode)}`})`));
      else resolve(result);
    });
    send(child, { kind: 'audit', order });
  });

// A process that is gone is told of by `close`.
const send = (child: ChildProcess, message: ToGroupProcess): void => void child.send(message, () => {});

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { program } from './run-vigil.ts';

/** A line of the daemon's log. */
export type LogLine = Readonly<Record<string, unknown>> & { readonly message: string };

/** A daemon or a worker that runs. */
export interface StartedDaemon {
  readonly pid: number;
  readonly log: readonly LogLine[];
  /** Settles with the first line of the message, also one that was written before. */
  said(message: string): Promise<LogLine>;
  kill(signal: NodeJS.Signals): void;
  /** The exit code; null where a signal ended it. */
  readonly ended: Promise<number | null>;
}

/** Starts the built command's daemon in a directory, whose `vigil.yaml` it goes by. */
export const startDaemon = (
  directory: string,
  args: readonly string[],
  environment: Record<string, string> = {},
): StartedDaemon => startLogging(['daemon', ...args], directory, environment);

/** Starts a command that writes a log, in a process group of its own, in a directory whose `vigil.yaml` it goes by. */
export const startLogging = (
  args: readonly string[],
  directory: string,
  environment: Record<string, string> = {},
): StartedDaemon => {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: directory,
    detached: true,
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: directory,
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      AWS_EC2_METADATA_DISABLED: 'true',
      ...environment,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const log: LogLine[] = [];
  const waiting = new Set<() => void>();
  createInterface({ input: child.stderr }).on('line', (line) => {
    const told: LogLine = line.startsWith('{') ? JSON.parse(line) : { message: line };
    log.push(told);
    for (const look of waiting) look();
  });
  const ended = new Promise<number | null>((resolve) => {
    child.on('close', (exitCode) => resolve(exitCode));
  });
  return {
    pid: child.pid ?? 0,
    log,
    said: (message) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const line = log.find((one) => one.message === message);
          if (line === undefined) return;
          waiting.delete(look);
          resolve(line);
        };
        waiting.add(look);
        look();
        void ended.then(() =>
          reject(new Error(`vigil ${args[0] ?? ''} ended and never said '${message}': ${JSON.stringify(log)}`)),
        );
      }),
    kill: (signal) => void child.kill(signal),
    ended,
  };
};

import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';

/** Counts each call of the databases' drivers from now on, and kills the process before one of them, counted from 1; 0: before none. */
export const killAtStep = (killAt: number) => {
  let steps = 0;
  const step = (): void => {
    steps += 1;
    if (steps === killAt) process.kill(process.pid, 'SIGKILL');
  };
  const { prepare, exec } = DatabaseSync.prototype;
  DatabaseSync.prototype.prepare = function (...args) {
    step();
    return prepare.apply(this, args);
  };
  DatabaseSync.prototype.exec = function (...args) {
    step();
    exec.apply(this, args);
  };
  const ask: Client['query'] = Client.prototype.query;
  Client.prototype.query = function (this: Client, ...args: Parameters<typeof ask>) {
    step();
    return ask.apply(this, args);
  } as typeof ask;
  return { step, steps: () => steps };
};

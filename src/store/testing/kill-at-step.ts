import { DatabaseSync } from 'node:sqlite';

/** Counts each call of the database's driver from now on, and kills the process before one of them, counted from 1; 0: before none. */
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
  return { step, steps: () => steps };
};

import type { ExitCode } from './exit-codes.ts';
import { printable, type Terminal } from './terminal.ts';

/** Says why a command cannot go on, a line a problem, and gives the exit code that says so. */
export const refuse = (terminal: Terminal, problems: readonly string[], exitCode: ExitCode): ExitCode => {
  for (const problem of problems) terminal.say(`vigil: ${printable(problem)}`);
  return exitCode;
};

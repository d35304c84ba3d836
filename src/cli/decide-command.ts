import { Command } from 'commander';
import type { ExitCode } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

/** `vigil decide`: answers requests that bring their policies along, a line each. */
export const decideCommand = (_terminal: Terminal, finish: (code: ExitCode) => void): Command =>
  new Command('decide')
    .description('answer requests that bring their policies along: JSON lines in, JSON lines out')
    .action(async () => {
      const { runDecideCommand } = await import('./run-decide-command.ts');
      finish(await runDecideCommand());
    });

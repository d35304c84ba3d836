import { Command } from 'commander';
import type { ExitCode } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';
import type { VerifyOptions } from './verify-options.ts';

/** `vigil verify`: holds the reports of a night, or the ZIP that they are kept in, against their manifest. */
export const verifyCommand = (terminal: Terminal, finish: (code: ExitCode) => void): Command =>
  new Command('verify')
    .description('tell whether the reports of a night are as they were written; asks nobody else')
    .argument('<place>', 'the directory of a run, or its evidence.zip')
    .option('--public-key <FILE>', 'the key that must have signed the manifest: PEM, or the base64 of its 32 bytes')
    .option('--chain <DIR>', 'a directory of runs: tell also which night is missing or was changed')
    .option('--render', 'make the reports again from what was kept, and compare them byte for byte')
    .action(async (place: string, options: VerifyOptions) => {
      const { runVerifyCommand } = await import('./run-verify-command.ts');
      finish(await runVerifyCommand(place, options, terminal));
    });

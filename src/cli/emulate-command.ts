import { Command, InvalidArgumentError } from 'commander';
import type { EmulateOptions } from './emulate-options.ts';
import type { ExitCode } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

/** `vigil emulate`: serves an emulated account until it is told to stop. */
export const emulateCommand = (terminal: Terminal, finish: (code: ExitCode) => void): Command =>
  new Command('emulate')
    .description('serve an emulated AWS account on loopback')
    .option(
      '--account <FILE>',
      'an account file, saved authorization details, or a snapshot directory (default: the built-in demo account)',
    )
    .option('--state <FILE>', 'keep every change in this file, and go on from what it holds')
    .option('--port <N>', 'port to listen on; 0 takes a free one', portArgument, 4599)
    .option('--host <H>', 'loopback address to listen on', '127.0.0.1')
    .option('--enforce', 'verify signatures, and let policies decide each call', false)
    .action(async (options: EmulateOptions) => {
      const { runEmulateCommand } = await import('./run-emulate-command.ts');
      finish(await runEmulateCommand(options, terminal));
    });

const portArgument = (text: string): number => {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('a port is a number from 0 to 65535');
  return port;
};

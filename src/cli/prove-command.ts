import { Command } from 'commander';
import type { ExitCode } from './exit-codes.ts';
import { withInputOptions } from './input-options.ts';
import type { ProveOptions } from './prove-options.ts';
import type { Terminal } from './terminal.ts';

/** `vigil prove`: that the path of a finding of escalation works, request by request. */
export const proveCommand = (terminal: Terminal, finish: (code: ExitCode) => void): Command =>
  withInputOptions(
    new Command('prove').description(
      'replay the path of an escalation finding on a copy of the account; with --endpoint-url, against a `vigil emulate` on this machine',
    ),
    { endpointBesideSaved: true },
  )
    .argument('<FINDING>', 'the key of a finding of principal-can-become-administrator, or how it begins')
    .option('--json', 'print one JSON object')
    .option('--commands', 'print the requests as commands of the AWS CLI, for a `vigil emulate`')
    .action(async (finding: string, options: ProveOptions) => {
      const { runProveCommand } = await import('./run-prove-command.ts');
      finish(await runProveCommand(finding, options, terminal));
    });

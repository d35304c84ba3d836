import { Command, InvalidArgumentError, Option } from 'commander';
import type { ExitCode } from './exit-codes.ts';
import { withInputOptions } from './input-options.ts';
import type { ProposeOptions } from './propose-options.ts';
import type { Terminal } from './terminal.ts';

/** `vigil propose`: the smaller policy that keeps what a principal used. It never changes the account. */
export const proposeCommand = (terminal: Terminal, finish: (code: ExitCode) => void): Command =>
  withInputOptions(
    new Command('propose').description(
      'write the smaller policy that keeps what a user or role used; AWS is not changed',
    ),
  )
    .argument('<PRINCIPAL>', 'an ARN, `user/NAME`, `role/NAME`, or a name')
    .addOption(
      new Option('--unused-days <DAYS>', 'what was not used for so many days is unused')
        .default(90)
        .argParser(wholeDays),
    )
    .addOption(
      new Option(
        '--keep <ACTION>',
        'an action, or a pattern such as `dynamodb:Restore*`, that stays though it is unused; several times for several',
      ).argParser<string[]>((action, actions) => [...(actions ?? []), action]),
    )
    .option('--out <FILE>', 'write the policy to FILE, and to standard output what would change')
    .addOption(
      new Option('--json', 'print the policy, what would change and how it was verified as one JSON object').conflicts(
        'out',
      ),
    )
    .action(async (principal: string, options: ProposeOptions) => {
      const { runProposeCommand } = await import('./run-propose-command.ts');
      finish(await runProposeCommand(principal, options, terminal));
    });

const wholeDays = (text: string): number => {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError(`\`${text}\` is no number of days`);
  return Number(text);
};

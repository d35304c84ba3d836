#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { alertCommand } from './alert-command.ts';
import { auditCommand } from './audit-command.ts';
import { canCommand } from './can-command.ts';
import { collectCommand } from './collect-command.ts';
import { copyHistoryCommand } from './copy-history-command.ts';
import { daemonCommand, groupCommand, runNowCommand, statusCommand } from './daemon-command.ts';
import { decideCommand } from './decide-command.ts';
import { emulateCommand } from './emulate-command.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { diffCommand, findingsCommand, runsCommand } from './history-commands.ts';
import { vigilVersion } from './package-files.ts';
import { policyCommand } from './policy-command.ts';
import { proposeCommand } from './propose-command.ts';
import { proveCommand } from './prove-command.ts';
import { suppressCommand } from './suppress-command.ts';
import { suppressionsCommand } from './suppressions-command.ts';
import { processTerminal } from './terminal.ts';
import { verifyCommand } from './verify-command.ts';
import { whatCanCommand } from './what-can-command.ts';
import { whoCanAssumeCommand } from './who-can-assume-command.ts';
import { whoCanCommand } from './who-can-command.ts';
import { workerCommand } from './worker-command.ts';

const terminal = processTerminal();

/** Runs one command line. Commands load what they need when they run, so that `--version` and `--help` answer at once. */
const main = async (argv: readonly string[]): Promise<ExitCode> => {
  let exitCode: ExitCode = EXIT.done;
  const finish = (code: ExitCode): void => {
    exitCode = code;
  };
  const program = new Command('vigil')
    .description('Audits the IAM of AWS accounts: unused, external and escalation-prone access.')
    .version(vigilVersion(), '-V, --version')
    .exitOverride()
    .configureOutput({ outputError: () => {} })
    .showSuggestionAfterError();
  for (const define of [
    auditCommand,
    alertCommand,
    collectCommand,
    decideCommand,
    emulateCommand,
    policyCommand,
    canCommand,
    whatCanCommand,
    whoCanCommand,
    whoCanAssumeCommand,
    proposeCommand,
    proveCommand,
    runsCommand,
    findingsCommand,
    diffCommand,
    copyHistoryCommand,
    suppressCommand,
    suppressionsCommand,
    daemonCommand,
    runNowCommand,
    statusCommand,
    workerCommand,
    verifyCommand,
  ]) {
    program.addCommand(
      define(terminal, finish)
        .exitOverride()
        .configureOutput({ outputError: () => {} }),
    );
  }
  program.addCommand(groupCommand(terminal, finish), { hidden: true });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return EXIT.done;
    if (error.code !== 'commander.help')
      terminal.say(`vigil: ${error.message.replace(/^error: /, '').replaceAll('\n', ' ')}`);
    return EXIT.usage;
  }
};

// A reader that goes away early (`vigil … | head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

process.exitCode = await main(process.argv.slice(2));

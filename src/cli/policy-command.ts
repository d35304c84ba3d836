import { Command } from 'commander';
import { EXIT, type ExitCode } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

/** `vigil policy`: prints the identity-based policy that the auditor needs, exactly. */
export const policyCommand = (terminal: Terminal, finish: (code: ExitCode) => void): Command =>
  new Command('policy').description('print the read-only policy that the auditor needs').action(async () => {
    const { auditorPolicy } = await import('../collect/auditor-policy.ts');
    terminal.print(JSON.stringify(auditorPolicy(), null, 2));
    finish(EXIT.done);
  });

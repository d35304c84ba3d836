import { type AccountAccess, createAccountAccess } from '../access/account-access.ts';
import { readAccounts } from '../audit/read-accounts.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { Instant } from '../kernel/time.ts';
import { loadServiceReference, type ServiceReference } from '../reference/service-reference.ts';
import type { AccountSnapshot } from '../snapshot/account-snapshot.ts';
import { configOf } from './command-config.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import type { InputOptions } from './input-options.ts';
import { openInputSources } from './input-sources.ts';
import type { Terminal } from './terminal.ts';

/** An account that can be asked who may do what. */
export interface QuestionAccount {
  readonly snapshot: AccountSnapshot;
  readonly access: AccountAccess;
  readonly reference: ServiceReference;
  readonly now: Instant;
}

/** Why there is no account to ask, a line each, and the exit code that says so. */
export interface NoAccount {
  readonly problems: readonly string[];
  readonly exitCode: ExitCode;
}

/**
 * Reads the accounts that the options name, for questions about access. `lastAccessed`: whether the question is about what
 * was used; else a live account is spared the two calls a principal, whatever the configuration says. No answer needs what Access
 * Analyzer found.
 */
export const questionAccounts = async (
  options: InputOptions,
  terminal: Terminal,
  { lastAccessed }: { readonly lastAccessed: boolean } = { lastAccessed: false },
): Promise<Result<readonly QuestionAccount[], NoAccount>> => {
  const config = await configOf(options);
  if (!config.ok) return err({ problems: config.error, exitCode: EXIT.usage });
  const inputs = await openInputSources(
    options,
    {
      ...config.value,
      collect: { ...config.value.collect, lastAccessed, identityCenter: false, accessAnalyzer: false },
    },
    terminal,
  );
  if (!inputs.ok) return err({ problems: inputs.error, exitCode: EXIT.usage });
  const accounts = await readAccounts(inputs.value.sources, terminal.progress).finally(() => inputs.value.close());
  terminal.progress.phase('');
  if (!accounts.ok) {
    const isInput = accounts.error.some(({ kind }) => kind === 'input');
    return err({
      problems: accounts.error.map(({ message }) => message),
      exitCode: isInput ? EXIT.usage : EXIT.noAudit,
    });
  }
  const reference = await loadServiceReference();
  return ok(
    accounts.value.snapshots.map((snapshot) => {
      const now = inputs.value.clock?.now() ?? snapshot.collectedAt;
      return { snapshot, reference, now, access: createAccountAccess(snapshot, reference, now) };
    }),
  );
};

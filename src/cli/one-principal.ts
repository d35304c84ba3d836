import type { Principal } from '../access/account-access.ts';
import { findPrincipals } from '../access/find-principals.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { QuestionAccount } from './question-accounts.ts';

/** A principal and the account that it belongs to. */
export interface FoundPrincipal extends QuestionAccount {
  readonly principal: Principal;
}

/** The one principal of the accounts that a text means; else why there is none, in one line. */
export const onePrincipal = (accounts: readonly QuestionAccount[], name: string): Result<FoundPrincipal, string> => {
  const meant = accounts.flatMap((account) =>
    findPrincipals(account.snapshot, name).map((principal) => ({ ...account, principal })),
  );
  const [one, ...others] = meant;
  if (one === undefined)
    return err(`no user or role is called \`${name}\`; give an ARN, \`user/NAME\` or \`role/NAME\``);
  if (others.length === 0) return ok(one);
  return err(`\`${name}\` may be any of ${meant.map(({ principal }) => principal.arn).join(', ')}; give the ARN`);
};

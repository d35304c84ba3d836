import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { type AccountId, parseAccountId } from '../../iam/account-id.ts';
import { arnParts, parseArn } from '../../iam/arn.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import type { SourceProblem } from '../../ports/account-source.ts';
import type { AwsSourceOptions } from './aws-source-options.ts';
import type { AwsClients } from './clients.ts';
import { toCallError } from './error-text.ts';
import { identityProblem } from './identity-problem.ts';

/** Whose account the credentials reach. */
export interface Identity {
  readonly accountId: AccountId;
  readonly partition: string;
  /** The ARN of whoever the credentials are of. */
  readonly caller: string;
}

/** Asks STS whose credentials these are; AWS answers that to every valid credential, whatever its policies say. */
export const readIdentity = async (
  { sts }: AwsClients,
  options: AwsSourceOptions,
): Promise<Result<Identity, SourceProblem>> => {
  try {
    const { Account, Arn } = await sts.send(new GetCallerIdentityCommand({}));
    const account = parseAccountId(Account ?? '');
    const arn = parseArn(Arn ?? '');
    if (account.ok && options.accountId !== undefined && account.value !== options.accountId) {
      const mend = 'check its `id`, and the profile or role that is to reach it';
      const message = `the credentials reach account ${account.value}, not ${options.accountId}; ${mend}`;
      return err({ kind: 'unreachable', message });
    }
    if (account.ok && arn.ok) {
      return ok({ accountId: account.value, partition: arnParts(arn.value).partition, caller: arn.value });
    }
    return err(await identityProblem({ name: 'NotAnAnswer', code: null, status: 200, message: '' }, options));
  } catch (error) {
    return err(await identityProblem(toCallError(error), options));
  }
};

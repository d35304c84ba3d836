import { z } from 'zod';
import { ok } from '../../kernel/result.ts';
import { awsError } from '../aws-error.ts';
import { accountAt, type CloudState, withAccount } from '../cloud-state.ts';
import { cloudOperation, operation, readOperation } from '../operation.ts';
import { paging } from './input.ts';
import { page, wholeList } from './page.ts';

const RULE =
  'It must be a minimum length of 3 characters and maximum length of 63 characters, contain only digits, lowercase letters, and hyphens (-), but cannot begin or end with a hyphen.';

/** Twelve digits would be an account id. Source: "Your AWS account ID and alias", IAM User Guide. */
const oneAlias = z.object({
  AccountAlias: z
    .string()
    .min(3)
    .max(63)
    .regex(/^(?!\d{12}$)[a-z0-9](?:(?:[a-z0-9]|-(?!-))*[a-z0-9])?$/, RULE),
});

/** `iam:CreateAccountAlias`: takes the place of the one before; no two accounts of a partition have the same. */
const createAccountAlias = cloudOperation('iam:CreateAccountAlias', oneAlias, (cloud, { AccountAlias }, call) => {
  const { partition } = call.account;
  if (isTaken(cloud, partition, AccountAlias)) {
    return awsError('EntityAlreadyExists', `The account alias ${AccountAlias} already exists.`);
  }
  const account = { ...accountAt(cloud, call.account), alias: AccountAlias };
  return ok({ cloud: withAccount(cloud, account), answer: {} });
});

const isTaken = ({ accounts }: CloudState, partition: string, alias: string): boolean =>
  [...accounts.values()].some((account) => account.partition === partition && account.alias === alias);

/** `iam:DeleteAccountAlias`. */
const deleteAccountAlias = operation('iam:DeleteAccountAlias', oneAlias, (state, { AccountAlias }) =>
  state.alias === AccountAlias
    ? ok({ state: { ...state, alias: null }, answer: {} })
    : awsError('NoSuchEntity', `The account alias with name ${AccountAlias} cannot be found.`),
);

/** `iam:ListAccountAliases`: one at most. */
const listAccountAliases = readOperation('iam:ListAccountAliases', z.object(paging), (state, input) => {
  const aliases = page('ListAccountAliases', input, wholeList(state.alias === null ? [] : [state.alias]));
  return aliases.ok ? ok({ AccountAliases: aliases.value.items, ...aliases.value.more }) : aliases;
});

/** The operations on the alias of the account. */
export const accountAliasOperations = [createAccountAlias, deleteAccountAlias, listAccountAliases];

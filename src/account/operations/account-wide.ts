import { z } from 'zod';
import { ok } from '../../kernel/result.ts';
import { readOperation } from '../operation.ts';
import { accountSummary } from './account-summary-map.ts';
import { paging } from './input.ts';
import { page, wholeList } from './page.ts';

/** `iam:GetAccountSummary`. */
const getAccountSummary = readOperation('iam:GetAccountSummary', z.object({}), (state) =>
  ok({ SummaryMap: accountSummary(state) }),
);

/** `iam:ListAccountAliases`. */
const listAccountAliases = readOperation('iam:ListAccountAliases', z.object(paging), (state, input) => {
  const aliases = page('ListAccountAliases', input, wholeList(state.alias === null ? [] : [state.alias]));
  return aliases.ok ? ok({ AccountAliases: aliases.value.items, ...aliases.value.more }) : aliases;
});

/** The operations that read what belongs to the account as a whole. */
export const accountOperations = [getAccountSummary, listAccountAliases];

import { z } from 'zod';
import { ok } from '../../kernel/result.ts';
import { readOperation } from '../operation.ts';
import { accountSummary } from './account-summary-map.ts';

/** `iam:GetAccountSummary`. */
const getAccountSummary = readOperation('iam:GetAccountSummary', z.object({}), (state) =>
  ok({ SummaryMap: accountSummary(state) }),
);

/** The operations that read what belongs to the account as a whole. */
export const accountOperations = [getAccountSummary];

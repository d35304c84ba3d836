import { z } from 'zod';
import { EXPECTED_STATUSES, type ExpectedAccount } from '../finding/expected-account.ts';
import { storedInstant } from './stored-finding.ts';

const expectedAccounts: z.ZodType<readonly ExpectedAccount[]> = z.array(
  z.object({
    accountId: z.string().nullable(),
    name: z.string().nullable(),
    group: z.string().nullable(),
    status: z.enum(EXPECTED_STATUSES),
    reason: z.string().nullable(),
    lastRead: z.object({ runId: z.string(), startedAt: storedInstant }).nullable(),
    droppedOut: z.boolean(),
  }),
);

/** The accounts that an audit was to read, as they are remembered; none where it was not told of any. */
export const parseExpected = (text: string | null): readonly ExpectedAccount[] =>
  text === null ? [] : expectedAccounts.parse(JSON.parse(text));

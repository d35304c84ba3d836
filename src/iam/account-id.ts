import type { Brand } from '../kernel/brand.ts';
import { err, ok, type Result } from '../kernel/result.ts';

/** An AWS account id: twelve digits as text, leading zeros kept. */
export type AccountId = Brand<string, 'AccountId'>;

/** Reads an account id; the error is a message in house form. */
export const parseAccountId = (text: string): Result<AccountId, string> =>
  /^\d{12}$/.test(text)
    ? // The only place that mints an AccountId.
      // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion
      ok(text as AccountId)
    : err(`\`${text}\` is not an account id of twelve digits`);

import type { Result } from '../kernel/result.ts';
import type { Instant } from '../kernel/time.ts';
import { parseYamlFile } from '../kernel/yaml-file.ts';
import type { AccountState } from './account-state.ts';
import { buildAccount } from './file/build.ts';
import { accountFileSchema } from './file/schema.ts';

/**
 * Reads the account file, the YAML that `account-file.md` describes. Relative times are reckoned from `now`; `fileName`
 * only names the file in problems. The error holds every problem as a line: `file:line:column: place: what is wrong`.
 */
export const parseAccountFile = (
  text: string,
  fileName: string,
  now: Instant,
): Result<AccountState, readonly string[]> =>
  parseYamlFile(
    text,
    fileName,
    accountFileSchema(now).transform(
      (file, context): AccountState =>
        buildAccount(file, (path, message) => context.addIssue({ code: 'custom', path: [...path], message })),
    ),
  );

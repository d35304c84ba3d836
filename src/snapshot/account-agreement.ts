import { arnParts, parseArn } from '../iam/arn.ts';
import type { CredentialReportRow } from './account-snapshot.ts';
import type { AuthorizationDetailsDocument } from './snapshot-documents.ts';
import { type SnapshotProblem, snapshotProblem } from './snapshot-problem.ts';

/** Something that says by its ARN whose it is, and where it stands. */
interface Owned {
  readonly arn: string;
  readonly place: string;
}

/** One problem for each other account that the authorization details hold something of. */
export const foreignDetails = (
  details: AuthorizationDetailsDocument,
  accountId: string,
  file: string,
): readonly SnapshotProblem[] => {
  const lists = ['UserDetailList', 'GroupDetailList', 'RoleDetailList', 'Policies'] as const;
  const owned = lists.flatMap((list) =>
    (details[list] ?? []).map(({ Arn }, index) => ({ arn: Arn, place: `/${list}/${index}/Arn` })),
  );
  return foreign(owned, accountId, file);
};

/** One problem for each other account that the credential report is about. */
export const foreignRows = (
  rows: readonly CredentialReportRow[],
  accountId: string,
  file: string,
): readonly SnapshotProblem[] =>
  foreign(
    rows.map(({ arn, user }) => ({ arn, place: `the row of \`${user}\`` })),
    accountId,
    file,
  );

const foreign = (owned: readonly Owned[], accountId: string, file: string): readonly SnapshotProblem[] => {
  const seen = new Set([accountId, 'aws', '']);
  return owned.flatMap(({ arn, place }) => {
    const parsed = parseArn(arn);
    const account = parsed.ok ? arnParts(parsed.value).account : accountId;
    if (seen.has(account)) return [];
    seen.add(account);
    const what = `\`${arn}\` belongs to account ${account}, but the account is ${accountId}`;
    return [snapshotProblem(file, place, what, 'give files of one account')];
  });
};

import type { Instant } from '../../kernel/time.ts';
import type { CredentialReportRow } from '../../snapshot/account-snapshot.ts';
import { parseCredentialReport } from '../../snapshot/credential-report.ts';
import {
  booleanCell,
  type ReportedKey,
  ROOT_ROW,
  reportedKeys,
  timeCell,
} from '../../snapshot/credential-report-cells.ts';

/** A user whose credentials are to be read. */
export interface UserRef {
  readonly userName: string;
  readonly arn: string;
  /** What the credential report says of the user; null: nothing. */
  readonly reported: ReportedUser | null;
}

/** What the credential report says of a user's credentials. */
interface ReportedUser {
  readonly createDate: Instant | null;
  readonly mfaActive: boolean;
  readonly accessKeys: readonly ReportedKey[];
  readonly hasSigningCertificate: boolean;
}

/**
 * The users to ask about, each with what the credential report says of them. A row is no help where the user was
 * deleted and created anew since. Without authorization details the users are those of the report; null: nothing tells
 * who the users are.
 */
export const findUsers = (
  details: readonly { readonly UserName: string; readonly Arn: string; readonly CreateDate: string }[] | null,
  credentialReport: string | null,
): readonly UserRef[] | null => {
  const rows = credentialReport === null ? null : parseCredentialReport(credentialReport);
  const users = rows?.ok === true ? rows.value.filter(({ user }) => user !== ROOT_ROW) : null;
  if (details === null) {
    return users?.map((row) => ({ userName: row.user, arn: row.arn, reported: toReported(row) })) ?? null;
  }
  const reported = new Map(users?.map((row) => [row.arn, toReported(row)]));
  return details.map(({ UserName, Arn, CreateDate }) => {
    const row = reported.get(Arn);
    return { userName: UserName, arn: Arn, reported: row?.createDate === CreateDate ? row : null };
  });
};

const toReported = (row: CredentialReportRow): ReportedUser => ({
  createDate: timeCell(row.user_creation_time),
  mfaActive: booleanCell(row.mfa_active) === true,
  accessKeys: reportedKeys(row),
  hasSigningCertificate:
    [row.cert_1_active, row.cert_2_active].some((active) => booleanCell(active) === true) ||
    [row.cert_1_last_rotated, row.cert_2_last_rotated].some((rotated) => timeCell(rotated) !== null),
});

import { CREDENTIAL_REPORT_COLUMNS, type CredentialReportColumn } from '../snapshot/account-snapshot.ts';
import { printCredentialReport } from '../snapshot/credential-report.ts';
import type { ColumnFormat, ReportTable } from './table.ts';

// Where there is nothing AWS writes `N/A`, `no_information` or `not_supported`.
const MEANINGS: Readonly<Record<CredentialReportColumn, readonly [format: ColumnFormat, meaning: string]>> = {
  user: ['text', 'name of the user; `<root_account>` is the root user'],
  arn: ['text', 'ARN of the user'],
  user_creation_time: ['time', 'when the user was made'],
  password_enabled: ['boolean', 'whether the user has a console password; of the root user `not_supported`'],
  password_last_used: [
    'time',
    'when the password was last used to sign in; `no_information`: never, or not since AWS keeps track',
  ],
  password_last_changed: ['time', 'when the password was last set'],
  password_next_rotation: ['time', 'when the password policy demands a new one'],
  mfa_active: ['boolean', 'whether an MFA device is on for the user'],
  access_key_1_active: ['boolean', 'whether the first access key is active'],
  access_key_1_last_rotated: ['time', 'when the first access key was made'],
  access_key_1_last_used_date: ['time', 'when the first access key last signed a request'],
  access_key_1_last_used_region: ['text', 'region of that request'],
  access_key_1_last_used_service: ['text', 'service of that request'],
  access_key_2_active: ['boolean', 'whether the second access key is active'],
  access_key_2_last_rotated: ['time', 'when the second access key was made'],
  access_key_2_last_used_date: ['time', 'when the second access key last signed a request'],
  access_key_2_last_used_region: ['text', 'region of that request'],
  access_key_2_last_used_service: ['text', 'service of that request'],
  cert_1_active: ['boolean', 'whether the first X.509 signing certificate is active'],
  cert_1_last_rotated: ['time', 'when the first signing certificate was uploaded'],
  cert_2_active: ['boolean', 'whether the second X.509 signing certificate is active'],
  cert_2_last_rotated: ['time', 'when the second signing certificate was uploaded'],
};

/** `credential-report.csv`: exactly AWS's 22 columns and line ends, no column of ours. */
export const credentialTable: ReportTable = {
  file: 'credential-report.csv',
  row: 'a user, or the root user, as AWS reports their credentials',
  columns: CREDENTIAL_REPORT_COLUMNS.map((name) => [name, ...MEANINGS[name], 'iam:GetCredentialReport']),
  textOf: ({ credentialReport }) =>
    credentialReport === undefined ? null : printCredentialReport(credentialReport, { escapeFormulas: true }),
};

import type { CredentialReportRow } from '../../../snapshot/account-snapshot.ts';
import { CREDENTIAL_REPORT_COLUMNS } from '../../../snapshot/account-snapshot.ts';
import { at, denied } from '../../../snapshot/testing/collected-builder.ts';
import { snapshot } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { rootUserWithoutMfa } from './root-user-without-mfa.ts';

const ROOT_ARN = 'arn:aws:iam::123456789012:root';

const reportSaying = (passwordEnabled: string) => {
  const blank = Object.fromEntries(CREDENTIAL_REPORT_COLUMNS.map((column) => [column, 'N/A'])) as CredentialReportRow;
  const row = { ...blank, user: '<root_account>', arn: ROOT_ARN, password_enabled: passwordEnabled };
  return { generatedTime: at('2026-01-01T00:00:00Z'), rows: [row] };
};

const withoutMfa = { mfaActive: false } as const;

describeCheck(rootUserWithoutMfa, '2026-01-01T00:00:00Z', {
  fail: [
    ['MFA is off and the password unknown', snapshot({ root: withoutMfa }), { mfaActive: false, hasPassword: null }],
    [
      'MFA is off and there is a password',
      snapshot({ root: withoutMfa, accountSummary: new Map([['AccountPasswordPresent', 1]]) }),
      { hasPassword: true },
    ],
    [
      'there is no password, but an access key',
      snapshot({
        root: { mfaActive: false, accessKeyCount: 1 },
        accountSummary: new Map([['AccountPasswordPresent', 0]]),
      }),
      { hasPassword: false, hasAccessKey: true },
    ],
    [
      'the credential report does not tell of a root password',
      snapshot({ root: withoutMfa, credentialReport: reportSaying('not_supported') }),
      { hasPassword: null },
    ],
    [
      'there is no password, and the access keys are unknown',
      snapshot({
        root: { mfaActive: false, accessKeyCount: denied('iam:GetAccountSummary') },
        credentialReport: reportSaying('false'),
      }),
      { hasPassword: false, hasAccessKey: null },
    ],
  ],
  pass: [
    ['MFA is on', snapshot({ root: { mfaActive: true } }), { mfaActive: true }],
    [
      'a member account has no root credentials, says the summary',
      snapshot({ root: withoutMfa, accountSummary: new Map([['AccountPasswordPresent', 0]]) }),
    ],
    [
      'a member account has no root credentials, says the credential report',
      snapshot({ root: withoutMfa, credentialReport: reportSaying('FALSE') }),
    ],
  ],
  unknown: [['GetAccountSummary was denied', snapshot({ root: { mfaActive: denied('iam:GetAccountSummary') } })]],
});

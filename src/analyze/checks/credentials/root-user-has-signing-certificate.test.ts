import { at, denied } from '../../../snapshot/testing/collected-builder.ts';
import { reportRow } from '../../../snapshot/testing/documents-builder.ts';
import { snapshot } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { rootUserHasSigningCertificate } from './root-user-has-signing-certificate.ts';

const summarized = (count: number) =>
  snapshot({ accountSummary: new Map([['AccountSigningCertificatesPresent', count]]) });

const reported = (cert_2_active: string) =>
  snapshot({
    accountSummary: denied('iam:GetAccountSummary'),
    credentialReport: {
      generatedTime: at('2026-01-01T00:00:00Z'),
      rows: [reportRow('<root_account>', { cert_2_active })],
    },
  });

describeCheck(rootUserHasSigningCertificate, '2026-01-01T00:00:00Z', {
  fail: [
    ['the summary counts one', summarized(1), { present: true }],
    ['only the credential report tells of one', reported('TRUE'), { present: true }],
  ],
  pass: [
    ['the summary counts none', summarized(0), { present: false }],
    ['only the credential report was read, and knows of none', reported('false')],
  ],
  unknown: [
    ['neither was read', snapshot({ accountSummary: denied('iam:GetAccountSummary') })],
    ['the summary does not tell, and there is no report', snapshot({ accountSummary: new Map([['Users', 1]]) })],
  ],
});

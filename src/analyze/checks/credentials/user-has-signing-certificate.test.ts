import { at, collected, denied } from '../../../snapshot/testing/collected-builder.ts';
import { snapshot, user } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { userHasSigningCertificate } from './user-has-signing-certificate.ts';

const alice = (...statuses: readonly string[]) => {
  const certificates = statuses.map((status, index) => ({
    id: `CERT${index}`,
    status,
    uploadDate: at('2025-12-22T00:00:00Z'),
  }));
  return snapshot({ users: [user('alice', { signingCertificates: collected(certificates, 'signing-certificates') })] });
};

describeCheck(userHasSigningCertificate, '2026-01-01T00:00:00Z', {
  fail: [
    ['one that is active', alice('Active'), { certificates: [{ id: 'CERT0', ageDays: 10 }] }],
    ['two, told as one finding', alice('Active', 'Active')],
  ],
  pass: [
    ['one that is inactive', alice('Inactive')],
    ['none', alice()],
  ],
  unknown: [
    [
      'ListSigningCertificates was denied',
      snapshot({ users: [user('alice', { signingCertificates: denied('iam:ListSigningCertificates') })] }),
    ],
  ],
});

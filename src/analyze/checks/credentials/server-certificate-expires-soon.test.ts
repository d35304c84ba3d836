import { arn, at, denied } from '../../../snapshot/testing/collected-builder.ts';
import { snapshot } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { serverCertificateExpiresSoon } from './server-certificate-expires-soon.ts';

const shop = (expiration: string) =>
  snapshot({
    serverCertificates: [
      {
        arn: arn('arn:aws:iam::123456789012:server-certificate/shop'),
        name: 'shop',
        id: 'ASCAEXAMPLE',
        uploadDate: at('2025-01-01T00:00:00Z'),
        expiration: at(expiration),
      },
    ],
  });

describeCheck(serverCertificateExpiresSoon, '2026-01-01T00:00:00Z', {
  fail: [
    ['it ends tomorrow', shop('2026-01-02T00:00:00Z'), { daysLeft: 1 }],
    ['it ends in 29 days', shop('2026-01-30T00:00:00Z'), { daysLeft: 29 }],
  ],
  pass: [
    ['it ends in 30 days', shop('2026-01-31T00:00:00Z'), { daysLeft: 30 }],
    ['it has ended, which another check tells', shop('2025-12-22T00:00:00Z')],
  ],
  unknown: [
    ['ListServerCertificates was denied', snapshot({ serverCertificates: denied('iam:ListServerCertificates') })],
  ],
});

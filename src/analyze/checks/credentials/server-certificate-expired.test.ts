import { arn, at, denied } from '../../../snapshot/testing/collected-builder.ts';
import { snapshot } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { serverCertificateExpired } from './server-certificate-expired.ts';

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

describeCheck(serverCertificateExpired, '2026-01-01T00:00:00Z', {
  fail: [
    ['it ended ten days ago', shop('2025-12-22T00:00:00Z'), { expiredDays: 10 }],
    ['it ends at this very second', shop('2026-01-01T00:00:00Z'), { expiredDays: 0 }],
  ],
  pass: [
    ['it ends tomorrow, which another check tells', shop('2026-01-02T00:00:00Z')],
    ['no certificate', snapshot()],
  ],
  unknown: [
    ['ListServerCertificates was denied', snapshot({ serverCertificates: denied('iam:ListServerCertificates') })],
  ],
});

import type { ServiceSpecificCredential } from '../../../snapshot/account-snapshot.ts';
import { at, collected, denied } from '../../../snapshot/testing/collected-builder.ts';
import { snapshot, user } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { userServiceSpecificCredentialNeverExpires } from './user-service-specific-credential-never-expires.ts';

const alice = (parts: Partial<ServiceSpecificCredential>) => {
  const credential: ServiceSpecificCredential = {
    id: 'ACCAEXAMPLE',
    serviceName: 'bedrock.amazonaws.com',
    status: 'Active',
    createDate: at('2025-12-01T00:00:00Z'),
    expirationDate: null,
    ...parts,
  };
  const serviceSpecificCredentials = collected([credential], 'service-specific-credentials');
  return snapshot({ users: [user('alice', { serviceSpecificCredentials })] });
};

describeCheck(userServiceSpecificCredentialNeverExpires, '2026-01-01T00:00:00Z', {
  fail: [
    ['a key of Bedrock', alice({}), { serviceName: 'bedrock.amazonaws.com', ageDays: 31 }],
    ['a key of CloudWatch Logs', alice({ serviceName: 'logs.amazonaws.com' })],
  ],
  pass: [
    ['a key that expires', alice({ expirationDate: at('2026-06-01T00:00:00Z') })],
    ['a credential of CodeCommit, which can be given no end', alice({ serviceName: 'codecommit.amazonaws.com' })],
    ['an inactive key', alice({ status: 'Inactive' })],
  ],
  unknown: [
    [
      'ListServiceSpecificCredentials was denied',
      snapshot({
        users: [user('alice', { serviceSpecificCredentials: denied('iam:ListServiceSpecificCredentials') })],
      }),
    ],
  ],
});

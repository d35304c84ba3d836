import type { ServiceSpecificCredential } from '../../../snapshot/account-snapshot.ts';
import { at, collected, denied } from '../../../snapshot/testing/collected-builder.ts';
import { snapshot, user } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { userServiceSpecificCredentialNotRotated } from './user-service-specific-credential-not-rotated.ts';

const alice = (createDate: string, parts: Partial<ServiceSpecificCredential> = {}) => {
  const credential: ServiceSpecificCredential = {
    id: 'ACCAEXAMPLE',
    serviceName: 'codecommit.amazonaws.com',
    status: 'Active',
    createDate: at(createDate),
    expirationDate: null,
    ...parts,
  };
  const serviceSpecificCredentials = collected([credential], 'service-specific-credentials');
  return snapshot({ users: [user('alice', { serviceSpecificCredentials })] });
};

const old = '2025-10-02T00:00:00Z';
const bedrock = 'bedrock.amazonaws.com';

describeCheck(userServiceSpecificCredentialNotRotated, '2026-01-01T00:00:00Z', {
  fail: [
    ['91 days old', alice(old), { ageDays: 91, serviceName: 'codecommit.amazonaws.com' }],
    [
      'an old API key that ends next year',
      alice(old, { serviceName: bedrock, expirationDate: at('2027-01-01T00:00:00Z') }),
    ],
  ],
  pass: [
    ['exactly 90 days old', alice('2025-10-03T00:00:00Z'), { ageDays: 90 }],
    ['inactive', alice(old, { status: 'Inactive' })],
    ['expired yesterday', alice(old, { serviceName: bedrock, expirationDate: at('2025-12-31T00:00:00Z') })],
    ['an API key without an end, which another check tells', alice(old, { serviceName: bedrock })],
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

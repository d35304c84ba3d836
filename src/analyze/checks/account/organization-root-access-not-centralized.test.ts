import { gap, skipped } from '../../../snapshot/testing/collected-builder.ts';
import { snapshot } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { organizationRootAccessNotCentralized } from './organization-root-access-not-centralized.ts';

const having = (features?: readonly string[]) =>
  snapshot({
    organization: {
      id: 'o-abcde12345',
      managementAccountId: '123456789012',
      path: [],
      ...(features && { features }),
    },
  });

describeCheck(organizationRootAccessNotCentralized, '2026-01-01T00:00:00Z', {
  fail: [
    ['nothing is managed', having([]), { organization: 'o-abcde12345', features: [] }],
    ['sessions alone', having(['RootSessions'])],
  ],
  pass: [
    ['credentials are managed', having(['RootCredentialsManagement', 'RootSessions'])],
    ['a member account, which is not told', having()],
    ['no organization', snapshot({ organization: null })],
    ['nobody looked', snapshot({ organization: skipped('organization') })],
  ],
  unknown: [
    [
      'DescribeOrganization was denied',
      snapshot({
        organization: {
          known: false,
          gap: gap({ source: 'organization', action: 'organizations:DescribeOrganization' }),
        },
      }),
    ],
  ],
});

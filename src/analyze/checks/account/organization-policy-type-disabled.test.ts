import { organizationTree } from '../../../snapshot/testing/organization-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { UNREAD_ORGANIZATION, UNTOLD, withTree } from '../../testing/organization-accounts.ts';
import { organizationPolicyTypeDisabled } from './organization-policy-type-disabled.ts';

const enabled = (...policyTypes: readonly string[]) => withTree(organizationTree({ policyTypes }));

describeCheck(organizationPolicyTypeDisabled, '2026-01-01T00:00:00Z', {
  fail: [
    ['neither is on', enabled('TAG_POLICY'), { organization: 'o-abcde12345', name: 'SCPs', accounts: 3 }],
    ['RCPs are not', enabled('SERVICE_CONTROL_POLICY'), { name: 'RCPs' }],
  ],
  pass: [['both are on', enabled('RESOURCE_CONTROL_POLICY', 'SERVICE_CONTROL_POLICY')], ...UNTOLD],
  unknown: [UNREAD_ORGANIZATION],
});

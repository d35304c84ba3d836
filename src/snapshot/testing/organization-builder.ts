import type { AttachedOrganizationPolicy, Organization, OrganizationTree } from '../organization.ts';
import { TEST_ACCOUNT } from './collected-builder.ts';

/** An organization whose management account is the test account; what is not given is not told. */
export const organization = (parts: Partial<Organization> = {}): Organization => ({
  id: 'o-abcde12345',
  managementAccountId: TEST_ACCOUNT,
  path: [],
  ...parts,
});

/** A tree of the management account and two members, one of them in a unit; SCPs and RCPs are on, and AWS's own are attached. */
export const organizationTree = (parts: Partial<OrganizationTree> = {}): OrganizationTree => ({
  policyTypes: ['RESOURCE_CONTROL_POLICY', 'SERVICE_CONTROL_POLICY'],
  units: [
    { id: 'r-ab12', name: 'Root', parentId: null },
    { id: 'ou-work', name: 'workloads', parentId: 'r-ab12' },
  ],
  accounts: [
    { id: TEST_ACCOUNT, name: 'management', parentId: 'r-ab12' },
    { id: '222222222222', name: 'shop', parentId: 'ou-work' },
    { id: '333333333333', name: 'sandbox', parentId: 'r-ab12' },
  ],
  policies: [
    attachedPolicy('FullAWSAccess', {
      awsManaged: true,
      targets: ['r-ab12', 'ou-work', TEST_ACCOUNT, '222222222222', '333333333333'],
    }),
  ],
  ...parts,
});

/** An SCP of the organization's own that is attached to the root. */
export const attachedPolicy = (
  name: string,
  parts: Partial<AttachedOrganizationPolicy> = {},
): AttachedOrganizationPolicy => ({
  id: `p-${name}`,
  name,
  type: 'SERVICE_CONTROL_POLICY',
  awsManaged: false,
  characters: 200,
  targets: ['r-ab12'],
  ...parts,
});

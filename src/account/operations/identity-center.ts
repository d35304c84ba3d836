import { assignmentLists } from './identity-center/assignment-lists.ts';
import { assignmentOperations } from './identity-center/assignments.ts';
import { groupMembershipOperations } from './identity-center/group-memberships.ts';
import { identityStoreOperations } from './identity-center/identity-store.ts';
import { instanceOperations } from './identity-center/instances.ts';
import { permissionSetPolicyOperations } from './identity-center/permission-set-policies.ts';
import { permissionSetOperations } from './identity-center/permission-sets.ts';
import { provisioningRequestOperations } from './identity-center/requests.ts';
import { tagOperations } from './identity-center/tags.ts';

/** The operations of IAM Identity Center and its identity store. */
export const identityCenterOperations = [
  ...instanceOperations,
  ...permissionSetOperations,
  ...permissionSetPolicyOperations,
  ...assignmentOperations,
  ...assignmentLists,
  ...provisioningRequestOperations,
  ...tagOperations,
  ...identityStoreOperations,
  ...groupMembershipOperations,
];

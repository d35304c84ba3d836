import { assignmentOperations } from './identity-center/assignments.ts';
import { identityStoreOperations } from './identity-center/identity-store.ts';
import { instanceOperations } from './identity-center/instances.ts';
import { permissionSetOperations } from './identity-center/permission-sets.ts';

/** The operations of IAM Identity Center and its identity store. */
export const identityCenterOperations = [
  ...instanceOperations,
  ...permissionSetOperations,
  ...assignmentOperations,
  ...identityStoreOperations,
];

import type { EscalationMethod } from '../escalation-method.ts';
import { attachGroupPolicy } from './attach-group-policy.ts';
import { attachRolePolicy } from './attach-role-policy.ts';
import { attachUserPolicy } from './attach-user-policy.ts';
import { createPolicyVersion } from './create-policy-version.ts';
import { createUser } from './create-user.ts';
import { deleteRoleBoundary } from './delete-role-boundary.ts';
import { deleteUserBoundary } from './delete-user-boundary.ts';
import { dropDeny } from './drop-deny.ts';
import { editBoundary } from './edit-boundary.ts';
import { putGroupPolicy } from './put-group-policy.ts';
import { putRoleBoundary } from './put-role-boundary.ts';
import { putRolePolicy } from './put-role-policy.ts';
import { putUserBoundary } from './put-user-boundary.ts';
import { putUserPolicy } from './put-user-policy.ts';

/** By which a principal gives itself everything, the plainest first. */
export const selfEscalations: readonly EscalationMethod[] = [
  putUserPolicy,
  attachUserPolicy,
  putRolePolicy,
  attachRolePolicy,
  createPolicyVersion,
  putGroupPolicy,
  attachGroupPolicy,
];

/** By which a principal that has given itself everything takes away what still limits it. */
export const limitRemovals: readonly EscalationMethod[] = [
  deleteUserBoundary,
  deleteRoleBoundary,
  putUserBoundary,
  putRoleBoundary,
  editBoundary,
  dropDeny,
  createUser,
];

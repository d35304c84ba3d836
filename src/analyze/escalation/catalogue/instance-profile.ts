import type { Requirement } from '../escalation-method.ts';

/** What it takes to put the target into an instance profile of one's own, beside iam:PassRole. */
export const newInstanceProfile = [
  { action: 'iam:CreateInstanceProfile', on: 'new' },
  { action: 'iam:AddRoleToInstanceProfile', on: 'new', type: 'instance-profile' },
] as const satisfies readonly Requirement[];

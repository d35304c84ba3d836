import type { CheckTools } from '../check-tools.ts';
import type { PolicyHolder } from './policy-holders.ts';

/** Whether a boundary or denials stop a user or role for good, so that it has a policy for everything in name only. */
export const isStopped = (
  holder: PolicyHolder,
  { access, escalationOf }: Pick<CheckTools, 'access' | 'escalationOf'>,
): boolean => !('groupName' in holder) && access.unlimited(holder) === 'no' && escalationOf(holder).kind === 'none';

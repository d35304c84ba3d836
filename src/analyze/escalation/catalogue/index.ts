import type { EscalationMethod } from '../escalation-method.ts';
import { limits } from './limits.ts';
import { otherPrincipals } from './other-principals.ts';
import { ownPolicies } from './own-policies.ts';

/** The catalogue of methods, the plainest first. */
export const escalationMethods: readonly EscalationMethod[] = [...ownPolicies, ...otherPrincipals, ...limits];

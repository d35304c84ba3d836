import type { Doubt } from '../evaluate/decision.ts';
import type { RequestContext } from '../evaluate/request-context.ts';
import type { ServiceReference } from '../reference/service-reference.ts';
import type { AccountAccess, Principal } from './account-access.ts';
import { doubtsAbout, listPermissions, type Permission } from './permissions/list-permissions.ts';

/** Actions that are granted on the same terms. */
export type EffectivePermission = Permission;

/** What a principal's own side lets it do: its identity-based policies within boundary, SCPs and RCPs, less what is denied. */
export interface EffectivePermissions {
  /** An action is granted on a resource where one of them says so; `sts:GetCallerIdentity`, which needs no permission, everywhere. */
  readonly permissions: readonly EffectivePermission[];
  /** What could not be read: more may be granted than is told, or less. None: the permissions are exact. */
  readonly doubts: readonly Doubt[];
}

/** What is asked of a principal's permissions. */
export interface WhatCanQuestion {
  /** The prefix of the service that is asked about, in lower case; null: all. */
  readonly service?: string | null;
  /** What is known of the requests. */
  readonly context?: RequestContext;
}

/** The effective permissions of a principal, for the actions of all services or of one. */
export const whatCan = (
  principal: Principal,
  access: AccountAccess,
  reference: ServiceReference,
  { service = null, context = {} }: WhatCanQuestion = {},
): EffectivePermissions => {
  const asker = access.asker(principal, context);
  return { permissions: listPermissions(asker, reference, service), doubts: doubtsAbout(asker) };
};

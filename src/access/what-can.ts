import type { Doubt } from '../evaluate/decision.ts';
import type { RequestContext } from '../evaluate/request-context.ts';
import type { ActionIndex } from '../reference/action-index.ts';
import type { AccountAccess, Principal } from './account-access.ts';
import { type CarrierPermission, listOnCarriers, type Refusal } from './permissions/list-on-carriers.ts';
import { doubtsAbout, listPermissions } from './permissions/list-permissions.ts';

/**
 * Actions that are granted on the same terms. `carriers`: the resources with a policy of their own that the terms are
 * about; none: they are about all resources whose policies say nothing else.
 */
export type EffectivePermission = CarrierPermission;

/**
 * What a principal may do: what its own side lets it, its identity-based policies within boundary, SCPs and RCPs, less
 * what is denied; and what the policies of the account's resources change in that.
 */
export interface EffectivePermissions {
  /** An action is granted on a resource where one of them says so; `sts:GetCallerIdentity`, which needs no permission, everywhere. */
  readonly permissions: readonly EffectivePermission[];
  /** What the policy of a resource takes away altogether. */
  readonly refusals: readonly Refusal[];
  /** What could not be read: more may be granted than is told, or less. None: the permissions are exact. */
  readonly doubts: readonly Doubt[];
}

/** What is asked of a principal's permissions. */
export interface WhatCanQuestion {
  /** The prefix of the service that is asked about, in lower case; null: all. */
  readonly service: string | null;
  /** What is known of the requests. */
  readonly context: RequestContext;
}

/**
 * The effective permissions of a principal. KMS keys and roles that are to be assumed have policies that must agree: of
 * those that the snapshot knows, only what is told of them by themselves is granted.
 */
export const whatCan = (
  principal: Principal,
  access: Pick<AccountAccess, 'asker' | 'carriers'>,
  reference: ActionIndex,
  { service, context }: WhatCanQuestion,
): EffectivePermissions => {
  const asker = access.asker(principal, context);
  const own = listPermissions(asker, reference, service).map((permission) => ({ ...permission, carriers: [] }));
  const carriers = access.carriers();
  const { permissions, refusals } = listOnCarriers(asker, carriers, reference, service);
  return { permissions: [...own, ...permissions], refusals, doubts: doubtsAbout(asker, carriers) };
};

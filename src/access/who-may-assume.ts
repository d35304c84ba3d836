import type { RequestContext } from '../evaluate/request-context.ts';
import type { Role } from '../snapshot/account-snapshot.ts';
import type { AccountAccess } from './account-access.ts';
import { type ReadAccount, withoutAsked } from './asked-sides.ts';
import type { AdmittedOutsider } from './outside-access.ts';
import { type AllowedPrincipal, whoCanPerform } from './who-can-perform.ts';

/** Who may begin a session of a role. */
export interface RoleAssumers {
  readonly principals: readonly AllowedPrincipal[];
  /** Principals of other accounts that were read, whom both accounts let. */
  readonly others: readonly AllowedPrincipal[];
  readonly outsiders: readonly AssumingOutsider[];
}

/** Somebody outside the account, or whom an identity provider or a service stands for, with the call that it makes. */
export type AssumingOutsider = AdmittedOutsider & { readonly action: AssumeAction };

/** The calls that begin a session of a role. Source: "Compare AWS STS credentials", IAM User Guide. */
const ASSUME_ACTIONS = ['sts:AssumeRole', 'sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity'] as const;

/** A call that begins a session of a role. */
export type AssumeAction = (typeof ASSUME_ACTIONS)[number];

/**
 * Finds who may assume a role of an account, inside and outside of it. Those of the accounts that were read with it (`others`)
 * are asked one by one, of them too what their own account says.
 */
export const whoMayAssume = (
  access: AccountAccess,
  { role, context = {} }: { readonly role: Role; readonly context?: RequestContext },
  others: readonly ReadAccount[] = [],
): RoleAssumers => {
  const question = { action: 'sts:AssumeRole', resource: role.arn, context };
  const theirs = access.resourceSide(question.action, role.arn);
  return {
    principals: whoCanPerform(access, question),
    others: theirs === null ? [] : others.flatMap((other) => whoCanPerform(other.access, question, theirs)),
    outsiders: withoutAsked(outsidersWhoMayAssume(access, role, context), others),
  };
};

/** Finds who outside an account may assume a role of it: its trust policy alone tells. */
export const outsidersWhoMayAssume = (
  access: Pick<AccountAccess, 'outsidersWhoCan'>,
  { arn }: Role,
  context: RequestContext = {},
): readonly AssumingOutsider[] =>
  ASSUME_ACTIONS.flatMap((action) =>
    access.outsidersWhoCan(action, arn, context).map((admitted) => ({ ...admitted, action })),
  );

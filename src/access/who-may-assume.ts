import type { RequestContext } from '../evaluate/request-context.ts';
import type { Role } from '../snapshot/account-snapshot.ts';
import type { AccountAccess } from './account-access.ts';
import type { AdmittedOutsider } from './outside-access.ts';
import { type AllowedPrincipal, whoCanPerform } from './who-can-perform.ts';

/** Who may begin a session of a role. */
export interface RoleAssumers {
  readonly principals: readonly AllowedPrincipal[];
  readonly outsiders: readonly AssumingOutsider[];
}

/** Somebody outside the account, or whom an identity provider or a service stands for, with the call that it makes. */
export type AssumingOutsider = AdmittedOutsider & { readonly action: AssumeAction };

/** The calls that begin a session of a role. Source: "Compare AWS STS credentials", IAM User Guide. */
const ASSUME_ACTIONS = ['sts:AssumeRole', 'sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity'] as const;

/** A call that begins a session of a role. */
export type AssumeAction = (typeof ASSUME_ACTIONS)[number];

/** Finds who may assume a role of an account, inside and outside of it. */
export const whoMayAssume = (
  access: AccountAccess,
  { role, context = {} }: { readonly role: Role; readonly context?: RequestContext },
): RoleAssumers => ({
  principals: whoCanPerform(access, { action: 'sts:AssumeRole', resource: role.arn, context }),
  outsiders: outsidersWhoMayAssume(access, role, context),
});

/** Finds who outside an account may assume a role of it: its trust policy alone tells. */
export const outsidersWhoMayAssume = (
  access: Pick<AccountAccess, 'outsidersWhoCan'>,
  { arn }: Role,
  context: RequestContext = {},
): readonly AssumingOutsider[] =>
  ASSUME_ACTIONS.flatMap((action) =>
    access.outsidersWhoCan(action, arn, context).map((admitted) => ({ ...admitted, action })),
  );

import type { NamedPolicy } from '../evaluate/applicable-policies.ts';
import type { RequestTime } from '../evaluate/settle-time.ts';
import type { Caller, Signed } from '../iam/caller.ts';
import { once } from '../kernel/once.ts';
import type { Instant } from '../kernel/time.ts';
import { createPolicyCompiler, type RequestedAction, requestedAction } from '../policy/compile-policy.ts';
import type { ServiceReference } from '../reference/service-reference.ts';
import type { AccountSnapshot, Role, RootUser, User } from '../snapshot/account-snapshot.ts';
import type { EffectivePolicy } from './effective-policies.ts';
import { createNamedPrincipals } from './named-principals.ts';
import { organizationLevels, resourceOrganization } from './organization-levels.ts';
import { createOutsideAccess } from './outside-access.ts';
import { ownPasswordPolicy } from './own-password.ts';
import { policyCarriers } from './policy-carriers.ts';
import { rootContext } from './principal-context.ts';
import { principalKind } from './principal-kind.ts';
import { createResourceIndex } from './resource-index.ts';

/** What of an account's access does not depend on which policies its principals have. */
export type Ground = ReturnType<typeof createGround>;

/** Makes ready what the account of a snapshot is asked for by. */
export const createGround = (snapshot: AccountSnapshot, reference: ServiceReference, now: Instant | null) => {
  const compile = createPolicyCompiler(reference);
  // Principals that have a policy in common share what is made ready of it.
  const shared = new Map<string, NamedPolicy>();
  const actions = new Map<string, RequestedAction>();
  const times = now && { user: { now, temporary: false }, session: { now, temporary: true } };
  const everybody = [...snapshot.users, ...snapshot.roles];
  return {
    snapshot,
    reference,
    compile,
    named: ({ name, document }: EffectivePolicy): NamedPolicy => {
      const policy = compile(document);
      const before = shared.get(name);
      if (before?.policy === policy) return before;
      const fresh = { name, policy };
      shared.set(name, fresh);
      return fresh;
    },
    actionOf: (name: string): RequestedAction => {
      const action = actions.get(name) ?? requestedAction(reference, name);
      actions.set(name, action);
      return action;
    },
    timeOf: (principal: User | Role | RootUser): RequestTime | null =>
      times?.['roleName' in principal ? 'session' : 'user'] ?? null,
    callerOf: (principal: User | Role | RootUser): Extract<Caller, Signed> => ({
      kind: principalKind(principal),
      arn: principal.arn,
      account: snapshot.accountId,
    }),
    levels: organizationLevels(snapshot, compile),
    resources: createResourceIndex(snapshot, compile),
    outside: createOutsideAccess(reference, now),
    everybody,
    namedPrincipals: createNamedPrincipals(everybody),
    carriers: once(() => policyCarriers(snapshot, compile)),
    ownPassword: ownPasswordPolicy(snapshot),
    ownResource: resourceOrganization(snapshot),
    rootContext: rootContext(snapshot),
    tagSession: requestedAction(reference, 'sts:TagSession'),
    somebody: times?.user ?? null,
  };
};

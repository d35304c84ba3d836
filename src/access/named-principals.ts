import type { CompiledPolicy, RequestedAction } from '../policy/compile-policy.ts';
import type { Role, User } from '../snapshot/account-snapshot.ts';

/**
 * Tells which users and roles the statements of a resource's policy that allow an action name themselves, not by their
 * account; null: all there are.
 */
export type NamedPrincipals = (policy: CompiledPolicy, action: RequestedAction) => readonly (User | Role)[] | null;

/** Makes the finder for an account's users and roles. */
export const createNamedPrincipals = (principals: readonly (User | Role)[]): NamedPrincipals => {
  const byArn = new Map<string, User | Role>(principals.map((principal) => [principal.arn, principal]));
  const rolesByName = new Map(
    principals.flatMap((principal) => ('roleName' in principal ? [[principal.roleName, principal] as const] : [])),
  );
  const named = (arn: string): User | Role | undefined => {
    const [, roleName] = /:assumed-role\/([^/]*)\//.exec(arn) ?? [];
    return roleName === undefined ? byArn.get(arn) : rolesByName.get(roleName);
  };
  return ({ allows }, action) => {
    const found: (User | Role)[] = [];
    for (const { statement, principal, actions } of allows) {
      if (statement.principal === null || !actions.matches(action)) continue;
      if (principal === null || principal.everybody || principal.kind === 'notPrincipal') return null;
      found.push(...statement.principal.aws.flatMap((arn) => named(arn) ?? []));
    }
    return found;
  };
};

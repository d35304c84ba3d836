import type { ServiceReference } from '../../reference/service-reference.ts';
import type { KeyGrant, Resource } from '../../snapshot/resource.ts';

/** What the grants of a KMS key give another account, beside the key's policy. */
export interface GrantedAccount {
  readonly accountId: string;
  /** ARNs, as the grants name them. */
  readonly principals: readonly string[];
  /** By access level. */
  readonly actions: Readonly<Record<string, readonly string[]>>;
  /** Whether every grant asks for an encryption context. */
  readonly constrained: boolean;
}

/** The other accounts that hold grants of a key, by id. Services of AWS, which act for the account, are left out. */
export const grantedAccounts = (
  { grants = [] }: Resource,
  ownAccountId: string,
  reference: ServiceReference,
): readonly GrantedAccount[] => {
  const byAccount = new Map<string, KeyGrant[]>();
  for (const grant of grants) {
    const accountId = /^arn:[^:]*:(?:iam|sts)::(\d{12}):/.exec(grant.granteePrincipal ?? '')?.[1];
    if (accountId === undefined || accountId === ownAccountId) continue;
    byAccount.set(accountId, [...(byAccount.get(accountId) ?? []), grant]);
  }
  return [...byAccount].map(([accountId, held]) => ({
    accountId,
    principals: [...new Set(held.flatMap(({ granteePrincipal }) => granteePrincipal ?? []))].sort(),
    actions: actionsOf(held, reference),
    constrained: held.every(({ isConstrained }) => isConstrained),
  }));
};

const actionsOf = (grants: readonly KeyGrant[], reference: ServiceReference): GrantedAccount['actions'] => {
  const names = [...new Set(grants.flatMap(({ operations }) => operations.map((name) => `kms:${name}`)))].sort();
  const levelOf = (name: string): string => reference.describeAction(name)?.accessLevel ?? 'Write';
  return Object.fromEntries(
    [...new Set(names.map(levelOf))].sort().map((level) => [level, names.filter((name) => levelOf(name) === level)]),
  );
};

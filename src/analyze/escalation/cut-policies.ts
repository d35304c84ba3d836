import type { AccountAccess } from '../../access/account-access.ts';
import type { Statement } from '../../policy/policy-document.ts';
import type { AccountSnapshot, Role, User } from '../../snapshot/account-snapshot.ts';
import { isManagedByAws } from '../facts/managed-by-aws.ts';

/** What is known of policies by the name that decisions give them. */
export interface CutPolicies {
  /** The users and roles that a policy applies to. */
  holdersOf(policy: string): readonly (User | Role)[];
  /** The statement of a policy; null where the account has none such. */
  statementOf(policy: string, statement: number): Statement | null;
  /** Where to keep a principal from what a policy grants it: at the group that brings the policy, or at itself. */
  attachedTo(policy: string, principal: string): string;
  /** Whether a managed policy is attached to a user, group or role. */
  isAttached(policy: string, holder: string): boolean;
  /** Whether a policy is to stay as it is: nobody but AWS can edit it, or administrators or others whom it names need it. */
  isReadOnly(policy: string): boolean;
  /** Whether AWS keeps the user or role. */
  isKeptByAws(arn: string): boolean;
  /** The user or role with an ARN; null for one that is not there. */
  principalOf(arn: string): User | Role | null;
  /** Whether an ARN is that of something in the account's IAM: no resource that an attacker would make. */
  isThere(arn: string): boolean;
}

/** Reads the policies of an account's users and roles, and the trust policies. */
export const readCutPolicies = (account: AccountSnapshot, access: AccountAccess): CutPolicies => {
  const everybody = [...account.users, ...account.roles];
  const principals = new Map<string, User | Role>(everybody.map((each) => [each.arn, each]));
  const entities = new Set<string>([...everybody, ...account.groups, ...account.managedPolicies].map(({ arn }) => arn));
  const { holders, statements, groupOf, shared } = readApplied(everybody, access);
  for (const role of account.roles) {
    const trust = `${role.arn}#trust`;
    statements.set(trust, role.trustPolicy.statements);
    if (isManagedByAws(role) || role.trustPolicy.statements.some(isForSeveral)) shared.add(trust);
  }
  const attached = new Map(
    [...everybody, ...account.groups].map(({ arn, attachedManagedPolicies }) => [
      `${arn}`,
      new Set<string>(attachedManagedPolicies.map(({ policyArn }) => policyArn)),
    ]),
  );
  const readOnly = new Set<string>(
    account.managedPolicies.filter(({ awsManaged }) => awsManaged).map(({ arn }) => arn),
  );
  const isKeptByAws = (arn: string): boolean => {
    const principal = principals.get(arn);
    return principal !== undefined && 'roleName' in principal && isManagedByAws(principal);
  };
  return {
    holdersOf: (policy) => holders.get(policy) ?? [],
    statementOf: (policy, index) => statements.get(policy)?.find((statement) => statement.index === index) ?? null,
    attachedTo: (policy, principal) => {
      const group = groupOf.get(`${policy} ${principal}`);
      return group === undefined || shared.has(group) ? principal : group;
    },
    isAttached: (policy, holder) => attached.get(holder)?.has(policy) === true,
    isReadOnly: (policy) => readOnly.has(policy) || shared.has(policy) || isKeptByAws(policy.split('#')[0] ?? ''),
    isKeptByAws,
    principalOf: (arn) => principals.get(arn) ?? null,
    isThere: (arn) => entities.has(arn),
  };
};

/** Who has which policies: their holders and statements by name, the groups that bring them, and what administrators have. */
const readApplied = (everybody: readonly (User | Role)[], access: AccountAccess) => {
  const holders = new Map<string, (User | Role)[]>();
  const statements = new Map<string, readonly Statement[]>();
  const groupOf = new Map<string, string>();
  const shared = new Set<string>();
  for (const principal of everybody) {
    const isAdministrator = access.unlimited(principal) !== 'no';
    for (const { name, document, group } of access.effectivePolicies(principal).identity) {
      const before = holders.get(name);
      if (before === undefined) holders.set(name, [principal]);
      else before.push(principal);
      statements.set(name, document.statements);
      if (group !== null) groupOf.set(`${name} ${principal.arn}`, group);
      if (isAdministrator) for (const each of [name, group ?? '']) shared.add(each);
    }
  }
  return { holders, statements, groupOf, shared };
};

/** Whether a statement of a trust policy may let in more than one principal. */
const isForSeveral = ({ principal }: Statement): boolean => {
  const named = principal === null ? [] : [...principal.aws, ...principal.service, ...principal.federated];
  return principal?.kind !== 'principal' || named.length !== 1 || /^\*$|^\d{12}$|:root$/.test(named[0] ?? '');
};

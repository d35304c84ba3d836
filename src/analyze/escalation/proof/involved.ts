import type { AccountSnapshot } from '../../../snapshot/account-snapshot.ts';
import type { EscalationPath } from '../escalation-path.ts';

/**
 * The part of an account that requests of some paths can touch: who is on the way, their groups and policies, and what is
 * worked on. Whoever else there is changes no answer, and a copy without them costs what the paths cost.
 */
export const involvedPart = (account: AccountSnapshot, paths: readonly EscalationPath[]): AccountSnapshot => {
  const named = new Set(paths.flatMap(namedIn));
  const users = account.users.filter(({ arn }) => named.has(arn));
  const roles = account.roles.filter(({ arn }) => named.has(arn));
  const joined = new Set(users.flatMap((user) => user.groups));
  const groups = account.groups.filter(({ arn, groupName }) => named.has(arn) || joined.has(groupName));
  for (const holder of [...users, ...roles, ...groups]) {
    for (const { policyArn } of holder.attachedManagedPolicies) named.add(policyArn);
  }
  for (const { permissionsBoundary } of [...users, ...roles]) named.add(permissionsBoundary ?? '');
  const managedPolicies = account.managedPolicies.filter(({ arn }) => named.has(arn));
  return { ...account, users, groups, roles, managedPolicies, instanceProfiles: none(account.instanceProfiles) };
};

const none = <Part extends AccountSnapshot['instanceProfiles']>(part: Part) =>
  part.known ? { ...part, value: [] } : part;

const namedIn = ({ steps }: EscalationPath): readonly string[] =>
  steps.flatMap(({ from, to, target, requests }) => [
    from,
    to,
    target.arn,
    ...('policyArn' in target.what ? [target.what.policyArn] : []),
    ...requests.flatMap(({ resource, chosen }) => [resource, ...Object.values(chosen).flatMap(textsOf)]),
  ]);

const textsOf = (value: unknown): readonly string[] => (typeof value === 'string' ? [value] : []);

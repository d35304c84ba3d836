import type { AccountSnapshot } from '../snapshot/account-snapshot.ts';
import type { Principal } from './account-access.ts';

/**
 * The principals of an account that a person means by a text: an ARN; `user/alice`, `role/deploy` with or without the
 * path; a bare name, which a user and a role may share; `root`. Names are compared without case, as IAM compares them.
 */
export const findPrincipals = (snapshot: AccountSnapshot, text: string): readonly Principal[] => {
  const wanted = text.toLowerCase();
  const { root } = snapshot;
  if (wanted === 'root' || text === root.arn) return [root];
  return [
    ...snapshot.users.filter(({ arn, userName, path }) => isMeant(wanted, { arn, kind: 'user', name: userName, path })),
    ...snapshot.roles.filter(({ arn, roleName, path }) => isMeant(wanted, { arn, kind: 'role', name: roleName, path })),
  ];
};

interface Named {
  readonly arn: string;
  readonly kind: 'user' | 'role';
  readonly name: string;
  readonly path: string;
}

const isMeant = (wanted: string, { arn, kind, name, path }: Named): boolean =>
  [arn, name, `${kind}/${name}`, `${kind}${path}${name}`].some((spelling) => spelling.toLowerCase() === wanted);

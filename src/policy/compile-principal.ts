import { arnParts, friendlyName, parseArn } from '../iam/arn.ts';
import { type Caller, type Signed, sessionNames } from '../iam/caller.ts';
import type { PrincipalElement } from './policy-document.ts';

/** How a `Principal` or `NotPrincipal` element names callers. */
export interface CompiledPrincipal {
  readonly kind: PrincipalElement['kind'];
  /** Whether it names everybody, anonymous callers too. */
  readonly everybody: boolean;
  /** Whether it names accounts by canonical user ids, which nothing says the account of. */
  readonly canonicalUsers: boolean;
  /** The ways in which it names a caller; none: it does not. */
  names(caller: Caller): readonly Naming[];
}

/**
 * One way in which a caller is named: itself (`direct`), the role (or the user) that its session is of, or its account.
 * `session`: the name that only a session of that name has, where the caller's is not known.
 */
export interface Naming {
  readonly strength: 'direct' | 'role' | 'account';
  readonly session: string | null;
}

const DIRECT: Naming = { strength: 'direct', session: null };
const ROLE: Naming = { strength: 'role', session: null };
const ACCOUNT: Naming = { strength: 'account', session: null };

/**
 * Makes a principal element ready for matching. Names are compared whole, there are no wildcards in them; ids such as
 * `AIDA…` are what is left of deleted principals and name nobody.
 * Source: "AWS JSON policy elements: Principal", IAM User Guide.
 */
export const compilePrincipal = ({
  kind,
  aws,
  service,
  federated,
  canonicalUser,
}: PrincipalElement): CompiledPrincipal => {
  const listed = new Set(aws);
  const everybody = listed.has('*');
  const sessions = aws.filter((principal) => principal.includes(':assumed-role/'));
  const roles = aws.filter((principal) => principal.includes(':role/'));

  const account = ({ arn, account: id }: Signed): readonly Naming[] =>
    listed.has(id) || listed.has(`arn:${partitionOf(arn)}:iam::${id}:root`) ? [ACCOUNT] : [];
  const itself = (name: string, naming: Naming): readonly Naming[] => (listed.has(name) ? [naming] : []);

  const ways = (caller: Caller): readonly Naming[] => {
    switch (caller.kind) {
      case 'anonymous':
        return [];
      case 'service':
        return service.includes(caller.service) ? [DIRECT] : [];
      case 'federated':
        return federated.includes(caller.provider) ? [DIRECT] : [];
      case 'root':
        return account(caller);
      case 'user':
        return [...itself(caller.arn, DIRECT), ...account(caller)];
      case 'federatedUser':
        return [...itself(caller.arn, DIRECT), ...itself(issuerOf(caller), ROLE), ...account(caller)];
      case 'role': {
        const some = sessions.filter((session) => isSessionOf(session, caller.arn));
        const direct = some.map((arn): Naming => ({ strength: 'direct', session: friendlyName(arn) }));
        return [...direct, ...itself(caller.arn, ROLE), ...account(caller)];
      }
      case 'assumedRole': {
        const { roleArn, arn } = caller;
        const role = roleArn === null ? roles.some((each) => isSessionOf(arn, each)) : listed.has(roleArn);
        return [...itself(arn, DIRECT), ...(role ? [ROLE] : []), ...account(caller)];
      }
    }
  };
  return {
    kind,
    everybody,
    canonicalUsers: canonicalUser.length > 0,
    names: (caller) => (everybody ? [DIRECT] : ways(caller)),
  };
};

const partitionOf = (arn: string): string => arn.split(':', 2)[1] ?? '';

// Nothing in the session's ARN says who asked for it; sessions carry the name of their user by custom.
const issuerOf = ({ arn, account }: Signed): string =>
  `arn:${partitionOf(arn)}:iam::${account}:user/${arn.slice(arn.indexOf('/') + 1)}`;

/** Whether a session's ARN belongs to a role's, whose path it leaves out; no two roles of an account share a name. */
const isSessionOf = (session: string, role: string): boolean => {
  const parsed = parseArn(role);
  if (!parsed.ok) return false;
  const { partition, account, resource } = arnParts(parsed.value);
  return (
    session.startsWith(`arn:${partition}:sts::${account}:assumed-role/`) &&
    resource.startsWith('role/') &&
    friendlyName(resource) === sessionNames({ arn: session, account }).role
  );
};

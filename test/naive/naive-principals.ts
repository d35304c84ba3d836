import { accountOf, callerAccount, type NaiveRequest } from './naive-request.ts';
import type { NaiveNames } from './naive-statements.ts';

/** How directly a statement names the caller, from weak to strong. */
export const STRENGTHS = ['none', 'account', 'role', 'direct'] as const;

/** One of `STRENGTHS`. */
export type Strength = (typeof STRENGTHS)[number];

/** The strongest of several. */
export const strongest = (found: readonly Strength[]): Strength =>
  STRENGTHS.toReversed().find((strength) => found.includes(strength)) ?? 'none';

/** How the names of a `Principal` name the caller. Source: "AWS JSON policy elements: Principal". */
export const strengthOf = (names: NaiveNames, whole: NaiveRequest): Strength => {
  const { principalArn, principalType, action } = whole.request;
  const matches = (names['AWS'] ?? []).map((name) => strengthOfName(name, whole));
  if (principalType === 'service' && names['Service']?.includes(principalArn)) matches.push('direct');
  if (principalType === 'federated' && names['Federated']?.includes(principalArn) && isFederationCall(action)) {
    matches.push('direct');
  }
  return strongest(matches);
};

/** The calls that an identity of a provider can make: to assume a role, with session tags and a source identity. */
const isFederationCall = (action: string): boolean =>
  /^sts:(assumerolewith.*|tagsession|setsourceidentity)$/i.test(action);

const strengthOfName = (name: string, whole: NaiveRequest): Strength => {
  const { principalArn, principalType } = whole.request;
  if (name === '*') return 'direct';
  if (accountNamed(name) !== null) return accountNamed(name) === callerAccount(whole) ? 'account' : 'none';
  if (isRoleOf(name, whole)) return 'role';
  const named = ['user', 'assumedRole', 'federatedUser'].includes(principalType) && name === principalArn;
  return named ? 'direct' : 'none';
};

/** The account that a name stands for: twelve digits, or the ARN of its root user. */
const accountNamed = (name: string): string | null =>
  /^\d{12}$/.test(name) ? name : /^arn:[^:]+:iam::\d{12}:root$/.test(name) ? accountOf(name) : null;

/**
 * Whether a name is the ARN of the caller's role. A session's ARN leaves its role's path out; where the context says which
 * role it is, that one is meant, else the only one of its account with that name.
 */
const isRoleOf = (name: string, { request }: NaiveRequest): boolean => {
  if (request.principalType === 'role') return name === request.principalArn;
  if (request.principalType !== 'assumedRole' || !/^arn:[^:]+:iam::\d{12}:role\//.test(name)) return false;
  const roleName = request.principalArn.split('/')[1];
  const [given] = Object.entries(request.context ?? {}).find(([key]) => /^aws:PrincipalArn$/i.test(key))?.[1] ?? [];
  if (given?.includes(':role/') && given.split('/').at(-1) === roleName) return name === given;
  return accountOf(name) === accountOf(request.principalArn) && name.split('/').at(-1) === roleName;
};

/**
 * Whether a `NotPrincipal` spares the caller: it must list the caller itself and its account, for a session also its
 * role, and spares nobody who has a permissions boundary. Source: "AWS JSON policy elements: NotPrincipal".
 */
export const isSpared = (names: NaiveNames, whole: NaiveRequest): boolean => {
  const { principalArn, principalType } = whole.request;
  if ((whole.permissionBoundaries ?? []).length > 0) return false;
  const listed = names['AWS'] ?? [];
  if (listed.includes('*')) return true;
  const account = listed.some((name) => accountNamed(name) !== null && accountNamed(name) === callerAccount(whole));
  const itself = listed.includes(principalArn);
  switch (principalType) {
    case 'root':
      return account;
    case 'user':
    case 'federatedUser':
      return account && itself;
    case 'role':
      // The session's name is not known, so it cannot be seen to be listed.
      return false;
    case 'assumedRole':
      return account && itself && listed.some((name) => isRoleOf(name, whole));
    case 'service':
    case 'federated':
    case 'anonymous':
      return strengthOf(names, whole) === 'direct';
  }
};

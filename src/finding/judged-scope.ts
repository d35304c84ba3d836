import type { AccountSnapshot } from '../snapshot/account-snapshot.ts';
import type { Collected, SourceName } from '../snapshot/collected.ts';
import type { Finding } from './audit-report.ts';
import type { SubjectType } from './check-result.ts';
import { otherAccountsOf } from './other-accounts.ts';

/** What an audit could judge, so that silence about the rest is not taken for good news. */
export interface JudgedScope {
  /** Ids of the checks that ran and did not break. */
  readonly checks: ReadonlySet<string>;
  /** `subjectOfCheck` of what some check found in order. */
  readonly passed: ReadonlySet<string>;
  /** The ids of all there is of a type, where the list of it was read to its end: what is not among them was deleted. */
  readonly whole?: ReadonlyMap<SubjectType, ReadonlySet<string>>;
  /** Other accounts that paths were looked for in; absent: none. */
  readonly accounts?: ReadonlySet<string>;
}

/** One subject of one check, whatever the part. */
export const subjectOfCheck = (checkId: string, subjectId: string): string => `${checkId} ${subjectId}`;

/**
 * Whether the audit could judge a finding of the past that is not among tonight's: its subject was deleted, or its check ran, in
 * all the accounts that its path is of, and neither its subject nor the account as a whole is unknown to the check, unless the
 * check found the subject in order.
 */
export const isJudged = (
  past: Finding,
  tonight: readonly Finding[],
  { checks, passed, whole, accounts }: JudgedScope,
): boolean => {
  if (whole?.get(past.subject.type)?.has(past.subject.id) === false) return true;
  if (!checks.has(past.checkId)) return false;
  if (otherAccountsOf(past).some((account) => accounts?.has(account) !== true)) return false;
  const missing = tonight.filter(({ checkId, outcome }) => outcome === 'unknown' && checkId === past.checkId);
  if (missing.some(({ subject }) => subject.id === past.subject.id)) return false;
  // What is unknown about the account as a whole is told under its root user.
  const ofAccount = missing.some(({ subject }) => subject.arn.endsWith(':root'));
  return !ofAccount || passed.has(subjectOfCheck(past.checkId, past.subject.id));
};

/**
 * Whether it hangs on what other accounts are that a finding stands: it tells of a path into one, or to something whose ARN does not
 * say that it is of its own account.
 */
export const hangsOnOthers = (finding: Finding): boolean => {
  const { reaches = '' } = finding.escalation ?? {};
  const isNameless = reaches.startsWith('arn:') && reaches.split(':', 5)[4] !== finding.accountId;
  return isNameless || otherAccountsOf(finding).length > 0;
};

/**
 * The ids of users, groups, … of an account, of those types of which the list was read to its end. Resources are none of them:
 * who reads fewer regions or services than before sees fewer.
 */
export const wholeLists = (snapshot: AccountSnapshot): ReadonlyMap<SubjectType, ReadonlySet<string>> => {
  const { missingParts, gaps } = snapshot;
  const isRead = (source: SourceName): boolean => !gaps.some((gap) => gap.source === source);
  const known = <T>(list: Collected<readonly T[]>, source: SourceName, id: (item: T) => string) =>
    list.known && isRead(source) ? list.value.map(id) : null;
  const lists: readonly (readonly [SubjectType, readonly string[] | null])[] = [
    ['User', missingParts.has('users') ? null : snapshot.users.map(({ userId }) => userId)],
    ['Group', missingParts.has('groups') ? null : snapshot.groups.map(({ groupId }) => groupId)],
    ['Role', missingParts.has('roles') ? null : snapshot.roles.map(({ roleId }) => roleId)],
    [
      'ManagedPolicy',
      missingParts.has('managedPolicies') ? null : snapshot.managedPolicies.map(({ policyId }) => policyId),
    ],
    ['ServerCertificate', known(snapshot.serverCertificates, 'server-certificates', ({ id }) => id)],
    ['InstanceProfile', known(snapshot.instanceProfiles, 'instance-profiles', ({ id }) => id)],
    ['IdentityProvider', known(snapshot.identityProviders, 'identity-providers', ({ arn }) => arn)],
    ['PermissionSet', permissionSetArns(snapshot)],
  ];
  return new Map(lists.flatMap(([type, ids]) => (ids === null ? [] : [[type, new Set(ids)] as const])));
};

/** Null: the account is not told which there are. */
const permissionSetArns = ({ identityCenter }: AccountSnapshot): readonly string[] | null =>
  identityCenter.known && identityCenter.value?.permissionSets.known === true
    ? identityCenter.value.permissionSets.value.map(({ arn }) => arn)
    : null;

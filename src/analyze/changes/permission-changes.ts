import { type AccountAccess, createAccountAccess, type Principal } from '../../access/account-access.ts';
import { createEffectivePolicies } from '../../access/effective-policies.ts';
import { createPermissionComparison } from '../../access/permission-difference.ts';
import type { NotCompared, PermissionsChange } from '../../finding/account-change.ts';
import type { Instant } from '../../kernel/time.ts';
import type { PolicyDocument } from '../../policy/policy-document.ts';
import type { ServiceReference } from '../../reference/service-reference.ts';
import type { AccountSnapshot, SnapshotList } from '../../snapshot/account-snapshot.ts';
import type { Collected } from '../../snapshot/collected.ts';
import { pairUp } from './part-change.ts';
import { createPermissionsTeller } from './tell-permissions.ts';

/** What is asked to find the effective permissions that changed. */
export interface ChangeTools {
  readonly reference: ServiceReference;
  /** The time of the requests of both nights, so that what is told is what somebody changed. */
  readonly now: Instant;
}

/** Whose effective permissions changed, and whose could not be compared. */
export interface PermissionChanges {
  readonly changes: readonly (readonly [principal: Principal, permissions: PermissionsChange])[];
  readonly notCompared: readonly NotCompared[];
}

/** The effective permissions that the principals of an account gained and lost, by the policies of their own side. */
export const permissionChanges = (
  earlier: AccountSnapshot,
  later: AccountSnapshot,
  { reference, now }: ChangeTools,
): PermissionChanges => {
  const { before, after } = comparable(earlier, later);
  const compare = createPermissionComparison(reference);
  const tell = createPermissionsTeller(reference);
  const askBefore = createAccountAccess(before, reference, now);
  const askAfter = createAccountAccess(after, reference, now);
  const changes: (readonly [Principal, PermissionsChange])[] = [];
  let doubtful = 0;
  const isUnchanged = unchangedBetween(before, after);
  for (const [was, is] of principalsOf(before, after)) {
    if (isUnchanged(was, is)) continue;
    const differences = compare(asked(was, askBefore), asked(is, askAfter));
    const principal = is ?? was;
    if (differences === null) doubtful++;
    else if (differences.length > 0 && principal !== null) changes.push([principal, tell(differences)]);
  }
  return { changes, notCompared: doubtful === 0 ? [] : [unread(doubtful)] };
};

/** Tells cheaply of most principals that nothing of theirs changed: neither their policies nor what these may ask of them. */
const unchangedBetween = (
  before: AccountSnapshot,
  after: AccountSnapshot,
): ((was: Principal | null, is: Principal | null) => boolean) => {
  if (commonKey(before) !== commonKey(after)) return () => false;
  const [policiesBefore, policiesAfter] = [createEffectivePolicies(before), createEffectivePolicies(after)];
  return (was, is) => {
    if (was === null || is === null) return false;
    return principalKey(was, policiesBefore) === principalKey(is, policiesAfter);
  };
};

/** What concerns every principal of an account. */
const commonKey = ({ organization, passwordPolicy }: AccountSnapshot): string =>
  JSON.stringify([
    organization.known &&
      organization.value && [
        organization.value.id,
        organization.value.managementAccountId,
        organization.value.path.map(({ id, scps, rcps }) => [id, scps.map(hashOf), rcps.map(hashOf)]),
      ],
    passwordPolicy.known && passwordPolicy.value?.allowUsersToChangePassword,
  ]);

const hashOf = ({ document }: { readonly document: PolicyDocument }): string => document.hash;

const principalKey = (principal: Principal, policiesOf: ReturnType<typeof createEffectivePolicies>): string => {
  if (!('userName' in principal || 'roleName' in principal)) return principal.arn;
  const { identity, boundary, missing } = policiesOf(principal);
  return JSON.stringify([
    principal.arn,
    identity.map(hashOf).sort(),
    boundary?.map(hashOf),
    missing,
    [...principal.tags],
    'roleName' in principal && principal.trustPolicy.hash,
  ]);
};

const unread = (count: number): NotCompared => ({
  part: `effective permissions of ${count} principal${count === 1 ? '' : 's'}`,
  detail: 'one of their policies could be read at one of the audits only',
});

const asked = (principal: Principal | null, access: AccountAccess) => principal && access.asker(principal);

type Night = readonly [was: Principal | null, is: Principal | null];

/** Who existed on both nights, and where the lists were read to their end, who came and who went. */
const principalsOf = (before: AccountSnapshot, after: AccountSnapshot): readonly Night[] => {
  const paired = <T extends Principal>(list: SnapshotList, were: readonly T[], are: readonly T[]): readonly Night[] => {
    const { created, deleted, kept } = pairUp(were, are, idOf);
    if (before.missingParts.has(list) || after.missingParts.has(list)) return kept;
    return [...kept, ...created.map((is) => [null, is] as const), ...deleted.map((was) => [was, null] as const)];
  };
  return [
    [before.root, after.root],
    ...paired('users', before.users, after.users),
    ...paired('roles', before.roles, after.roles),
  ];
};

/** The unique id of a principal; the ARN of the root user, which has none. */
export const idOf = (principal: Principal): string => {
  if ('userName' in principal) return principal.userId;
  return 'roleName' in principal ? principal.roleId : principal.arn;
};

/** The two nights without what only one of them knows of what concerns everybody. */
const comparable = (before: AccountSnapshot, after: AccountSnapshot) => {
  const limited = (one: AccountSnapshot, other: AccountSnapshot): AccountSnapshot => ({
    ...one,
    organization: asKnownAs(one.organization, other.organization),
    passwordPolicy: asKnownAs(one.passwordPolicy, other.passwordPolicy),
  });
  return { before: limited(before, after), after: limited(after, before) };
};

const asKnownAs = <T>(one: Collected<T>, other: Collected<unknown>): Collected<T> => (other.known ? one : other);

import { organizationLevels, resourceOrganization } from '../../../access/organization-levels.ts';
import { type Admission, createOutsideAccess, type OutsideRequest } from '../../../access/outside-access.ts';
import type { Outsider } from '../../../access/outsider.ts';
import type { RequestContext } from '../../../evaluate/request-context.ts';
import type { Instant } from '../../../kernel/time.ts';
import { createPolicyCompiler } from '../../../policy/compile-policy.ts';
import type { ContextLookup } from '../../../policy/context-lookup.ts';
import type { ServiceReference } from '../../../reference/service-reference.ts';
import type { AccountSnapshot, Role } from '../../../snapshot/account-snapshot.ts';

/** The call by which a principal of one account begins a session of a role of another. */
export const ASSUME_ROLE = 'sts:AssumeRole';

/** A role whose trust policy may let in principals of other accounts that are audited with its own. */
export interface Entrance {
  /** The account whose role it is. */
  readonly account: string;
  /** No more of it than is asked: an entrance outlives the account's snapshot. */
  readonly role: Pick<Role, 'arn' | 'tags'>;
  /** What whoever asks for the role finds of it: where it is, and its tags. */
  readonly context: RequestContext;
  /** Whether the trust policy may let in anybody of an account. */
  mayAdmit(account: string): boolean;
  /** What the account of the role says of a principal of another, by what is known of its requests; null: it denies. */
  admits(caller: { readonly account: string; readonly arn: string }, known: ContextLookup): Admission | null;
}

/** The roles of an account that let in, on conditions or not, somebody of others of the accounts. Nothing of them holds its snapshot. */
export const entrancesOf = (
  snapshot: AccountSnapshot,
  reference: ServiceReference,
  now: Instant,
  accounts: ReadonlySet<string>,
): readonly Entrance[] => {
  const { accountId } = snapshot;
  const access = createOutsideAccess(reference, now);
  const { rcps } = organizationLevels(snapshot, createPolicyCompiler(reference));
  const organization = resourceOrganization(snapshot);
  return snapshot.roles.flatMap((role): readonly Entrance[] => {
    const request: OutsideRequest = {
      policy: { name: `${role.arn}#trust`, document: role.trustPolicy },
      account: accountId,
      action: ASSUME_ROLE,
      resource: role.arn,
      context: organization,
      ...(rcps && { rcps }),
    };
    const isOther = (outsider: Outsider): boolean =>
      outsider.kind === 'anyAccount' ||
      ('account' in outsider && outsider.account !== accountId && accounts.has(outsider.account));
    const letIn = access
      .outsiders(request)
      .filter((outsider) => isOther(outsider) && access.admits(request, outsider) !== null);
    if (letIn.length === 0) return [];
    const keys = conditionKeys(role);
    return [
      {
        account: accountId,
        role: { arn: role.arn, tags: role.tags },
        context: { ...organization, 'aws:ResourceAccount': accountId, ...tagContext(role) },
        mayAdmit: (account) =>
          letIn.some(
            (outsider) => outsider.kind === 'anyAccount' || ('account' in outsider && outsider.account === account),
          ),
        admits: ({ account, arn }, known) =>
          access.admits(request, { kind: 'principal', account, arn }, contextOf(keys, known)),
      },
    ];
  });
};

/** Every key that the trust policy asks for, and what RCPs ask of who calls. */
const conditionKeys = ({ trustPolicy }: Role): readonly string[] => [
  ...new Set([
    'aws:principalorgid',
    'aws:principalorgpaths',
    ...trustPolicy.statements.flatMap(({ conditions }) => conditions.map(({ key }) => key.toLowerCase())),
  ]),
];

/** Of the keys what is known of them. */
const contextOf = (keys: readonly string[], known: ContextLookup): RequestContext =>
  Object.fromEntries(
    keys.flatMap((key) => {
      const value = known(key);
      return value === 'unknown' ? [] : [[key, value === 'absent' ? null : value]];
    }),
  );

const tagContext = ({ tags }: Role): RequestContext =>
  Object.fromEntries(
    [...tags].flatMap(([key, value]) => [
      [`aws:ResourceTag/${key}`, value],
      [`iam:ResourceTag/${key}`, value],
    ]),
  );

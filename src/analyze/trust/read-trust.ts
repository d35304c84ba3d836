import { organizationLevels, resourceOrganization } from '../../access/organization-levels.ts';
import { type Admission, createOutsideAccess, type OutsideRequest } from '../../access/outside-access.ts';
import type { Outsider } from '../../access/outsider.ts';
import type { Doubt } from '../../evaluate/decision.ts';
import { anyOf, FALSE, type Formula, TRUE } from '../../evaluate/formula.ts';
import type { RequestContext } from '../../evaluate/request-context.ts';
import { iamArn } from '../../iam/arn.ts';
import type { Instant } from '../../kernel/time.ts';
import { createPolicyCompiler } from '../../policy/compile-policy.ts';
import type { ServiceReference } from '../../reference/service-reference.ts';
import type { AccountSnapshot, Role } from '../../snapshot/account-snapshot.ts';

/** Whom outside the account a role's trust policy lets in, within the RCPs of the organization. */
export interface ExternalTrust {
  /** When a principal of an account that the policy does not name may assume the role. */
  readonly anybody: Formula;
  /** The same for one that is in no organization that the policy names. */
  readonly anybodyOutsideOrganization: Formula;
  /** Every other account that the policy lets in by name. */
  readonly accounts: readonly TrustedAccount[];
  /** What could not be read of the policy and may shut somebody out who is told to be let in. */
  readonly doubts: readonly Doubt[];
}

/** Another account that a trust policy lets in. */
export interface TrustedAccount {
  readonly accountId: string;
  /** ARNs of the users, roles and sessions of it that the policy names; of its root user for the whole account. */
  readonly principals: readonly string[];
  /** Whether the account is let in as a whole. */
  readonly whole: boolean;
  /** When it may assume the role with whatever ExternalId or none, and being in no organization that the policy names. */
  readonly withoutExternalId: Formula;
  /** When it may being in no organization that the policy names. */
  readonly outsideOrganization: Formula;
}

/** Reads the trust policy of any role of an account. */
export type TrustReader = (role: Role) => ExternalTrust;

/** Makes the reader of an account's trust policies. */
export const createTrustReader = (
  snapshot: AccountSnapshot,
  reference: ServiceReference,
  now: Instant,
): TrustReader => {
  const { accountId, partition } = snapshot;
  const access = createOutsideAccess(reference, now);
  const { rcps } = organizationLevels(snapshot, createPolicyCompiler(reference));
  const ownOrganization: RequestContext = resourceOrganization(snapshot);
  return ({ arn, trustPolicy }) => {
    const policy = { name: `${arn}#trust`, document: trustPolicy };
    const request: OutsideRequest = {
      policy,
      account: accountId,
      action: 'sts:AssumeRole',
      resource: arn,
      context: ownOrganization,
      ...(rcps && { rcps }),
    };
    const doubts = new Map<string, Doubt>();
    const ask = (outsider: Outsider, context: RequestContext): Formula => {
      const admission = access.admits(request, outsider, context);
      for (const doubt of doubtsOf(admission)) doubts.set(doubt.pointer, doubt);
      return whenAdmitted(admission);
    };
    const askInSome: Ask = (outsider, contexts) => {
      // What holds, or does not, whatever the context is, holds in each.
      const whatever = ask(outsider, {});
      if (whatever.kind === 'true' || whatever.kind === 'false') return whatever;
      return anyOf(contexts.map((context) => ask(outsider, context)));
    };
    return {
      anybody: askInSome(ANY_ACCOUNT, ANY_EXTERNAL_ID),
      anybodyOutsideOrganization: askInSome(ANY_ACCOUNT, joined(ANY_EXTERNAL_ID, OTHER_ORGANIZATION)),
      accounts: trustedAccounts(access.outsiders(request), partition, askInSome),
      doubts: [...doubts.values()],
    };
  };
};

const ANY_ACCOUNT: Outsider = { kind: 'anyAccount' };

// The caller chooses what it sends: a pattern that any ExternalId matches asks for none.
const WHATEVER_EXTERNAL_ID: readonly RequestContext[] = [
  { 'sts:ExternalId': null },
  { 'sts:ExternalId': 'whatever-it-is' },
];

const ANY_EXTERNAL_ID: readonly RequestContext[] = [{}, ...WHATEVER_EXTERNAL_ID];

// Of no organization, or of one that nobody has named: `o-*` is every organization.
const OTHER_ORGANIZATION: readonly RequestContext[] = [
  { 'aws:PrincipalOrgID': null, 'aws:PrincipalOrgPaths': null },
  { 'aws:PrincipalOrgID': 'o-anybodyelse', 'aws:PrincipalOrgPaths': 'o-anybodyelse/r-else/ou-else-anybody/' },
];

const joined = (left: readonly RequestContext[], right: readonly RequestContext[]): readonly RequestContext[] =>
  left.flatMap((one) => right.map((other) => ({ ...one, ...other })));

/** Says when an outsider may assume the role, in some of the contexts. */
type Ask = (outsider: Outsider, contexts: readonly RequestContext[]) => Formula;

const whenAdmitted = (admission: Admission | null): Formula => {
  if (admission?.kind === 'allowedIf') return admission.residual;
  return admission?.kind === 'allowed' ? TRUE : FALSE;
};

const doubtsOf = (admission: Admission | null): readonly Doubt[] =>
  admission?.kind === 'undetermined' ? admission.reasons : [];

/** A principal of an account, or any. */
type OfAccount = Extract<Outsider, { readonly account: string }>;

const trustedAccounts = (outsiders: readonly Outsider[], partition: string, ask: Ask): readonly TrustedAccount[] => {
  const byAccount = new Map<string, readonly OfAccount[]>();
  for (const outsider of outsiders) {
    if (!('account' in outsider) || ask(outsider, [{}]).kind === 'false') continue;
    byAccount.set(outsider.account, [...(byAccount.get(outsider.account) ?? []), outsider]);
  }
  const contexts = joined(WHATEVER_EXTERNAL_ID, OTHER_ORGANIZATION);
  return [...byAccount].sort().map(([accountId, admitted]) => ({
    accountId,
    principals: admitted.map((each) => (each.kind === 'principal' ? each.arn : iamArn(partition, accountId, 'root'))),
    whole: admitted.some(({ kind }) => kind === 'account'),
    outsideOrganization: anyOf(admitted.map((outsider) => ask(outsider, OTHER_ORGANIZATION))),
    withoutExternalId: anyOf(admitted.filter(canSendExternalId).map((outsider) => ask(outsider, contexts))),
  }));
};

/** A service of AWS acts through a service-linked role. */
const canSendExternalId = (outsider: OfAccount): boolean =>
  outsider.kind === 'account' || !/:role\/aws-service-role\//.test(outsider.arn);

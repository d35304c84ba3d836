import { type AccountAccess, createAccountAccess } from '../access/account-access.ts';
import { once } from '../kernel/once.ts';
import type { Instant } from '../kernel/time.ts';
import type { ServiceReference } from '../reference/service-reference.ts';
import type { AccountSnapshot } from '../snapshot/account-snapshot.ts';
import { type Crossings, findCrossings } from './escalation/across-accounts/find-crossings.ts';
import { createEscalations, type Escalations } from './escalation/find-escalation.ts';
import { createPathProver, type PathProver } from './escalation/proof/prove-paths.ts';
import { createExposureReader, type ExposureReader } from './exposure/read-exposure.ts';
import { type Neighbourhood, NO_NEIGHBOURS } from './neighbourhood.ts';
import { createPermissionSetJudge, type PermissionSetJudge } from './permission-sets/judge-permission-set.ts';
import { createReachReader, type ReachReader } from './reach/read-reach.ts';
import { createFederationReader, type FederationReader } from './trust/read-federation.ts';
import { createTrustReader, type TrustReader } from './trust/read-trust.ts';
import type { AccountDeclaration } from './trust/trusted-accounts.ts';
import { createUsageReader, type UsageReader } from './usage/read-usage.ts';

/** What checks ask beside the snapshot. */
export interface CheckTools extends Escalations {
  readonly now: Instant;
  /** Which actions there are, and what AWS says of them. */
  readonly reference: ServiceReference;
  /** Who can do what. */
  readonly access: AccountAccess;
  /** Who can become administrator of other accounts that are audited with this one, or reach crown jewels of them. */
  readonly crossings: () => Crossings;
  /** ARNs of the crown jewels that are known to be of other accounts. */
  readonly jewelsElsewhere: readonly string[];
  /** Whether paths to administrator work on a copy of the account. */
  readonly proveAll: PathProver;
  /** Who is granted actions on all resources. */
  readonly reachOf: ReachReader;
  /** What users and roles have used of what they are granted. */
  readonly usageOf: UsageReader;
  /** Whom outside the account a role lets in. */
  readonly trustOf: TrustReader;
  /** Whom of identity providers a role lets in. */
  readonly federationOf: FederationReader;
  /** Whom outside the account the policy of a resource lets in. */
  readonly exposureOf: ExposureReader;
  /** What permission sets of IAM Identity Center come to. */
  readonly judgePermissionSet: PermissionSetJudge;
  /** Other accounts that are declared to be trusted. */
  readonly trustedAccounts: readonly AccountDeclaration[];
}

/**
 * Makes the tools for one account. They are shared by all of its checks, so that nothing is worked out twice. `neighbours`: the
 * other accounts of the audit.
 */
export const createCheckTools = (
  snapshot: AccountSnapshot,
  reference: ServiceReference,
  now: Instant,
  trustedAccounts: readonly AccountDeclaration[] = [],
  { doors, jewels }: Pick<Neighbourhood, 'doors' | 'jewels'> = NO_NEIGHBOURS,
): CheckTools => {
  const access = createAccountAccess(snapshot, reference, now);
  const escalations = createEscalations(snapshot, access, reference);
  return {
    now,
    reference,
    access,
    ...escalations,
    crossings: once(() => findCrossings(snapshot, { access, ...escalations }, doors)),
    jewelsElsewhere: jewels.flatMap(({ account, arn }) => (account === snapshot.accountId ? [] : [arn])),
    proveAll: createPathProver(snapshot, reference, now),
    reachOf: createReachReader(snapshot, access, reference),
    usageOf: createUsageReader(snapshot, { access, reference, now }),
    trustOf: createTrustReader(snapshot, reference, now),
    federationOf: createFederationReader(snapshot, reference, now),
    exposureOf: createExposureReader(snapshot, reference, now),
    judgePermissionSet: createPermissionSetJudge(snapshot, reference, now, escalations.escalationOf),
    trustedAccounts,
  };
};

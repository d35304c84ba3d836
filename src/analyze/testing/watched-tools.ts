import type { AccountAccess } from '../../access/account-access.ts';
import type { ServiceReference } from '../../reference/service-reference.ts';
import type { AccountSnapshot } from '../../snapshot/account-snapshot.ts';
import { at } from '../../snapshot/testing/collected-builder.ts';
import { type CheckTools, createCheckTools } from '../check-tools.ts';
import { ACCESS_PARTS, type Check } from '../define-check.ts';
import { type Neighbourhood, NO_NEIGHBOURS } from '../neighbourhood.ts';
import type { AccountDeclaration } from '../trust/trusted-accounts.ts';

/** Whether a check may use a tool that needs the service reference, which takes a while to load. */
export const mayUseReference = ({ reads }: Check): boolean => reads.includes('roles') || reads.includes('resources');

/** What surrounds an account in a test. */
export interface Surroundings {
  /** Other accounts that are declared to be trusted. */
  readonly trustedAccounts: readonly AccountDeclaration[];
  /** The other accounts that are audited with it. */
  readonly neighbours: Neighbourhood;
}

const ALONE: Surroundings = { trustedAccounts: [], neighbours: NO_NEIGHBOURS };

/** The tools of a check, throwing where it uses one whose parts of the snapshot it does not declare in `reads`. */
export const watchedTools = (
  account: AccountSnapshot,
  now: string,
  { id, reads }: Check,
  reference: ServiceReference | undefined,
  { trustedAccounts, neighbours }: Surroundings = ALONE,
): CheckTools => {
  const refuse = (): never => {
    throw new Error(`${id} uses a tool without declaring in \`reads\` what that reads`);
  };
  const noAccess: AccountAccess = {
    canPerform: refuse,
    candidates: refuse,
    outsidersWhoCan: refuse,
    outsideRequest: refuse,
    resourceSide: refuse,
    ownerOf: refuse,
    outside: { whoCan: refuse, outsiders: refuse, admits: refuse },
    explain: refuse,
    administrator: refuse,
    unlimited: refuse,
    documentGrantsEverything: refuse,
    effectivePolicies: refuse,
    asker: refuse,
    carriers: refuse,
    withPolicies: refuse,
  };
  const tools = reference && createCheckTools(account, reference, at(now), trustedAccounts, neighbours);
  const asked = ACCESS_PARTS.every((part) => reads.includes(part)) ? tools : undefined;
  const noAnswers = {
    escalationOf: refuse,
    pathsTowards: refuse,
    crossings: refuse,
    proveAll: refuse,
    reachOf: refuse,
  };
  const { access, escalationOf, pathsTowards, crossings, proveAll, reachOf } = asked ?? {
    access: noAccess,
    ...noAnswers,
  };
  return {
    now: at(now),
    // Checks get their tools by copy, so that a getter would refuse before anybody asks.
    reference: tools?.reference ?? new Proxy({} as ServiceReference, { get: refuse }),
    access,
    escalationOf,
    pathsTowards,
    crossings,
    proveAll,
    reachOf,
    usageOf: (reads.includes('lastAccessed') && asked?.usageOf) || refuse,
    trustOf: (reads.includes('roles') && tools?.trustOf) || refuse,
    federationOf: (reads.includes('roles') && tools?.federationOf) || refuse,
    exposureOf: {
      ofResource: (reads.includes('resources') && tools?.exposureOf.ofResource) || refuse,
      ofRole: (reads.includes('roles') && tools?.exposureOf.ofRole) || refuse,
    },
    judgePermissionSet: (reads.includes('identityCenter') && asked?.judgePermissionSet) || refuse,
    jewelsElsewhere: tools?.jewelsElsewhere ?? [],
    trustedAccounts,
  };
};

import type { AccountId } from '../iam/account-id.ts';
import type { Instant } from '../kernel/time.ts';
import type { HandshakeState } from './handshake-state.ts';
import { OrderedMap } from './ordered-map.ts';

/** An organization: its tree of units and accounts, and the policies on it. Immutable. */
export interface OrganizationState {
  /** `o-…` */
  readonly id: string;
  readonly partition: string;
  readonly featureSet: 'ALL' | 'CONSOLIDATED_BILLING';
  readonly managementAccountId: AccountId;
  /** `r-…` */
  readonly rootId: string;
  readonly enabledPolicyTypes: readonly PolicyType[];
  /** By id. */
  readonly units: OrderedMap<UnitState>;
  /** By account id. */
  readonly accounts: OrderedMap<MemberAccountState>;
  /** (parent, kind, child); the value is the child's id. */
  readonly children: OrderedMap<string>;
  /** The customer's, by id. */
  readonly policies: OrderedMap<OrganizationPolicyState>;
  /** (target, policy); the value is the policy's id. AWS's own policies are attached like others. */
  readonly policiesOfTargets: OrderedMap<string>;
  /** (policy, target); the value is the target's id. */
  readonly targetsOfPolicies: OrderedMap<string>;
  /** By the id of what has them. */
  readonly tags: OrderedMap<ReadonlyMap<string, string>>;
  /** Requests to create an account, by id. */
  readonly creations: OrderedMap<AccountCreationState>;
  /** By id. */
  readonly handshakes: OrderedMap<HandshakeState>;
  /** Services with trusted access, and since when. */
  readonly serviceAccess: OrderedMap<Instant>;
  /** (account, service) of each delegated administrator, and since when. */
  readonly delegations: OrderedMap<Instant>;
  /** The organization's resource-based delegation policy, as JSON text. */
  readonly resourcePolicy: { readonly id: string; readonly content: string } | null;
}

/** The types of policies of an organization. Source: `PolicyType`, AWS Organizations API Reference. */
export const POLICY_TYPES = [
  'SERVICE_CONTROL_POLICY',
  'RESOURCE_CONTROL_POLICY',
  'TAG_POLICY',
  'BACKUP_POLICY',
  'AISERVICES_OPT_OUT_POLICY',
  'CHATBOT_POLICY',
  'DECLARATIVE_POLICY_EC2',
  'SECURITYHUB_POLICY',
] as const;

/** A type of policies of an organization. */
export type PolicyType = (typeof POLICY_TYPES)[number];

/** An organizational unit. */
export interface UnitState {
  readonly id: string;
  readonly name: string;
  /** The root's or another unit's. */
  readonly parentId: string;
}

/** What an organization knows of an account in it. */
export interface MemberAccountState {
  readonly id: AccountId;
  readonly name: string;
  readonly email: string;
  readonly status: 'ACTIVE' | 'SUSPENDED';
  readonly joinedMethod: 'CREATED' | 'INVITED';
  readonly joinedTimestamp: Instant;
  readonly parentId: string;
}

/** A policy of an organization; the content is JSON text. */
export interface OrganizationPolicyState {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly type: PolicyType;
  readonly content: string;
  readonly awsManaged: boolean;
}

/** What became of a request to create an account. */
export interface AccountCreationState {
  readonly id: string;
  readonly accountName: string;
  readonly requestedTimestamp: Instant;
  readonly outcome:
    | { readonly accountId: AccountId; readonly govCloudAccountId?: AccountId }
    | { readonly failureReason: string };
}

/** A key of two parts, the first of which can be searched for. No id holds a NUL. */
export const pairKey = (first: string, second: string): string => `${first}\0${second}`;

/** The values whose key begins with a part. */
export const valuesUnder = <V>(map: OrderedMap<V>, first: string): V[] =>
  [...map.entriesWithPrefix(pairKey(first, ''))].map(([, value]) => value);

/** An organization with nothing in it but its root. */
export const emptyOrganization = (
  given: Pick<OrganizationState, 'id' | 'partition' | 'featureSet' | 'managementAccountId' | 'rootId'>,
): OrganizationState => ({
  ...given,
  enabledPolicyTypes: [],
  units: OrderedMap.empty(),
  accounts: OrderedMap.empty(),
  children: OrderedMap.empty(),
  policies: OrderedMap.empty(),
  policiesOfTargets: OrderedMap.empty(),
  targetsOfPolicies: OrderedMap.empty(),
  tags: OrderedMap.empty(),
  creations: OrderedMap.empty(),
  handshakes: OrderedMap.empty(),
  serviceAccess: OrderedMap.empty(),
  delegations: OrderedMap.empty(),
  resourcePolicy: null,
});

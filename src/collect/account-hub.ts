import type { Result } from '../kernel/result.ts';
import type { SourceProblem } from '../ports/account-source.ts';
import type { CredentialsProvider } from './aws/aws-source-options.ts';

/** Where many accounts are reached from: credentials that assume a role in each, and may list the organization. */
export interface AwsHub {
  /** The credentials, found or assumed once for all accounts. */
  readonly credentials: CredentialsProvider;
  /**
   * The accounts of the organization by `ListAccounts`, whatever their state; the caller is its management account or a
   * delegated administrator. `withUnits`: whether each is to say which units it is in, a call each.
   */
  organizationAccounts(options: { readonly withUnits: boolean }): Promise<Result<OrganizationAccounts, SourceProblem>>;
  close(): void;
}

/** The accounts of an organization, and whose credentials listed them. */
export interface OrganizationAccounts {
  readonly callerId: string;
  readonly partition: string;
  readonly accounts: readonly OrganizationAccount[];
}

/** An account of an organization. */
export interface OrganizationAccount {
  readonly id: string;
  readonly name: string;
  /** AWS's word: `ACTIVE`, `SUSPENDED`, `PENDING_CLOSURE`, `PENDING_ACTIVATION`, `CLOSED`. */
  readonly state: string;
  /** Ids of the units that it is in, the nearest first, and of the root; empty where nobody asked. */
  readonly units: readonly string[];
}

import type { PolicyDocument } from '../policy/policy-document.ts';

/** Where an account stands in its organization, and which policies of the organization are above it. */
export interface Organization {
  /** `o-…` */
  readonly id: string;
  readonly managementAccountId: string;
  /** Ids of the accounts of the organization; absent where nobody listed them. */
  readonly accounts?: readonly string[];
  /** What it manages of its members' root users: `RootCredentialsManagement`, `RootSessions`; absent where not told. */
  readonly features?: readonly string[];
  /** From the root to the account itself; empty where nobody was told it. */
  readonly path: readonly OrganizationLevel[];
}

/** The organization's root, an organizational unit or an account, with what is attached to it. */
export interface OrganizationLevel {
  /** `r-…`, `ou-…` or an account id. */
  readonly id: string;
  readonly name: string;
  readonly scps: readonly OrganizationPolicy[];
  readonly rcps: readonly OrganizationPolicy[];
}

/** An SCP or RCP. */
export interface OrganizationPolicy {
  /** As given, or told from its place: `organization.json#/path/0/scps/1`. */
  readonly name: string;
  readonly document: PolicyDocument;
}

/** `organization.json`. A policy is its document, or an object that holds `name` and `document`. */
export interface OrganizationDocument {
  readonly organizationId: string;
  readonly managementAccountId: string;
  /** As `ListAccounts` tells them. */
  readonly accounts?: readonly { readonly id: string }[] | undefined;
  /** As `ListOrganizationsFeatures` of IAM tells them. */
  readonly features?: readonly string[] | undefined;
  readonly path: readonly {
    readonly id: string;
    readonly name?: string | undefined;
    readonly scps?: readonly unknown[] | undefined;
    readonly rcps?: readonly unknown[] | undefined;
  }[];
}

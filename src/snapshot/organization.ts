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
  /** The whole of it; absent where nobody was told. */
  readonly tree?: OrganizationTree;
  /** The accounts that administer services for it; absent where nobody was told. */
  readonly delegatedAdministrators?: readonly DelegatedAdministrator[];
  /** From the root to the account itself; empty where nobody was told it. */
  readonly path: readonly OrganizationLevel[];
}

/** All units and accounts of an organization, and which SCPs and RCPs are attached where. */
export interface OrganizationTree {
  /** The types of policies that are turned on: `SERVICE_CONTROL_POLICY`, … */
  readonly policyTypes: readonly string[];
  /** The root, which is in nothing, and the units. */
  readonly units: readonly OrganizationPlace[];
  readonly accounts: readonly OrganizationPlace[];
  readonly policies: readonly AttachedOrganizationPolicy[];
}

/** Something in the tree of an organization. */
export interface OrganizationPlace {
  readonly id: string;
  readonly name: string;
  /** Null: it is the root. */
  readonly parentId: string | null;
}

/** An SCP or RCP of an organization, and what it is attached to itself. */
export interface AttachedOrganizationPolicy {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly awsManaged: boolean;
  /** Of its text as it is stored, white space too, which is what AWS limits. */
  readonly characters: number;
  /** Ids of the root, of units and of accounts. */
  readonly targets: readonly string[];
}

/** An account that administers services for the organization in the place of its management account. */
export interface DelegatedAdministrator {
  readonly accountId: string;
  readonly name: string;
  /** Service principals, in order. */
  readonly services: readonly string[];
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
  readonly tree?: OrganizationTree | undefined;
  readonly delegatedAdministrators?: readonly DelegatedAdministrator[] | undefined;
  readonly path: readonly {
    readonly id: string;
    readonly name?: string | undefined;
    readonly scps?: readonly unknown[] | undefined;
    readonly rcps?: readonly unknown[] | undefined;
  }[];
}

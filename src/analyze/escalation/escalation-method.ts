/** A method of escalation as data: what it asks of AWS, on what, and what that changes. One matcher reads them all. */
export interface EscalationMethod {
  /** Id of the catalogue of methods, such as `iam-007`. */
  readonly id: string;
  readonly title: string;
  readonly category: MethodCategory;
  /** Any of them will do. */
  readonly ways: readonly Way[];
  readonly remediation: readonly string[];
  readonly references: readonly string[];
}

/** The families of methods. */
export type MethodCategory =
  | 'self-escalation'
  | 'principal-access'
  | 'new-passrole'
  | 'existing-passrole'
  | 'credential-access'
  | 'boundary-removal'
  | 'trust-tampering'
  | 'org-level';

/** One way of a method. */
export interface Way {
  /** Whom it is open to; absent: users and roles. */
  readonly self?: 'user' | 'role';
  /** What it works on: each such thing is tried as the target. */
  readonly on: TargetKind;
  /**
   * The service that runs as the target: its trust policy lets the service assume it, and what `iam:PassRole` among the
   * requirements is asked with. Of several any will do.
   */
  readonly service?: string | readonly string[];
  /** The kind of identity provider that the target's trust policy admits. */
  readonly federated?: ProviderKind;
  /** All are needed. */
  readonly requires: readonly Requirement[];
  /** All must hold beside the permissions. */
  readonly facts?: readonly Fact[];
  readonly effect: Effect;
}

/** The kinds of identity provider that a trust policy can name. */
export type ProviderKind = 'saml' | 'openid' | 'cognito';

/** What a way works on. */
export type TargetKind =
  /** The principal itself, unless AWS manages it. */
  | 'self'
  /** A group that the user is in. */
  | 'own-group'
  /** A group that the user is not in. */
  | 'other-group'
  /** A customer managed policy attached to the principal or to its groups. */
  | 'own-policy'
  /** A version that is not the default one of such a policy. */
  | 'own-policy-version'
  /** The customer managed policy that is the principal's boundary. */
  | 'own-boundary'
  /** A version that is not the default one of that policy. */
  | 'own-boundary-version'
  /** The principal, by each managed policy attached to it that denies something. */
  | 'own-denying-attachment'
  /** The principal, by each inline policy of its that denies something. */
  | 'own-denying-inline-policy'
  /** A group that the user is in and whose policies deny something. */
  | 'own-denying-group'
  /** The principal, by each tag and value that conditions of the account's policies ask for and it does not have. */
  | 'own-tag'
  /** The principal, a role of a permission set, by that permission set. */
  | 'own-permission-set'
  /** A group that does not exist yet, and that the user will be in. */
  | 'new-group'
  /** A user that does not exist yet. */
  | 'new-user'
  /** A role that does not exist yet. */
  | 'new-role'
  /** Another user. */
  | 'user'
  /** Another role. */
  | 'role'
  /** A customer managed policy attached to another role. */
  | 'policy-of-role'
  /** A customer managed policy attached to another user. */
  | 'policy-of-user'
  /** A group that another user is in. */
  | 'group-of-user'
  /** The organization that the account manages. */
  | 'organization';

/** What a way needs to be allowed. */
export type Requirement = Ask | { readonly anyOf: readonly Ask[] };

/** A request that a way needs. */
export interface Ask {
  readonly action: string;
  /** What it is asked on; absent: the target. */
  readonly on?: AskedOn;
  /**
   * Of `new`, `existing` and `running`: the type of the resource as the service reference calls it; absent: each type that
   * the action requires.
   */
  readonly type?: string;
  /** Condition keys that the caller chooses. Others follow from the target, or are unknown. */
  readonly context?: Readonly<Record<string, ContextChoice>>;
  /** Needed only where a customer managed policy has five versions, as many as it can have. */
  readonly onlyIf?: 'five-versions';
  /** What an earlier request of the way has changed by then: the target's trust policy names the principal that asks. */
  readonly after?: 'trust-self';
  /** The parameters of the request, by name: what the replay sends. */
  readonly parameters?: Readonly<Record<string, Parameter>>;
}

/** What a request is asked on. */
export type AskedOn =
  | 'target'
  /** The principal that asks. */
  | 'self'
  /** No resource: the action takes none. */
  | 'nothing'
  /** A resource that is made on the way, with a name of the caller's choice. */
  | 'new'
  /** A resource that the account has. */
  | 'existing'
  /** A resource that the account has and that runs as the target. */
  | 'running'
  /** A resource of which `resources.json` says that it holds credentials of the target (tag `vigil:credentials-of`). */
  | 'holding'
  /** A resource of which `resources.json` says that what it holds is run as the target (tag `vigil:runs-as`). */
  | 'feeding'
  /** A group whose policies allow everything. */
  | 'administrator-group'
  /** An instance profile that holds the target. */
  | 'instance-profile'
  /** The identity provider that the target's trust policy admits, and one that it admits and that is not there. */
  | 'provider'
  | 'missing-provider'
  /** A resource of a member account of the organization. */
  | 'member-account'
  /** The user, role or group that is the target's: of a policy of a role, the role. */
  | 'holder';

/** What the caller can put into a request. */
export type ContextChoice =
  /** A managed policy that allows everything: AdministratorAccess, or one of the account's own. */
  | 'administrator-policy'
  /** The managed policy of the target. */
  | 'policy-of-target'
  /** Just this. */
  | { readonly value: string };

/** What the replay sends as a parameter. */
export type Parameter =
  /** The friendly name of the target. */
  | 'name-of-target'
  /** The ARN of the target. */
  | 'arn-of-target'
  /** The friendly name, and the ARN, of the user or role whose the target is. */
  | 'name-of-holder'
  | 'arn-of-holder'
  /** The friendly name, and the ARN, of the principal that asks. */
  | 'name-of-self'
  | 'arn-of-self'
  /** The friendly name, the ARN, and the URL that follows from the name, of the resource that the request is asked on. */
  | 'name-of-resource'
  | 'arn-of-resource'
  | 'url-of-resource'
  /** The ARN of the managed policy, the name of the inline policy, and the id of the version that is the target. */
  | 'policy-arn'
  | 'policy-name'
  | 'version-id'
  /** A policy that allows everything, and the ARN of a managed one that does. */
  | 'allow-everything'
  | 'administrator-policy'
  /** A trust policy that names the principal that asks. */
  | 'trust-self'
  /** A trust policy that names the identity provider made on the way, and metadata of one that the attacker runs. */
  | 'trust-provider'
  | 'new-saml-metadata'
  /** A password that the password policy accepts. */
  | 'new-password'
  /** The tag that is the target, as a list. */
  | 'tag-of-target'
  /** An access key, and the serial number of an MFA device, that the target has. */
  | 'key-of-target'
  | 'mfa-device-of-target'
  /** The serial number of the MFA device made on the way, and codes that it shows one after the other. */
  | 'new-mfa-device'
  | 'first-code'
  | 'second-code'
  /** Just this. */
  | { readonly value: string | boolean | number | readonly string[] };

/** Something that must hold beside the permissions. */
export type Fact =
  /** Of the target, a user. */
  | 'has-one-key-at-most'
  | 'has-two-keys'
  | 'has-no-password'
  | 'has-password'
  | 'has-no-mfa-device'
  | 'has-mfa-device'
  /** The target, a role, is in an instance profile. */
  | 'is-in-instance-profile'
  /** The account manages its organization. */
  | 'manages-organization'
  /** The account is a member of an organization. */
  | 'is-member-account'
  /** Something that no snapshot tells: a path that needs it is conditional on it. */
  | { readonly unseen: string };

/** What a way changes. */
export type Effect =
  /** The principal becomes the target. */
  | 'becomes-target'
  /** The target, or whose it is, is allowed everything, and the principal becomes it. */
  | 'raises-target'
  /** The target's boundary is gone, or allows everything, and the principal becomes the target. */
  | 'frees-target'
  /** A statement that allows everything joins the target's policies. */
  | 'allows-everything'
  /** The target policy's new default version allows everything. */
  | 'rewrites-policy'
  /** The target version becomes the policy's default one. */
  | 'rolls-back-policy'
  /** The user is in the target group. */
  | 'joins-group'
  /** The principal's boundary is gone, or allows everything. */
  | 'lifts-boundary'
  /** The target's policy no longer applies to the principal. */
  | 'drops-policy'
  /** Somebody who is not limited as the principal is serves it. */
  | 'escapes-limits'
  /** The principal's requests come with MFA. */
  | 'presents-mfa'
  /** The principal has the target tag. */
  | 'sets-own-tag'
  /** The principal is administrator of the accounts of the organization. */
  | 'administers-organization'
  /** The policies of the organization no longer limit the principals of the account. */
  | 'lifts-guardrails'
  /** The principal can read the resource that it asks on: no principal is gained. */
  | 'reads-resource'
  /** The service does as the target what it is made for, and nothing else: no principal is gained. */
  | 'acts-through-target';

import type { Instant } from '../kernel/time.ts';
import type { PolicyDocument } from '../policy/policy-document.ts';
import type { AccountSnapshot, Group, Role, User } from '../snapshot/account-snapshot.ts';

/** A policy that grants or limits what identities of an account may do. */
export interface PolicySummary {
  readonly accountId: string;
  readonly kind: 'customer-managed' | 'aws-managed' | 'inline';
  /** ARN; of an inline policy `holder-arn#inline/name`, as in `GrantingStatement`. */
  readonly policy: string;
  readonly name: string;
  /** Whom an inline policy is embedded in; null: it is managed. */
  readonly holder: { readonly arn: string; readonly type: 'User' | 'Group' | 'Role' } | null;
  /** Null: it is an inline policy, which has none of this. */
  readonly managed: ManagedFacts | null;
  /** Whole statements of the document in force, the default version. */
  readonly statements: number;
  /** Things wrong with the document. */
  readonly problems: number;
  /** SHA-256 (hex) of the canonical JSON of the document; of its text where it is no JSON. Null: it was not read. */
  readonly documentSha256: string | null;
}

/** What IAM knows of a managed policy beside its document. */
interface ManagedFacts {
  /** `ANPA…` */
  readonly id: string;
  readonly path: string;
  readonly defaultVersion: string;
  /** How many versions were read. */
  readonly versions: number;
  /** Entities that have it attached, as AWS counts them. */
  readonly attachments: number;
  /** Entities that have it as permissions boundary, as AWS counts them. */
  readonly boundaries: number;
  /** Entities of this account that have it attached, as their own lists tell. */
  readonly attachedTo: { readonly users: number; readonly groups: number; readonly roles: number };
  readonly createDate: Instant;
  readonly updateDate: Instant;
}

/** The policies of an account: the managed ones that were read by ARN, then the inline ones by their holders. */
export const policySummaries = (snapshot: AccountSnapshot): readonly PolicySummary[] => {
  const { users, groups, roles } = snapshot;
  return [
    ...managedSummaries(snapshot),
    ...users.flatMap((user) => inlineSummaries(snapshot, user, 'User')),
    ...groups.flatMap((group) => inlineSummaries(snapshot, group, 'Group')),
    ...roles.flatMap((role) => inlineSummaries(snapshot, role, 'Role')),
  ];
};

const managedSummaries = ({
  accountId,
  managedPolicies,
  users,
  groups,
  roles,
}: AccountSnapshot): readonly PolicySummary[] => {
  const attached = { users: attachments(users), groups: attachments(groups), roles: attachments(roles) };
  return managedPolicies.map((policy) => {
    const { arn, policyName, versions } = policy;
    return {
      accountId,
      kind: policy.awsManaged ? 'aws-managed' : 'customer-managed',
      policy: arn,
      name: policyName,
      holder: null,
      managed: {
        id: policy.policyId,
        path: policy.path,
        defaultVersion: policy.defaultVersionId,
        versions: versions.length,
        attachments: policy.attachmentCount,
        boundaries: policy.permissionsBoundaryUsageCount,
        attachedTo: {
          users: attached.users.get(arn) ?? 0,
          groups: attached.groups.get(arn) ?? 0,
          roles: attached.roles.get(arn) ?? 0,
        },
        createDate: policy.createDate,
        updateDate: policy.updateDate,
      },
      ...documentFacts(versions.find(({ isDefaultVersion }) => isDefaultVersion)?.document),
    };
  });
};

const attachments = (holders: readonly (User | Group | Role)[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const { attachedManagedPolicies } of holders) {
    for (const { policyArn } of attachedManagedPolicies) counts.set(policyArn, (counts.get(policyArn) ?? 0) + 1);
  }
  return counts;
};

const inlineSummaries = (
  { accountId }: AccountSnapshot,
  { arn, inlinePolicies }: User | Group | Role,
  type: 'User' | 'Group' | 'Role',
): readonly PolicySummary[] =>
  inlinePolicies.map(({ policyName, document }) => ({
    accountId,
    kind: 'inline',
    policy: `${arn}#inline/${policyName}`,
    name: policyName,
    holder: { arn, type },
    managed: null,
    ...documentFacts(document),
  }));

const documentFacts = (
  document: PolicyDocument | undefined,
): Pick<PolicySummary, 'statements' | 'problems' | 'documentSha256'> => ({
  statements: document?.statements.length ?? 0,
  problems: document?.problems.length ?? 0,
  documentSha256: document?.hash ?? null,
});

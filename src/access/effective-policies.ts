import type { Doubt } from '../evaluate/decision.ts';
import type { Arn } from '../iam/arn.ts';
import type { PolicyDocument } from '../policy/policy-document.ts';
import { unreadDocument } from '../policy/unread-document.ts';
import type {
  AccountSnapshot,
  AttachedPolicy,
  Group,
  InlinePolicy,
  ManagedPolicy,
  Role,
  User,
} from '../snapshot/account-snapshot.ts';

/** The policies that say what a user or role may do. */
export interface EffectivePolicies {
  /** Inline and attached ones, and for a user those of its groups. */
  readonly identity: readonly EffectivePolicy[];
  /** The permissions boundary; null: none is set. Empty when its document is missing or cannot be read. */
  readonly boundary: readonly EffectivePolicy[] | null;
  /** What is attached, but whose document (or group) the snapshot does not have or cannot read. */
  readonly missing: { readonly identity: readonly Doubt[]; readonly boundary: readonly Doubt[] };
}

/** A policy that applies to a principal. */
export interface EffectivePolicy {
  /** The managed policy's ARN, or `arn#inline/name` with the ARN of the user, group or role that it is embedded in. */
  readonly name: string;
  readonly document: PolicyDocument;
  /** The group that brings it; null: the principal's own. */
  readonly group: Arn | null;
}

/** Finds the effective policies of any user or role of a snapshot. */
export const createEffectivePolicies = (
  snapshot: Pick<AccountSnapshot, 'groups' | 'managedPolicies'>,
): ((principal: User | Role) => EffectivePolicies) => {
  const groups = new Map(snapshot.groups.map((group) => [group.groupName, group]));
  const documents = new Map(snapshot.managedPolicies.map((policy) => [policy.arn, defaultDocument(policy)]));
  const found = new WeakMap<User | Role, EffectivePolicies>();

  const managed = (arn: Arn, group: Arn | null, missing: Doubt[]): readonly EffectivePolicy[] => {
    const document = documents.get(arn);
    if (document !== undefined && document !== null) return readable({ name: arn, document, group }, missing);
    missing.push({ policy: arn, pointer: '', message: `the document of policy \`${arn}\` was not collected` });
    return [];
  };
  const policiesOf = (holder: Holder, group: Arn | null, missing: Doubt[]): readonly EffectivePolicy[] => [
    ...holder.inlinePolicies.flatMap(({ policyName, document }) =>
      readable({ name: `${holder.arn}#inline/${policyName}`, document, group }, missing),
    ),
    ...holder.attachedManagedPolicies.flatMap(({ policyArn }) => managed(policyArn, group, missing)),
  ];
  const groupPolicies = (groupName: string, missing: Doubt[]): readonly EffectivePolicy[] => {
    const group = groups.get(groupName);
    if (group !== undefined) return policiesOf(group, group.arn, missing);
    missing.push({ policy: groupName, pointer: '', message: `group \`${groupName}\` was not collected` });
    return [];
  };
  const collect = (principal: User | Role): EffectivePolicies => {
    const missing: { readonly identity: Doubt[]; readonly boundary: Doubt[] } = { identity: [], boundary: [] };
    const memberships = 'userName' in principal ? principal.groups : [];
    const { permissionsBoundary } = principal;
    return {
      identity: [
        ...policiesOf(principal, null, missing.identity),
        ...memberships.flatMap((groupName) => groupPolicies(groupName, missing.identity)),
      ],
      boundary: permissionsBoundary === null ? null : managed(permissionsBoundary, null, missing.boundary),
      missing,
    };
  };
  return (principal) => {
    const policies = found.get(principal) ?? collect(principal);
    found.set(principal, policies);
    return policies;
  };
};

/** Who can have policies embedded and attached. */
type Holder = Pick<User | Role | Group, 'arn'> & {
  readonly inlinePolicies: readonly InlinePolicy[];
  readonly attachedManagedPolicies: readonly AttachedPolicy[];
};

const readable = (policy: EffectivePolicy, missing: Doubt[]): readonly EffectivePolicy[] => {
  const problem = unreadDocument(policy.document);
  if (problem === null) return [policy];
  missing.push({ policy: policy.name, pointer: problem.pointer, message: problem.message });
  return [];
};

const defaultDocument = (policy: ManagedPolicy): PolicyDocument | null =>
  policy.versions.find(({ isDefaultVersion }) => isDefaultVersion)?.document ?? null;

import { type AccountAccess, createAccountAccess } from '../../access/account-access.ts';
import { permissionSetOfRole } from '../../finding/reserved-role.ts';
import { type Arn, friendlyName, iamArn } from '../../iam/arn.ts';
import type { Instant } from '../../kernel/time.ts';
import { parsePolicyDocument } from '../../policy/parse-policy-document.ts';
import type { PolicyDocument } from '../../policy/policy-document.ts';
import type { ServiceReference } from '../../reference/service-reference.ts';
import type { AccountSnapshot, ManagedPolicy, Role } from '../../snapshot/account-snapshot.ts';
import { type CollectionGap, known } from '../../snapshot/collected.ts';
import type {
  CustomerPolicyName,
  IdentityCenter,
  PermissionSet,
  PermissionSetPolicies,
} from '../../snapshot/identity-center.ts';
import { createEscalationFinder, type EscalationAnswer } from '../escalation/find-escalation.ts';

/** What a permission set comes to. */
export interface JudgedSet {
  readonly known: true;
  /** Whether its policies allow everything, as far as the boundary goes, whatever SCPs of an account deny. */
  readonly administrator: ReturnType<AccountAccess['unlimited']>;
  /** Whether who has it can become administrator: in this account where it has a role here, else in any account. */
  readonly escalation: () => EscalationAnswer;
  /** Whether the account has the role, so that the answer is about what there is in it. */
  readonly isHere: boolean;
  /** Policies that it names and that nobody could read here: what they grant, or what they leave, is not judged. */
  readonly unread: readonly string[];
}

/** Judges permission sets of an Identity Center, each once; a gap: nobody could tell what it grants. */
export type PermissionSetJudge = (center: IdentityCenter, set: PermissionSet) => SetJudgement;

/** What a permission set comes to, or why nobody can say. */
type SetJudgement = JudgedSet | { readonly known: false; readonly gap: CollectionGap };

/** Makes the judge of the permission sets that an account is told of. `escalationOf`: of the roles of the account itself. */
export const createPermissionSetJudge = (
  snapshot: AccountSnapshot,
  reference: ServiceReference,
  now: Instant,
  escalationOf: (role: Role) => EscalationAnswer,
): PermissionSetJudge => {
  const judged = new Map<PermissionSet, SetJudgement>();
  return (center, set) => {
    const before = judged.get(set);
    if (before !== undefined) return before;
    const { policies } = set;
    const judgement = policies.known ? judge(snapshot, center, { set, policies: policies.value }) : policies;
    judged.set(set, judgement);
    return judgement;
  };

  function judge(account: AccountSnapshot, center: IdentityCenter, told: ToldSet): JudgedSet {
    const here = account.roles.find(({ arn }) => permissionSetOfRole(arn) === told.set.name);
    const { alone, role, unread } = accountOfSet(account, center, told);
    const access = createAccountAccess(alone, reference, now);
    return {
      known: true,
      administrator: access.unlimited(role),
      escalation: () =>
        here === undefined ? createEscalationFinder(alone, access, reference)(role) : escalationOf(here),
      isHere: here !== undefined,
      unread,
    };
  }
};

interface ToldSet {
  readonly set: PermissionSet;
  readonly policies: PermissionSetPolicies;
}

/** An account with nothing in it but the role of a permission set: what one can do there one can do wherever it is assigned. */
const accountOfSet = (account: AccountSnapshot, center: IdentityCenter, { set, policies }: ToldSet) => {
  const { partition, accountId, collectedAt } = account;
  const named = (policy: CustomerPolicyName): Arn => iamArn(partition, accountId, `policy${policy.path}${policy.name}`);
  const attached = [...policies.awsManaged, ...policies.customerManaged.map(named)];
  const boundary = boundaryArn(policies.boundary, named);
  const asked = boundary === null ? attached : [...attached, boundary];
  const documents = asked.map((arn) => ({ arn, policy: managedPolicy(arn, account, center) }));
  const role: Role = {
    arn: iamArn(partition, accountId, `role/aws-reserved/sso.amazonaws.com/${set.name}`),
    path: '/aws-reserved/sso.amazonaws.com/',
    roleName: set.name,
    roleId: set.arn,
    createDate: collectedAt,
    tags: new Map(),
    inlinePolicies: policies.inline === null ? [] : [{ policyName: 'AwsSSOInlinePolicy', document: policies.inline }],
    attachedManagedPolicies: attached.map((policyArn) => ({ policyName: friendlyName(policyArn), policyArn })),
    permissionsBoundary: boundary,
    trustPolicy: NOBODY,
    instanceProfiles: [],
    lastUsed: known(null, 'identity-center', collectedAt),
  };
  const alone: AccountSnapshot = {
    ...account,
    users: [],
    groups: [],
    roles: [role],
    managedPolicies: documents.flatMap(({ policy }) => policy ?? []),
    organization: known(null, 'identity-center', collectedAt),
    resources: known([], 'identity-center', collectedAt),
    missingParts: new Map(),
  };
  return { alone, role, unread: documents.filter(({ policy }) => policy === null).map(({ arn }) => friendlyName(arn)) };
};

/** Who signs in by Identity Center is told by assignments, not by the trust policy. */
const NOBODY: PolicyDocument = parsePolicyDocument({ Version: '2012-10-17', Statement: [] });

const boundaryArn = (
  boundary: PermissionSetPolicies['boundary'],
  named: (policy: CustomerPolicyName) => Arn,
): Arn | null => (boundary === null || typeof boundary === 'string' ? boundary : named(boundary));

/** A managed policy, of the account or as Identity Center names it; null: nobody read it. */
const managedPolicy = (
  arn: Arn,
  account: AccountSnapshot,
  { managedPolicies }: IdentityCenter,
): ManagedPolicy | null => {
  const own = account.managedPolicies.find((policy) => policy.arn === arn);
  const document = managedPolicies.get(arn);
  if (own !== undefined || document === undefined) return own ?? null;
  const at = account.collectedAt;
  return {
    arn,
    policyName: friendlyName(arn),
    policyId: arn,
    path: '/',
    awsManaged: true,
    defaultVersionId: 'v1',
    versions: [{ versionId: 'v1', isDefaultVersion: true, createDate: at, document }],
    attachmentCount: 1,
    permissionsBoundaryUsageCount: 0,
    createDate: at,
    updateDate: at,
  };
};

import { printPolicyDocument } from '../../policy/print-policy-document.ts';
import type {
  AccountSnapshot,
  Group,
  ManagedPolicy,
  Role,
  SnapshotList,
  User,
} from '../../snapshot/account-snapshot.ts';
import { credentialChanges } from './credential-changes.ts';
import { type Change, type EntityKind, entityChanges } from './entity-changes.ts';
import { holderChanges, principalChanges, tellHolder } from './holder-changes.ts';
import { documentChange, type PartChange } from './part-change.ts';

/** What changed of the users, groups, roles and managed policies of an account. */
export const listedChanges = (before: AccountSnapshot, after: AccountSnapshot): readonly Change[] => {
  const isWhole = (list: SnapshotList): boolean => !before.missingParts.has(list) && !after.missingParts.has(list);
  return [
    ...entityChanges(before.users, after.users, USER, isWhole('users')),
    ...entityChanges(before.groups, after.groups, GROUP, isWhole('groups')),
    ...entityChanges(before.roles, after.roles, ROLE, isWhole('roles')),
    ...entityChanges(own(before), own(after), CUSTOMER_MANAGED, isWhole('managedPolicies')),
    ...entityChanges(ofAws(before), ofAws(after), AWS_MANAGED),
  ];
};

const own = ({ managedPolicies }: AccountSnapshot) => managedPolicies.filter(({ awsManaged }) => !awsManaged);
const ofAws = ({ managedPolicies }: AccountSnapshot) => managedPolicies.filter(({ awsManaged }) => awsManaged);

const USER: EntityKind<User> = {
  type: 'User',
  id: ({ userId }) => userId,
  arn: ({ arn }) => arn,
  tell: tellHolder,
  changes: (before, after) => [
    ...principalChanges(before, after),
    ...membershipChanges(before.groups, after.groups),
    ...credentialChanges(before, after),
  ],
};

const membershipChanges = (before: readonly string[], after: readonly string[]): readonly PartChange[] => [
  ...after.filter((name) => !before.includes(name)).map((name) => membership(name, null, 'member')),
  ...before.filter((name) => !after.includes(name)).map((name) => membership(name, 'member', null)),
];

const membership = (group: string, before: 'member' | null, after: 'member' | null): PartChange => ({
  kind: 'group-membership',
  part: group,
  before,
  after,
});

const GROUP: EntityKind<Group> = {
  type: 'Group',
  id: ({ groupId }) => groupId,
  arn: ({ arn }) => arn,
  tell: tellHolder,
  changes: holderChanges,
};

const ROLE: EntityKind<Role> = {
  type: 'Role',
  id: ({ roleId }) => roleId,
  arn: ({ arn }) => arn,
  tell: tellHolder,
  changes: (before, after) => [
    ...principalChanges(before, after),
    ...documentChange('trust-policy', null, before.trustPolicy, after.trustPolicy),
  ],
};

const POLICY: Pick<EntityKind<ManagedPolicy>, 'type' | 'id' | 'arn' | 'changes'> = {
  type: 'ManagedPolicy',
  id: ({ policyId }) => policyId,
  arn: ({ arn }) => arn,
  changes: (before, after) =>
    before.defaultVersionId === after.defaultVersionId &&
    documentChange('policy-version', null, defaultDocument(before), defaultDocument(after)).length === 0
      ? []
      : [{ kind: 'policy-version', part: null, before: tellVersion(before), after: tellVersion(after) }],
};

const CUSTOMER_MANAGED: EntityKind<ManagedPolicy> = { ...POLICY, tell: (policy) => tellVersion(policy) };

/** Only those in use are listed, so that coming and going says nothing; AWS changes them. */
const AWS_MANAGED: EntityKind<ManagedPolicy> = { ...POLICY, tell: null };

const defaultDocument = ({ versions }: ManagedPolicy) =>
  versions.find(({ isDefaultVersion }) => isDefaultVersion)?.document ?? null;

const tellVersion = (policy: ManagedPolicy) => {
  const document = defaultDocument(policy);
  return { defaultVersionId: policy.defaultVersionId, document: document && printPolicyDocument(document) };
};

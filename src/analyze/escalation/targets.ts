import { type Arn, iamArn } from '../../iam/arn.ts';
import type { PolicyDocument } from '../../policy/policy-document.ts';
import type { AccountSnapshot, Group, ManagedPolicy, Role, User } from '../../snapshot/account-snapshot.ts';
import { isManagedByAws } from '../facts/managed-by-aws.ts';
import type { TargetKind } from './escalation-method.ts';
import type { OtherPolicies, OwnState, Target } from './own-state.ts';
import type { WishedTag } from './wished-tags.ts';

/** Kinds of targets that are about the principal itself, or about somebody new. */
export type OwnTargetKind = Exclude<
  TargetKind,
  'user' | 'role' | 'policy-of-user' | 'policy-of-role' | 'group-of-user'
>;

/** What of an account a principal's own targets are found in. */
export interface TargetIndex extends OtherPolicies {
  readonly account: Pick<AccountSnapshot, 'accountId' | 'partition'>;
  readonly wishedTags: readonly WishedTag[];
}

/** Whether a kind of target that is another principal, or another's, is about users. */
export const isAboutUsers = (kind: TargetKind): boolean =>
  kind === 'user' || kind === 'policy-of-user' || kind === 'group-of-user';

/** Everything of a kind that a principal's request can work on to change what it may do itself. */
export const ownTargets = (state: OwnState, kind: OwnTargetKind, index: TargetIndex): readonly Target[] => {
  const { self, groups } = state;
  const { accountId, partition } = index.account;
  switch (kind) {
    case 'self':
      return changeable(self);
    case 'own-group':
      return groups.map(groupTarget);
    case 'other-group':
      return 'userName' in self
        ? [...index.groups.values()].filter(({ groupName }) => !self.groups.includes(groupName)).map(groupTarget)
        : [];
    case 'own-policy':
      return editablePolicies(state).map(({ arn }) => policyTarget(arn, null));
    case 'own-policy-version':
      return editablePolicies(state).flatMap(otherVersions);
    case 'own-boundary':
      return editableBoundary(state).map(({ arn }) => policyTarget(arn, null));
    case 'own-boundary-version':
      return editableBoundary(state).flatMap(otherVersions);
    case 'own-denying-attachment':
      return changeable(self).flatMap(({ arn }) =>
        self.attachedManagedPolicies
          .filter(({ policyArn }) => documentsOf(state, policyArn).some(denies))
          .map(({ policyArn }): Target => ({ arn, what: { kind: 'managed-policy', policyArn }, holder: null })),
      );
    case 'own-denying-inline-policy':
      return changeable(self).flatMap(({ arn }) =>
        self.inlinePolicies
          .filter(({ document }) => denies(document))
          .map(({ policyName }): Target => ({ arn, what: { kind: 'inline-policy', policyName }, holder: null })),
      );
    case 'own-denying-group':
      return groups.filter((group) => groupDocuments(state, group).some(denies)).map(groupTarget);
    case 'own-tag':
      return changeable(self).flatMap(({ arn }) =>
        index.wishedTags
          .filter(({ key, value }) => self.tags.get(key) !== value)
          .map((tag): Target => ({ arn, what: { kind: 'tag', ...tag }, holder: null })),
      );
    case 'own-permission-set':
      return 'roleName' in self && self.path.startsWith('/aws-reserved/sso.amazonaws.com/')
        ? [{ arn: self.arn, what: { kind: 'principal' }, holder: null }]
        : [];
    case 'new-group':
      return 'userName' in self ? [newTarget(iamArn(partition, accountId, 'group/new-group'))] : [];
    case 'new-user':
      return [newTarget(iamArn(partition, accountId, 'user/new-user'))];
    case 'new-role':
      return [newTarget(iamArn(partition, accountId, 'role/new-role'))];
    case 'organization':
      return [newTarget(iamArn(partition, accountId, 'root'))];
  }
};

/** What a way on other principals works on, if another principal is what it is after. */
export const otherTargets = (state: OwnState, kind: TargetKind): readonly Target[] => {
  const user = 'userName' in state.self;
  if ('roleName' in state.self && isManagedByAws(state.self)) return [];
  if (user !== isAboutUsers(kind)) return [];
  if (kind === 'group-of-user') return state.groups.map((group) => ({ ...groupTarget(group), holder: state }));
  if (kind === 'policy-of-user' || kind === 'policy-of-role')
    return editablePolicies(state).map(({ arn }) => policyTarget(arn, state));
  return [{ arn: state.self.arn, what: { kind: 'principal' }, holder: state }];
};

// AWS refuses to change service-linked roles and the roles of permission sets, whatever policies say.
const changeable = (self: User | Role): readonly Target[] =>
  'roleName' in self && isManagedByAws(self) ? [] : [{ arn: self.arn, what: { kind: 'principal' }, holder: null }];

const newTarget = (arn: Arn): Target => ({ arn, what: { kind: 'new' }, holder: null });
const groupTarget = ({ arn, groupName }: Group): Target => ({ arn, what: { kind: 'group', groupName }, holder: null });
const policyTarget = (policyArn: Arn, holder: OwnState | null): Target => ({
  arn: policyArn,
  what: { kind: 'managed-policy', policyArn },
  holder,
});

/** The customer managed policies attached to the principal and its groups: nobody can edit an AWS managed policy. */
const editablePolicies = ({ self, groups, policies }: OwnState): readonly ManagedPolicy[] => {
  const attached = new Set(
    [self, ...groups].flatMap((holder) => holder.attachedManagedPolicies.map(({ policyArn }) => policyArn)),
  );
  return policies.filter(({ arn, awsManaged }) => attached.has(arn) && !awsManaged);
};

const editableBoundary = ({ self, policies }: OwnState): readonly ManagedPolicy[] =>
  policies.filter(({ arn, awsManaged }) => arn === self.permissionsBoundary && !awsManaged);

const otherVersions = ({ arn, versions }: ManagedPolicy): readonly Target[] =>
  versions
    .filter(({ isDefaultVersion }) => !isDefaultVersion)
    .map(({ versionId }) => ({ arn, what: { kind: 'version', policyArn: arn, versionId }, holder: null }));

/** Whether a policy document denies something. */
export const denies = (document: PolicyDocument): boolean =>
  document.statements.some(({ effect }) => effect === 'Deny');

const groupDocuments = (state: OwnState, group: Group): readonly PolicyDocument[] => [
  ...group.inlinePolicies.map(({ document }) => document),
  ...group.attachedManagedPolicies.flatMap(({ policyArn }) => documentsOf(state, policyArn)),
];

const documentsOf = ({ policies }: OwnState, policyArn: Arn): readonly PolicyDocument[] =>
  policies.filter(({ arn }) => arn === policyArn).flatMap(defaultDocuments);

const defaultDocuments = ({ versions }: ManagedPolicy): readonly PolicyDocument[] =>
  versions.filter(({ isDefaultVersion }) => isDefaultVersion).map(({ document }) => document);

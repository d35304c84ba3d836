import { type Arn, iamArn } from '../../iam/arn.ts';
import type { PolicyDocument } from '../../policy/policy-document.ts';
import type { Group, ManagedPolicy } from '../../snapshot/account-snapshot.ts';
import { isManagedByAws } from '../facts/managed-by-aws.ts';
import type { TargetKind } from './escalation-method.ts';
import type { OwnState, Target } from './own-state.ts';

/** Everything of a kind that a principal's request can work on. */
export const targetsOf = (state: OwnState, kind: TargetKind): readonly Target[] => {
  const { self, groups, account } = state;
  switch (kind) {
    case 'self':
      return changeableSelf(state);
    case 'own-group':
      return groups.map(groupTarget);
    case 'own-policy':
      return ownAttachments(state).filter(isCustomerManaged(state)).map(policyTarget);
    case 'own-boundary':
      return [self.permissionsBoundary]
        .filter((arn) => arn !== null)
        .filter(isCustomerManaged(state))
        .map(policyTarget);
    case 'own-denying-attachment':
      return changeableSelf(state).flatMap(({ arn }) =>
        self.attachedManagedPolicies
          .filter(({ policyArn }) => documentsOf(state, policyArn).some(denies))
          .map(({ policyArn }): Target => ({ arn, what: { kind: 'managed-policy', policyArn } })),
      );
    case 'own-denying-inline-policy':
      return changeableSelf(state).flatMap(({ arn }) =>
        self.inlinePolicies
          .filter(({ document }) => denies(document))
          .map(({ policyName }): Target => ({ arn, what: { kind: 'inline-policy', policyName } })),
      );
    case 'own-denying-group':
      return groups.filter((group) => groupDocuments(state, group).some(denies)).map(groupTarget);
    case 'new-user':
      return [principalTarget(iamArn(account.partition, account.accountId, 'user/new-user'))];
  }
};

// AWS refuses to change service-linked roles and the roles of permission sets, whatever policies say.
const changeableSelf = ({ self }: OwnState): readonly Target[] =>
  'roleName' in self && isManagedByAws(self) ? [] : [principalTarget(self.arn)];

const principalTarget = (arn: Arn): Target => ({ arn, what: { kind: 'principal' } });
const groupTarget = ({ arn, groupName }: Group): Target => ({ arn, what: { kind: 'group', groupName } });
const policyTarget = (policyArn: Arn): Target => ({ arn: policyArn, what: { kind: 'managed-policy', policyArn } });

const ownAttachments = ({ self, groups }: OwnState): readonly Arn[] => [
  ...new Set([self, ...groups].flatMap((holder) => holder.attachedManagedPolicies.map(({ policyArn }) => policyArn))),
];

// Nobody can edit an AWS managed policy.
const isCustomerManaged =
  ({ policies }: OwnState) =>
  (policyArn: Arn): boolean =>
    policies.some(({ arn, awsManaged }) => arn === policyArn && !awsManaged);

const denies = (document: PolicyDocument): boolean => document.statements.some(({ effect }) => effect === 'Deny');

const groupDocuments = (state: OwnState, group: Group): readonly PolicyDocument[] => [
  ...group.inlinePolicies.map(({ document }) => document),
  ...group.attachedManagedPolicies.flatMap(({ policyArn }) => documentsOf(state, policyArn)),
];

const documentsOf = ({ policies }: OwnState, policyArn: Arn): readonly PolicyDocument[] =>
  policies.filter(({ arn }) => arn === policyArn).flatMap(defaultDocuments);

const defaultDocuments = ({ versions }: ManagedPolicy): readonly PolicyDocument[] =>
  versions.filter(({ isDefaultVersion }) => isDefaultVersion).map(({ document }) => document);

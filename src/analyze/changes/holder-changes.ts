import type { JsonObject } from '../../kernel/json.ts';
import { printPolicyDocument } from '../../policy/print-policy-document.ts';
import type { AttachedPolicy, Group, InlinePolicy, Role, User } from '../../snapshot/account-snapshot.ts';
import { documentChange, listChanges, type PartChange, pairUp, valueChange } from './part-change.ts';

/** Who can have policies embedded and attached. */
type Holder = Pick<User | Role | Group, 'arn'> & {
  readonly inlinePolicies: readonly InlinePolicy[];
  readonly attachedManagedPolicies: readonly AttachedPolicy[];
};

/** What changed of the name and the policies of a user, group or role. */
export const holderChanges = (before: Holder, after: Holder): readonly PartChange[] => [
  ...valueChange('renamed', null, before.arn, after.arn),
  ...listChanges(before.attachedManagedPolicies, after.attachedManagedPolicies, {
    kind: 'policies',
    id: ({ policyArn }) => policyArn,
    tell: ({ policyName }) => ({ attached: policyName }),
  }),
  ...inlineChanges(before.inlinePolicies, after.inlinePolicies),
];

const inlineChanges = (before: readonly InlinePolicy[], after: readonly InlinePolicy[]): readonly PartChange[] => {
  const { created, deleted, kept } = pairUp(before, after, ({ policyName }) => policyName);
  return [
    ...created.flatMap(({ policyName, document }) => documentChange('policies', policyName, null, document)),
    ...deleted.flatMap(({ policyName, document }) => documentChange('policies', policyName, document, null)),
    ...kept.flatMap(([was, is]) => documentChange('policies', is.policyName, was.document, is.document)),
  ];
};

/** What changed of the boundary and the tags of a user or role, and of what every holder of policies has. */
export const principalChanges = (before: User | Role, after: User | Role): readonly PartChange[] => [
  ...holderChanges(before, after),
  ...valueChange('permissions-boundary', null, before.permissionsBoundary, after.permissionsBoundary),
  ...listChanges([...before.tags], [...after.tags], {
    kind: 'tags',
    id: ([key]) => key,
    tell: ([, value]) => value,
  }),
];

/** A user, group or role as it is told when it comes or goes. */
export const tellHolder = (holder: User | Role | Group): JsonObject => ({
  createDate: holder.createDate,
  policies: [
    ...holder.attachedManagedPolicies.map(({ policyArn }) => policyArn),
    ...holder.inlinePolicies.map(({ policyName }) => policyName),
  ].sort(),
  ...('permissionsBoundary' in holder && { permissionsBoundary: holder.permissionsBoundary }),
  ...('userName' in holder && { groups: [...holder.groups].sort() }),
  ...('roleName' in holder && { trustPolicy: printPolicyDocument(holder.trustPolicy) }),
});

import type { AccountAccess } from '../../access/account-access.ts';
import type { Arn } from '../../iam/arn.ts';
import { iamArn } from '../../iam/arn.ts';
import type { PolicyDocument } from '../../policy/policy-document.ts';
import type { ServiceReference } from '../../reference/service-reference.ts';
import type { AccountSnapshot, Group, ManagedPolicy } from '../../snapshot/account-snapshot.ts';
import { type AdmittedByTrust, createAdmittedByTrust } from './admitted-by-trust.ts';
import { denies } from './targets.ts';
import { type WishedTag, wishedTags } from './wished-tags.ts';

/** What the search for escalations knows of an account beside its principals. */
export interface SearchContext extends AdmittedByTrust {
  readonly account: AccountSnapshot;
  readonly access: AccountAccess;
  readonly reference: ServiceReference;
  /** Managed policies that allow everything: what somebody would attach. */
  readonly administratorPolicies: readonly Arn[];
  /** Groups whose policies allow everything: what somebody would put a user into. */
  readonly administratorGroups: readonly Arn[];
  readonly groups: ReadonlyMap<string, Group>;
  readonly policies: ReadonlyMap<Arn, ManagedPolicy>;
  readonly wishedTags: readonly WishedTag[];
  /** ARNs of those whose paths are asked for; absent: everybody's. */
  readonly asked?: ReadonlySet<string>;
}

/** Makes ready what every question of the search needs. */
export const createSearchContext = (
  account: AccountSnapshot,
  access: AccountAccess,
  reference: ServiceReference,
): SearchContext => ({
  account,
  access,
  reference,
  administratorPolicies: [
    iamArn(account.partition, 'aws', 'policy/AdministratorAccess'),
    ...account.managedPolicies
      .filter(({ versions }) =>
        versions.some(
          ({ isDefaultVersion, document }) => isDefaultVersion && access.documentGrantsEverything(document) === 'yes',
        ),
      )
      .map(({ arn }) => arn),
  ].filter((arn, at, all) => all.indexOf(arn) === at),
  administratorGroups: administratorGroups(account, access),
  groups: new Map(account.groups.map((group) => [group.groupName, group])),
  policies: new Map(account.managedPolicies.map((policy) => [policy.arn, policy])),
  wishedTags: wishedTags(account),
  ...createAdmittedByTrust(access, account.accountId),
});

const administratorGroups = (account: AccountSnapshot, access: AccountAccess): readonly Arn[] => {
  const documents = new Map(
    account.managedPolicies.map(({ arn, versions }) => [
      arn,
      versions.flatMap(({ isDefaultVersion, document }) => (isDefaultVersion ? [document] : [])),
    ]),
  );
  const documentsOf = ({ inlinePolicies, attachedManagedPolicies }: Group): readonly PolicyDocument[] => [
    ...inlinePolicies.map(({ document }) => document),
    ...attachedManagedPolicies.flatMap(({ policyArn }) => documents.get(policyArn) ?? []),
  ];
  return account.groups
    .filter((group) => {
      const held = documentsOf(group);
      return held.some((document) => access.documentGrantsEverything(document) === 'yes') && !held.some(denies);
    })
    .map(({ arn }) => arn);
};

import type { AccountAccess } from '../../access/account-access.ts';
import type { Arn } from '../../iam/arn.ts';
import { iamArn } from '../../iam/arn.ts';
import type { ServiceReference } from '../../reference/service-reference.ts';
import type { AccountSnapshot, Group, ManagedPolicy } from '../../snapshot/account-snapshot.ts';
import { type AdmittedByTrust, createAdmittedByTrust } from './admitted-by-trust.ts';
import { type WishedTag, wishedTags } from './wished-tags.ts';

/** What the search for escalations knows of an account beside its principals. */
export interface SearchContext extends AdmittedByTrust {
  readonly account: AccountSnapshot;
  readonly access: AccountAccess;
  readonly reference: ServiceReference;
  /** Managed policies that allow everything: what somebody would attach. */
  readonly administratorPolicies: readonly Arn[];
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
  groups: new Map(account.groups.map((group) => [group.groupName, group])),
  policies: new Map(account.managedPolicies.map((policy) => [policy.arn, policy])),
  wishedTags: wishedTags(account),
  ...createAdmittedByTrust(access, account.accountId),
});

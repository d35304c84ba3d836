import type { AccountSnapshot } from '../../snapshot/account-snapshot.ts';
import type { DelegatedAdministrator, OrganizationTree } from '../../snapshot/organization.ts';
import { denied, skipped } from '../../snapshot/testing/collected-builder.ts';
import { organization } from '../../snapshot/testing/organization-builder.ts';
import { snapshot } from '../../snapshot/testing/snapshot-builder.ts';

/** The management account of an organization of this tree. */
export const withTree = (tree: OrganizationTree): AccountSnapshot => snapshot({ organization: organization({ tree }) });

/** The management account of an organization with these delegated administrators. */
export const delegating = (delegatedAdministrators: readonly DelegatedAdministrator[]): AccountSnapshot =>
  snapshot({ organization: organization({ delegatedAdministrators }) });

/** Accounts that are told nothing of their organization. */
export const UNTOLD: readonly (readonly [string, AccountSnapshot])[] = [
  [
    'a member account, which is not told',
    snapshot({ organization: organization({ managementAccountId: '999999999999' }) }),
  ],
  ['no organization', snapshot({ organization: null })],
  ['nobody looked', snapshot({ organization: skipped('organization') })],
];

/** An account that could not ask. */
export const UNREAD_ORGANIZATION: readonly [string, AccountSnapshot] = [
  'DescribeOrganization was denied',
  snapshot({ organization: denied('organizations:DescribeOrganization', 'organization') }),
];

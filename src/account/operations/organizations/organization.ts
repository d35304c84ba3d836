import { z } from 'zod';
import { ok } from '../../../kernel/result.ts';
import { awsError } from '../../aws-error.ts';
import { accountAt } from '../../cloud-state.ts';
import { cloudOperation } from '../../operation.ts';
import { organizationOf, withOrganization, withoutOrganization } from '../../organization-membership.ts';
import { emptyOrganization } from '../../organization-state.ts';
import { pageAnswer, paging } from './input.ts';
import { accessDenied, notInUse, organizationRead, refuseInput } from './organization-operation.ts';
import { newId, withMember } from './tree.ts';
import { organizationView, rootView } from './views.ts';

/** `organizations:CreateOrganization`: the caller's account becomes its management account. */
const createOrganization = cloudOperation(
  'organizations:CreateOrganization',
  z.object({ FeatureSet: z.enum(['ALL', 'CONSOLIDATED_BILLING']).default('ALL') }),
  (cloud, { FeatureSet }, call) => {
    if (organizationOf(cloud, call.account) !== undefined) {
      return awsError('AlreadyInOrganizationException', 'The provided account is already a member of an organization.');
    }
    const { accountId, partition, alias } = accountAt(cloud, call.account);
    const rootId = newId('r-', 4, call.random);
    const organization = withMember(
      emptyOrganization({
        id: newId('o-', 10, call.random),
        partition,
        featureSet: FeatureSet,
        managementAccountId: accountId,
        rootId,
      }),
      {
        id: accountId,
        name: alias ?? 'management',
        email: `${alias ?? 'management'}@example.com`,
        status: 'ACTIVE',
        joinedMethod: 'INVITED',
        joinedTimestamp: call.now,
        parentId: rootId,
      },
    );
    return ok({
      cloud: withOrganization(cloud, organization),
      answer: { Organization: organizationView(organization) },
    });
  },
  refuseInput,
);

/** `organizations:DescribeOrganization`. */
const describeOrganization = organizationRead('DescribeOrganization', 'members', z.object({}), (organization) =>
  ok({ Organization: organizationView(organization) }),
);

/** `organizations:DeleteOrganization`. */
const deleteOrganization = cloudOperation(
  'organizations:DeleteOrganization',
  z.object({}),
  (cloud, _, call) => {
    const organization = organizationOf(cloud, call.account);
    if (organization === undefined) return notInUse;
    if (call.account.accountId !== organization.managementAccountId) return accessDenied;
    if (organization.accounts.size > 1 || organization.units.size > 0 || organization.policies.size > 0) {
      return awsError(
        'OrganizationNotEmptyException',
        'To delete an organization, you must first remove all member accounts, delete all organizational units, and delete all policies.',
      );
    }
    return ok({ cloud: withoutOrganization(cloud, organization), answer: {} });
  },
  refuseInput,
);

/** `organizations:ListRoots`. */
const listRoots = organizationRead('ListRoots', 'administrators', z.object(paging), (organization, input) =>
  pageAnswer(
    'Roots',
    input,
    () => [['', rootView(organization)] as const],
    (root) => root,
  ),
);

/** The operations on organizations as a whole. */
export const wholeOrganizationOperations = [createOrganization, describeOrganization, deleteOrganization, listRoots];

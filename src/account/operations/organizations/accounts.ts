import { z } from 'zod';
import { ok, type Result } from '../../../kernel/result.ts';
import { type AwsError, awsError } from '../../aws-error.ts';
import type { MemberAccountState, OrganizationState } from '../../organization-state.ts';
import { accountId, pageAnswer, paging, parentId } from './input.ts';
import { constraintViolation, organizationOperation, organizationRead } from './organization-operation.ts';
import { childrenOf, isParent, withMember, withoutMember } from './tree.ts';
import { accountView } from './views.ts';

/** The account of an id, or AWS's refusal. */
const findMember = ({ accounts }: OrganizationState, id: string): Result<MemberAccountState, AwsError> => {
  const member = accounts.get(id);
  return member === undefined
    ? awsError('AccountNotFoundException', "You specified an account that doesn't exist.")
    : ok(member);
};

/** `organizations:DescribeAccount`. */
const describeAccount = organizationRead(
  'DescribeAccount',
  'administrators',
  z.object({ AccountId: accountId }),
  (organization, { AccountId }) => {
    const member = findMember(organization, AccountId);
    return member.ok ? ok({ Account: accountView(organization, member.value) }) : member;
  },
);

/** `organizations:ListAccounts`. */
const listAccounts = organizationRead('ListAccounts', 'administrators', z.object(paging), (organization, input) =>
  pageAnswer(
    'Accounts',
    input,
    (from) => organization.accounts.entriesFrom(from),
    (member) => accountView(organization, member),
  ),
);

/** `organizations:ListAccountsForParent`: those directly in it. */
const listAccountsForParent = organizationRead(
  'ListAccountsForParent',
  'administrators',
  z.object({ ParentId: parentId, ...paging }),
  (organization, input) => {
    if (!isParent(organization, input.ParentId)) {
      return awsError('ParentNotFoundException', "You specified parent that doesn't exist.");
    }
    return pageAnswer('Accounts', input, childrenOf(organization, input.ParentId, 'ACCOUNT'), (id) => {
      const member = organization.accounts.get(id);
      return member && accountView(organization, member);
    });
  },
);

/** `organizations:MoveAccount`. */
const moveAccount = organizationOperation(
  'MoveAccount',
  'managementAccount',
  z.object({ AccountId: accountId, SourceParentId: parentId, DestinationParentId: parentId }),
  (organization, input) => {
    const member = findMember(organization, input.AccountId);
    if (!member.ok) return member;
    if (!isParent(organization, input.SourceParentId) || member.value.parentId !== input.SourceParentId) {
      return awsError('SourceParentNotFoundException', "You specified a source root or OU that doesn't exist.");
    }
    if (!isParent(organization, input.DestinationParentId)) {
      return awsError(
        'DestinationParentNotFoundException',
        "You specified a destination root or OU that doesn't exist.",
      );
    }
    if (input.DestinationParentId === input.SourceParentId) {
      return awsError(
        'DuplicateAccountException',
        'The specified account is already present in the specified destination.',
      );
    }
    const moved = { ...member.value, parentId: input.DestinationParentId };
    return ok({ organization: withMember(organization, moved), answer: {} });
  },
);

/** `organizations:CloseAccount`. */
const closeAccount = organizationOperation(
  'CloseAccount',
  'managementAccount',
  z.object({ AccountId: accountId }),
  (organization, { AccountId }) => {
    const member = findMember(organization, AccountId);
    if (!member.ok) return member;
    if (AccountId === organization.managementAccountId) {
      return constraintViolation('CANNOT_CLOSE_MANAGEMENT_ACCOUNT', 'You cannot close the management account.');
    }
    if (member.value.status !== 'ACTIVE') {
      return awsError('AccountAlreadyClosedException', 'The account is already closed.');
    }
    return ok({ organization: withMember(organization, { ...member.value, status: 'SUSPENDED' }), answer: {} });
  },
);

/** `organizations:RemoveAccountFromOrganization`: it stands alone from then on. */
const removeAccount = organizationOperation(
  'RemoveAccountFromOrganization',
  'managementAccount',
  z.object({ AccountId: accountId }),
  (organization, { AccountId }) => leave(organization, AccountId),
);

/** `organizations:LeaveOrganization`. */
const leaveOrganization = organizationOperation('LeaveOrganization', 'members', z.object({}), (organization, _, call) =>
  leave(organization, call.account.accountId),
);

const leave = (organization: OrganizationState, id: string) => {
  const member = findMember(organization, id);
  if (!member.ok) return member;
  if (id === organization.managementAccountId) {
    return awsError(
      'MasterCannotLeaveOrganizationException',
      'You cannot remove the management account from an organization.',
    );
  }
  return ok({ organization: withoutMember(organization, member.value), answer: {} });
};

/** The operations on the accounts of an organization. */
export const memberAccountOperations = [
  describeAccount,
  listAccounts,
  listAccountsForParent,
  moveAccount,
  closeAccount,
  removeAccount,
  leaveOrganization,
];

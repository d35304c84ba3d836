import { z } from 'zod';
import type { AccountId } from '../../../iam/account-id.ts';
import { parseAccountId } from '../../../iam/account-id.ts';
import { ok, type Result } from '../../../kernel/result.ts';
import { type AwsError, awsError } from '../../aws-error.ts';
import type { Random } from '../../call.ts';
import { accountKey, type CloudState, withAccount } from '../../cloud-state.ts';
import { cloudOperation } from '../../operation.ts';
import { organizationOf, withOrganization } from '../../organization-membership.ts';
import type { AccountCreationState, MemberAccountState, OrganizationState } from '../../organization-state.ts';
import { accountId, pageAnswer, paging, parentId, tags } from './input.ts';
import { newMemberAccount } from './new-member-account.ts';
import {
  accessDenied,
  constraintViolation,
  notInUse,
  organizationOperation,
  organizationRead,
  refuseInput,
} from './organization-operation.ts';
import { childrenOf, isParent, newId, withMember, withoutMember } from './tree.ts';
import { accountView } from './views.ts';

const email = z
  .string()
  .min(6)
  .max(64)
  .regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$/);

/** `organizations:CreateAccount`: a real account of the same emulator; its state is asked for afterwards, as in AWS. */
const createAccount = cloudOperation(
  'organizations:CreateAccount',
  z.object({
    Email: email,
    AccountName: z
      .string()
      .min(1)
      .max(50)
      .regex(/^[ -~]+$/),
    RoleName: z
      .string()
      .max(64)
      .regex(/^[\w+=,.@-]{1,64}$/)
      .default('OrganizationAccountAccessRole'),
    IamUserAccessToBilling: z.enum(['ALLOW', 'DENY']).optional(),
    Tags: tags.default([]),
  }),
  (cloud, input, call) => {
    const organization = organizationOf(cloud, call.account);
    if (organization === undefined) return notInUse;
    if (call.account.accountId !== organization.managementAccountId) return accessDenied;
    const taken = [...organization.accounts.values()].some((member) => member.email === input.Email);
    const id = newAccountId(cloud, organization.partition, call.random);
    const creation: AccountCreationState = {
      id: newId('car-', 32, call.random),
      accountName: input.AccountName,
      requestedTimestamp: call.now,
      outcome: taken ? { failureReason: 'EMAIL_ALREADY_EXISTS' } : { accountId: id },
    };
    const asked = { ...organization, creations: organization.creations.set(creation.id, creation) };
    const { outcome: _, ...pending } = creation;
    const answer = { CreateAccountStatus: creationView({ ...pending, outcome: null }) };
    if (taken) return ok({ cloud: withOrganization(cloud, asked), answer });
    const grown = withMember(asked, {
      id,
      name: input.AccountName,
      email: input.Email,
      status: 'ACTIVE',
      joinedMethod: 'CREATED',
      joinedTimestamp: call.now,
      parentId: organization.rootId,
    });
    const tagged = { ...grown, tags: grown.tags.set(id, new Map(input.Tags.map(({ Key, Value }) => [Key, Value]))) };
    const account = newMemberAccount(
      { accountId: id, partition: organization.partition },
      organization.managementAccountId,
      input.RoleName,
      call,
    );
    return ok({ cloud: withOrganization(withAccount(cloud, account), input.Tags.length > 0 ? tagged : grown), answer });
  },
  refuseInput,
);

/** Twelve digits that no account of the partition has. */
const newAccountId = (cloud: CloudState, partition: string, random: Random): AccountId => {
  let digits = [...random(12)].map((byte) => byte % 10).join('');
  while (true) {
    const id = parseAccountId(digits);
    if (id.ok && !cloud.accounts.has(accountKey({ partition, accountId: id.value }))) return id.value;
    digits = String((Number(digits) + 1) % 1e12).padStart(12, '0');
  }
};

/** `CreateAccountStatus`; without outcome: nobody has asked for it yet. */
const creationView = ({
  id,
  accountName,
  requestedTimestamp,
  outcome,
}: Omit<AccountCreationState, 'outcome'> & { readonly outcome: AccountCreationState['outcome'] | null }) => {
  const asked = { Id: id, AccountName: accountName, RequestedTimestamp: requestedTimestamp };
  if (outcome === null) return { ...asked, State: 'IN_PROGRESS' };
  return 'accountId' in outcome
    ? { ...asked, State: 'SUCCEEDED', AccountId: outcome.accountId, CompletedTimestamp: requestedTimestamp }
    : { ...asked, State: 'FAILED', FailureReason: outcome.failureReason, CompletedTimestamp: requestedTimestamp };
};

/** `organizations:DescribeCreateAccountStatus`. */
const describeCreateAccountStatus = organizationRead(
  'DescribeCreateAccountStatus',
  'administrators',
  z.object({ CreateAccountRequestId: z.string().regex(/^car-[a-z0-9]{8,32}$/) }),
  ({ creations }, { CreateAccountRequestId: id }) => {
    const creation = creations.get(id);
    return creation === undefined
      ? awsError('CreateAccountStatusNotFoundException', "You specified a request ID that doesn't exist.")
      : ok({ CreateAccountStatus: creationView(creation) });
  },
);

const creationState = z.enum(['IN_PROGRESS', 'SUCCEEDED', 'FAILED']);

/** `organizations:ListCreateAccountStatus`. */
const listCreateAccountStatus = organizationRead(
  'ListCreateAccountStatus',
  'administrators',
  z.object({ States: z.array(creationState).optional(), ...paging }),
  ({ creations }, input) =>
    pageAnswer(
      'CreateAccountStatuses',
      input,
      function* (from) {
        for (const [key, creation] of creations.entriesFrom(from)) {
          const view = creationView(creation);
          if (input.States === undefined || input.States.some((state) => state === view.State))
            yield [key, view] as const;
        }
      },
      (view) => view,
    ),
);

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
  createAccount,
  describeCreateAccountStatus,
  listCreateAccountStatus,
  describeAccount,
  listAccounts,
  listAccountsForParent,
  moveAccount,
  closeAccount,
  removeAccount,
  leaveOrganization,
];

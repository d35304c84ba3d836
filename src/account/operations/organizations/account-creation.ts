import { z } from 'zod';
import { type AccountId, parseAccountId } from '../../../iam/account-id.ts';
import { ok } from '../../../kernel/result.ts';
import { awsError } from '../../aws-error.ts';
import type { Call, Random } from '../../call.ts';
import { accountKey, type CloudState, withAccount } from '../../cloud-state.ts';
import { cloudOperation } from '../../operation.ts';
import { organizationOf, withOrganization } from '../../organization-membership.ts';
import type { AccountCreationState } from '../../organization-state.ts';
import { pageAnswer, paging, tags } from './input.ts';
import { newMemberAccount } from './new-member-account.ts';
import { accessDenied, notInUse, organizationRead, refuseInput } from './organization-operation.ts';
import { newId, withMember } from './tree.ts';

const email = z
  .string()
  .min(6)
  .max(64)
  .regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$/);

const newAccount = z.object({
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
});

/** An operation that makes an account: a real one of the same emulator; its state is asked for afterwards, as in AWS. */
const accountCreation = (action: 'CreateAccount' | 'CreateGovCloudAccount') =>
  cloudOperation(
    `organizations:${action}`,
    newAccount,
    (cloud, input, call) => {
      const organization = organizationOf(cloud, call.account);
      if (organization === undefined) return notInUse;
      if (call.account.accountId !== organization.managementAccountId) return accessDenied;
      const { partition, managementAccountId } = organization;
      const taken = [...organization.accounts.values()].some((member) => member.email === input.Email);
      const id = newAccountId(cloud, partition, call.random);
      const govCloudId = action === 'CreateGovCloudAccount' ? newAccountId(cloud, GOV_CLOUD, call.random) : null;
      const creation: AccountCreationState = {
        id: newId('car-', 32, call.random),
        accountName: input.AccountName,
        requestedTimestamp: call.now,
        outcome: taken
          ? { failureReason: 'EMAIL_ALREADY_EXISTS' }
          : { accountId: id, ...(govCloudId !== null && { govCloudAccountId: govCloudId }) },
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
      const given = new Map(input.Tags.map(({ Key, Value }) => [Key, Value]));
      const tagged = given.size === 0 ? grown : { ...grown, tags: grown.tags.set(id, given) };
      const made = newMemberAccount({ accountId: id, partition }, managementAccountId, input.RoleName, call);
      const paired = govCloudId === null ? cloud : withGovCloudAccount(cloud, govCloudId, managementAccountId, call);
      return ok({ cloud: withOrganization(withAccount(paired, made), tagged), answer });
    },
    refuseInput,
  );

const GOV_CLOUD = 'aws-us-gov';

/** The account of AWS GovCloud (US) that comes with an account: it is in no organization, and has the role for its owner. */
const withGovCloudAccount = (
  cloud: CloudState,
  accountId: AccountId,
  managementAccountId: string,
  call: Call,
): CloudState =>
  withAccount(
    cloud,
    newMemberAccount({ accountId, partition: GOV_CLOUD }, managementAccountId, 'OrganizationAccountAccessRole', call),
  );

/** `organizations:CreateAccount`. */
const createAccount = accountCreation('CreateAccount');

/** `organizations:CreateGovCloudAccount`: an account, and one that is paired with it in AWS GovCloud (US). */
const createGovCloudAccount = accountCreation('CreateGovCloudAccount');

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
    ? {
        ...asked,
        State: 'SUCCEEDED',
        AccountId: outcome.accountId,
        GovCloudAccountId: outcome.govCloudAccountId,
        CompletedTimestamp: requestedTimestamp,
      }
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

/** The operations that make accounts. */
export const accountCreationOperations = [
  createAccount,
  createGovCloudAccount,
  describeCreateAccountStatus,
  listCreateAccountStatus,
];

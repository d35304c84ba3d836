import { z } from 'zod';
import { parseAccountId } from '../../iam/account-id.ts';
import { type Arn, iamArn } from '../../iam/arn.ts';
import { ok, type Result } from '../../kernel/result.ts';
import { addDays, type Instant } from '../../kernel/time.ts';
import { type AwsError, awsError } from '../aws-error.ts';
import type { AccountPlace, Call } from '../call.ts';
import { identityOf } from '../caller-identity.ts';
import { accountAt, type CloudState, withAccount } from '../cloud-state.ts';
import type { DelegationRequestState, DelegationState } from '../delegation-state.ts';
import { type CloudOutcome, cloudOperation, cloudReadOperation, type Operation } from '../operation.ts';
import { newUuid } from '../unique-id.ts';
import { delegationRequestView } from './delegation-views.ts';
import { paging } from './input.ts';
import { page, wholeList } from './page.ts';

const noteText = (maxLength: number) =>
  z
    .string()
    .max(maxLength)
    .regex(/^[\t\n\r -~¡-ÿ]*$/);

const ofRequest = z.object({
  DelegationRequestId: z
    .string()
    .min(16)
    .max(128)
    .regex(/^[\w-]+$/),
});

/** Days until a request of each state expires. Source: "Understanding the request lifecycle", IAM User Guide. */
const LIFETIME_DAYS = { open: 7, accepted: 7 } as const;

/** `iam:CreateDelegationRequest`, of the account of a product provider. */
const createDelegationRequest = cloudOperation(
  'iam:CreateDelegationRequest',
  z.object({
    OwnerAccountId: z
      .string()
      .regex(/^\d{12}$/)
      .optional(),
    Description: noteText(1000),
    Permissions: z.object({
      PolicyTemplateArn: z.string().min(20).max(2048).optional(),
      Parameters: z
        .array(
          z.object({
            Name: z.string().max(256).optional(),
            Values: z.array(z.string()).default([]),
            Type: z.enum(['string', 'stringList']).optional(),
          }),
        )
        .default([]),
    }),
    RequestMessage: noteText(200).optional(),
    RequestorWorkflowId: z.string().min(1).max(400),
    RedirectUrl: z.string().max(255).optional(),
    NotificationChannel: z.string().min(20).max(2048),
    SessionDuration: z.int().min(300).max(43_200),
    OnlySendByOwner: z.boolean().default(false),
  }),
  (cloud, input, { account, now, random }) => {
    const state = accountAt(cloud, account);
    const owner = input.OwnerAccountId === undefined ? null : parseAccountId(input.OwnerAccountId);
    const known = [...state.delegationRequests.values()];
    if (known.some(({ requestorWorkflowId }) => requestorWorkflowId === input.RequestorWorkflowId)) {
      return awsError(
        'EntityAlreadyExists',
        `Delegation request with workflow id ${input.RequestorWorkflowId} already exists.`,
      );
    }
    const id = `dr-${newUuid(random)}`;
    const request: DelegationRequestState = {
      id,
      ownerAccountId: owner?.ok === true ? owner.value : null,
      description: input.Description,
      requestMessage: input.RequestMessage ?? null,
      permissions: {
        policyTemplateArn: input.Permissions.PolicyTemplateArn ?? null,
        parameters: input.Permissions.Parameters.map(({ Name, Values, Type }) => ({
          name: Name ?? null,
          values: Values,
          type: Type ?? null,
        })),
      },
      requestorWorkflowId: input.RequestorWorkflowId,
      redirectUrl: input.RedirectUrl ?? null,
      notificationChannel: input.NotificationChannel,
      sessionDuration: input.SessionDuration,
      onlySendByOwner: input.OnlySendByOwner,
      ownerId: null,
      approverId: null,
      state: 'UNASSIGNED',
      createDate: now,
      updatedTime: now,
      expirationTime: addDays(now, LIFETIME_DAYS.open),
      notes: null,
      rejectionReason: null,
    };
    return ok({
      cloud: withRequest(cloud, account, request),
      answer: {
        ConsoleDeepLink: `https://console.aws.amazon.com/iam/home#/temporary_delegation/${id}`,
        DelegationRequestId: id,
      },
    });
  },
);

const withRequest = (cloud: CloudState, place: AccountPlace, request: DelegationRequestState): CloudState => {
  const state = accountAt(cloud, place);
  return withAccount(cloud, {
    ...state,
    delegationRequests: state.delegationRequests.set(request.id, request),
  });
};

/** A request and the account that made it. */
interface FoundRequest {
  readonly requestor: AccountPlace;
  readonly request: DelegationRequestState;
}

/** The request of an id that a caller may see: one of its own account, of nobody's, or one that it made. */
const findRequest = (cloud: CloudState, id: string, { account, now }: Call): Result<FoundRequest, AwsError> => {
  for (const { accountId, partition, delegationRequests } of cloud.accounts.values()) {
    const request = delegationRequests.get(id);
    if (request === undefined || partition !== account.partition) continue;
    const { ownerAccountId } = request;
    if (ownerAccountId === null || ownerAccountId === account.accountId || accountId === account.accountId) {
      return ok({ requestor: { accountId, partition }, request: asOf(request, now) });
    }
  }
  return awsError('NoSuchEntity', `Delegation request ${id} does not exist.`);
};

const asOf = (request: DelegationRequestState, now: Instant): DelegationRequestState =>
  request.expirationTime <= now && request.state !== 'FINALIZED' ? { ...request, state: 'EXPIRED' } : request;

const callerArn = (cloud: CloudState, { account, caller }: Call): Arn =>
  identityOf(accountAt(cloud, account), caller)?.arn ?? iamArn(account.partition, account.accountId, 'root');

/** Defines a step of a request from some states to the next; in others it is refused. */
const transition = <Schema extends z.ZodType<z.output<typeof ofRequest>>>(
  name: string,
  schema: Schema,
  from: readonly DelegationState[],
  change: (request: DelegationRequestState, input: z.output<Schema>, call: Call, caller: Arn) => DelegationRequestState,
): Operation =>
  cloudOperation(name, schema, (cloud, input, call): Result<CloudOutcome, AwsError> => {
    const found = findRequest(cloud, input.DelegationRequestId, call);
    if (!found.ok) return found;
    const { request, requestor } = found.value;
    if (!from.includes(request.state)) {
      return awsError('InvalidInput', `Delegation request ${request.id} is in state ${request.state}.`);
    }
    const caller = callerArn(cloud, call);
    if (name === 'iam:SendDelegationToken' && request.onlySendByOwner && request.ownerId !== caller) {
      return awsError('InvalidInput', 'Only the owner of the delegation request can send its token.');
    }
    const changed = { ...change(request, input, call, caller), updatedTime: call.now };
    return ok({ cloud: withRequest(cloud, requestor, changed), answer: {} });
  });

const OPEN: readonly DelegationState[] = ['ASSIGNED', 'PENDING_APPROVAL'];

/** `iam:AssociateDelegationRequest`: the caller takes it on. */
const associate = transition(
  'iam:AssociateDelegationRequest',
  ofRequest,
  ['UNASSIGNED'],
  (request, _input, call, caller) => ({
    ...request,
    ownerAccountId: call.account.accountId,
    ownerId: caller,
    state: 'ASSIGNED',
  }),
);

/** `iam:UpdateDelegationRequest`: the owner hands it on for approval. */
const update = transition(
  'iam:UpdateDelegationRequest',
  ofRequest.extend({ Notes: noteText(500).optional() }),
  OPEN,
  (request, input) => ({ ...request, notes: input.Notes ?? request.notes, state: 'PENDING_APPROVAL' }),
);

/** `iam:AcceptDelegationRequest`. */
const accept = transition('iam:AcceptDelegationRequest', ofRequest, OPEN, (request, _input, { now }, caller) => ({
  ...request,
  approverId: caller,
  state: 'ACCEPTED',
  expirationTime: addDays(now, LIFETIME_DAYS.accepted),
}));

/** `iam:RejectDelegationRequest`; an accepted one too, before its token was sent. */
const reject = transition(
  'iam:RejectDelegationRequest',
  ofRequest.extend({ Notes: noteText(500).optional() }),
  [...OPEN, 'ACCEPTED'],
  (request, input, { now }) => ({
    ...request,
    rejectionReason: input.Notes ?? null,
    state: 'REJECTED',
    expirationTime: addDays(now, LIFETIME_DAYS.open),
  }),
);

/** `iam:SendDelegationToken`; nobody listens on the provider's channel here. */
const sendToken = transition('iam:SendDelegationToken', ofRequest, ['ACCEPTED'], (request) => ({
  ...request,
  state: 'FINALIZED',
}));

/** `iam:GetDelegationRequest`. */
const getDelegationRequest = cloudReadOperation(
  'iam:GetDelegationRequest',
  ofRequest.extend({ DelegationPermissionCheck: z.boolean().optional() }),
  (cloud, input, call) => {
    const found = findRequest(cloud, input.DelegationRequestId, call);
    if (!found.ok) return found;
    const { request, requestor } = found.value;
    const check = input.DelegationPermissionCheck === true;
    return ok({
      DelegationRequest: delegationRequestView(request, requestor.accountId),
      // Nobody here knows what the template's policy is.
      PermissionCheckStatus: check ? 'COMPLETE' : undefined,
      PermissionCheckResult: check ? 'UNSURE' : undefined,
    });
  },
);

/** `iam:ListDelegationRequests`: those that somebody of the caller's account owns. */
const listDelegationRequests = cloudReadOperation(
  'iam:ListDelegationRequests',
  z.object({ OwnerId: z.string().min(20).max(2048).optional(), ...paging }),
  (cloud, input, { account, now }) => {
    const owned = [...cloud.accounts.values()]
      .filter(({ partition }) => partition === account.partition)
      .flatMap(({ accountId, delegationRequests }) =>
        [...delegationRequests.values()].map((request) => ({ requestor: accountId, request: asOf(request, now) })),
      )
      .filter(
        ({ request }) =>
          request.ownerId !== null &&
          request.ownerAccountId === account.accountId &&
          (input.OwnerId === undefined || request.ownerId === input.OwnerId),
      );
    const requests = page('ListDelegationRequests', input, wholeList(owned));
    if (!requests.ok) return requests;
    const { IsTruncated: isTruncated, Marker } = requests.value.more;
    const views = requests.value.items.map(({ request, requestor }) => delegationRequestView(request, requestor));
    return ok({ DelegationRequests: views, isTruncated, Marker });
  },
);

/** `iam:GetHumanReadableSummary`: a sentence about a delegation request, in English alone. */
const getHumanReadableSummary = cloudReadOperation(
  'iam:GetHumanReadableSummary',
  z.object({ EntityArn: z.string().min(20).max(2048), Locale: z.string().min(2).max(12).default('en') }),
  (cloud, input, call) => {
    const id = /:delegation-request\/([\w-]+)$/.exec(input.EntityArn)?.[1];
    if (id === undefined) return awsError('InvalidInput', `Entity ${input.EntityArn} is not supported.`);
    const found = findRequest(cloud, id, call);
    if (!found.ok) return found;
    const { request, requestor } = found.value;
    const isEnglish = input.Locale.startsWith('en');
    return ok({
      SummaryContent: isEnglish
        ? `Account ${requestor.accountId} asks for access for ${request.sessionDuration} seconds: ${request.description}`
        : undefined,
      Locale: input.Locale,
      SummaryState: isEnglish ? 'AVAILABLE' : 'NOT_SUPPORTED',
    });
  },
);

/** The operations on delegation requests. */
export const delegationRequestOperations = [
  createDelegationRequest,
  associate,
  update,
  accept,
  reject,
  sendToken,
  getDelegationRequest,
  listDelegationRequests,
  getHumanReadableSummary,
];

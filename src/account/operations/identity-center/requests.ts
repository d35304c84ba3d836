import { z } from 'zod';
import { ok, type Result } from '../../../kernel/result.ts';
import { type AwsError, awsError } from '../../aws-error.ts';
import type { IdentityCenterState, ProvisioningRequestState } from '../../identity-center-state.ts';
import { type Operation, readOperation } from '../../operation.ts';
import { findInstance, ofInstance, pageAnswer, paging, refuse } from './identity-center-operation.ts';

/** The instance with a request that was made of it. */
export const withRequest = (instance: IdentityCenterState, request: ProvisioningRequestState): IdentityCenterState => ({
  ...instance,
  requests: instance.requests.set(request.id, request),
});

/** A request as it is answered where it is made: still under way. */
export const pendingView = (request: ProvisioningRequestState) => ({
  ...subjectView(request),
  Status: 'IN_PROGRESS',
  RequestId: request.id,
  CreatedDate: request.createdDate,
});

/** What became of a request. */
const requestView = (request: ProvisioningRequestState) => ({
  ...subjectView(request),
  ...requestMetadata(request),
  FailureReason: request.failureReason ?? undefined,
});

const requestMetadata = ({ id, createdDate, failureReason }: ProvisioningRequestState) => ({
  Status: failureReason === null ? 'SUCCEEDED' : 'FAILED',
  RequestId: id,
  CreatedDate: createdDate,
});

const subjectView = ({ accountId, permissionSetArn, principal }: ProvisioningRequestState) =>
  principal === null
    ? { AccountId: accountId ?? undefined, PermissionSetArn: permissionSetArn }
    : {
        TargetId: accountId,
        TargetType: 'AWS_ACCOUNT',
        PermissionSetArn: permissionSetArn,
        PrincipalType: principal.principalType,
        PrincipalId: principal.principalId,
      };

const findRequest = (
  { requests }: IdentityCenterState,
  kind: ProvisioningRequestState['kind'],
  id: string,
): Result<ProvisioningRequestState, AwsError> => {
  const request = requests.get(id);
  return request?.kind === kind
    ? ok(request)
    : awsError('ResourceNotFoundException', `Could not find request with id ${id}`);
};

const requestId = z.string().regex(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);

/** How the API calls the requests of a kind, and the list of them. */
interface Names {
  readonly subject: string;
  readonly list: string;
  readonly id: string;
}

/** The operations that tell what became of the requests of a kind. */
const requestOperations = (
  kind: ProvisioningRequestState['kind'],
  { subject, list, id }: Names,
): readonly Operation[] => [
  readOperation(
    `sso:Describe${subject}Status`,
    ofInstance.and(z.object({ [id]: requestId })),
    (state, { InstanceArn, ...input }) => {
      const instance = findInstance(state, InstanceArn);
      if (!instance.ok) return instance;
      const request = findRequest(instance.value, kind, String(input[id]));
      return request.ok ? ok({ [`${subject}Status`]: requestView(request.value) }) : request;
    },
    refuse,
  ),
  readOperation(
    `sso:List${subject}Status`,
    ofInstance.extend({
      Filter: z.object({ Status: z.enum(['IN_PROGRESS', 'FAILED', 'SUCCEEDED']).optional() }).default({}),
      ...paging,
    }),
    (state, input) => {
      const instance = findInstance(state, input.InstanceArn);
      if (!instance.ok) return instance;
      const { Status: status } = input.Filter;
      const views = [...instance.value.requests.entriesFrom('')]
        .filter(([, request]) => request.kind === kind)
        .map(([key, request]) => [key, requestMetadata(request)] as const)
        .filter(([, view]) => status === undefined || status === view.Status);
      return pageAnswer(list, input, views);
    },
    refuse,
  ),
];

/** The operations of Identity Center that tell what became of requests. */
export const provisioningRequestOperations = [
  ...requestOperations('creation', {
    subject: 'AccountAssignmentCreation',
    list: 'AccountAssignmentsCreationStatus',
    id: 'AccountAssignmentCreationRequestId',
  }),
  ...requestOperations('deletion', {
    subject: 'AccountAssignmentDeletion',
    list: 'AccountAssignmentsDeletionStatus',
    id: 'AccountAssignmentDeletionRequestId',
  }),
  ...requestOperations('provisioning', {
    subject: 'PermissionSetProvisioning',
    list: 'PermissionSetsProvisioningStatus',
    id: 'ProvisionPermissionSetRequestId',
  }),
];
